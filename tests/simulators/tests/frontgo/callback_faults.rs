//! Callbacks that go astray, and those that lie.

use serde_json::{Value, json};

use crate::operations::capture_of;
use crate::receiver::Receiver;
use crate::stage::{DAY, MINUTE, START, Stage};
use crate::wish::wish;

/// A reservation that was paid and captured, its first callback under `kind`, after everything was sent.
async fn suffering(kind: &str) -> (Stage, Receiver, String) {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    stage.fault("webhook", kind, json!({})).await;
    let uuid = receiver.paid_on(&stage).await;
    stage.pass(MINUTE);
    stage.accepted(&format!("capture/{uuid}"), capture_of(json!(1000))).await;
    stage.tick().await;
    (stage, receiver, uuid)
}

#[tokio::test]
async fn a_lost_callback_never_arrives() {
    let (stage, receiver, _) = suffering("lost").await;
    stage.pass_and_tick(30 * DAY).await;
    assert_eq!(receiver.statuses(), ["CAPTURED"]);
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "lost");
}

#[tokio::test]
async fn a_doubled_callback_arrives_twice_the_same_or_with_another_timestamp() {
    let (_, receiver, _) = suffering("doubled").await;
    let letters = receiver.letters();
    assert_eq!(receiver.statuses(), ["RESERVED", "RESERVED", "CAPTURED"]);
    assert_eq!(letters[0], letters[1]);
    let (_, receiver, _) = suffering("doubled_new_id").await;
    let letters = receiver.letters();
    assert_eq!(letters[1].value("timestamp"), (START + 1).to_string());
    assert_ne!(letters[0].value("checksum"), letters[1].value("checksum"));
    assert!(letters.iter().all(|letter| letter.is_genuine()));
}

#[tokio::test]
async fn a_reordered_callback_arrives_after_the_next() {
    let (_, receiver, _) = suffering("reordered").await;
    assert_eq!(receiver.statuses(), ["CAPTURED", "RESERVED"]);
}

#[tokio::test]
async fn a_held_callback_arrives_as_it_was_when_the_faults_are_cleared() {
    let (stage, receiver, _) = suffering("held").await;
    assert_eq!(receiver.statuses(), ["CAPTURED"]);
    stage.pass(DAY);
    stage.control("DELETE", "/_faults", Value::Null).await;
    stage.tick().await;
    let late = receiver.letters().pop().unwrap();
    assert_eq!((late.value("status"), late.value("timestamp")), ("RESERVED".to_owned(), START.to_string()));
    assert!(late.is_genuine());
}

#[tokio::test]
async fn a_forged_callback_goes_ahead_of_the_true_one() {
    let (_, receiver, _) = suffering("forged").await;
    let genuine: Vec<bool> = receiver.letters().iter().map(|letter| letter.is_genuine()).collect();
    assert_eq!(genuine, [false, true, true]);
    assert_eq!(receiver.statuses(), ["RESERVED", "RESERVED", "CAPTURED"]);
}

#[tokio::test]
async fn an_early_callback_arrives_before_the_create_answer() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    stage.fault("webhook", "early", json!({})).await;
    // The answer is lost too, so that nothing but the callback can have told of the reservation.
    stage.fault("create", "answer_lost_after_effect", json!({})).await;
    let body = wish(&receiver.named()).to_string();
    assert!(stage.raw("POST", "create", body).await.is_err());
    assert_eq!(receiver.statuses(), ["RESERVED"]);
    assert_eq!(stage.last().await["authorized"], 100_000);
}

#[tokio::test]
async fn lies_on_order_are_sent_and_change_nothing() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let uuid = crate::stage::uuid(&stage.create_with(&receiver.named()).await);
    let lie = json!({"status": "CAPTURED", "amount_ore": 1_050});
    stage.order(&uuid, "forge", lie.clone()).await;
    stage.order(&uuid, "emit", lie).await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters.iter().map(|letter| letter.is_genuine()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(
        (letters[1].value("status"), letters[1].value("amount")),
        ("CAPTURED".to_owned(), "10.5".to_owned())
    );
    assert_eq!(stage.status(&uuid).await, "SENT");
}

#[tokio::test]
async fn a_replay_is_the_same_to_the_byte() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let uuid = receiver.paid_on(&stage).await;
    stage.pass(DAY);
    stage.order(&uuid, "replay", json!({})).await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!((letters.len(), &letters[0]), (2, &letters[1]));
}

#[tokio::test]
async fn a_shifted_border_keeps_the_checksum_and_changes_the_amount() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let uuid = receiver.paid_on(&stage).await;
    stage.order(&uuid, "shift", json!({})).await;
    stage.tick().await;
    let letters = receiver.letters();
    assert_eq!(letters[0].value("amount"), "1000");
    assert_eq!(letters[1].value("amount"), "10001");
    assert_eq!(letters[1].value("createdAt"), START.to_string()[1..]);
    assert_eq!(letters[0].value("checksum"), letters[1].value("checksum"));
    assert!(letters[1].is_genuine(), "which is why it is only a hint");
}

#[tokio::test]
async fn without_an_address_nothing_is_sent() {
    let stage = Stage::new().await;
    stage.paid(&[]).await;
    stage.tick().await;
    let letter = stage.ledger().await["webhooks"][0].clone();
    assert_eq!((&letter["standing"], &letter["attempts"]), (&json!("not_configured"), &json!([])));
}

#[tokio::test]
async fn nothing_leaves_this_machine() {
    let stage = Stage::new().await;
    for url in ["https://127.0.0.1/hook", "http://booking.example/hook"] {
        let uuid = stage.paid(&[("/callback/callbackUrl", json!(url))]).await;
        stage.tick().await;
        let path = format!("/_ledger?payment_id={uuid}");
        let letter = stage.control("GET", &path, Value::Null).await.json()["webhooks"][0].clone();
        assert_eq!(letter["standing"], "given_up", "{url}");
        assert_eq!(letter["attempts"][0]["error"], "not an http address of this machine");
    }
}
