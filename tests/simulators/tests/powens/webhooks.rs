//! Which messages are sent, what they say, how they are signed.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::stage::{HOOK_SECRET, MINUTE, Stage, id};

#[tokio::test]
async fn every_change_is_told_with_the_payment_and_an_id_of_its_own() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let id = stage.validated(json!({})).await;
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(receiver.states(), ["validating", "pending", "done"]);
    let letters = receiver.letters();
    assert!(letters.iter().all(|letter| letter.is_genuine()));
    let ids: Vec<u64> = letters.iter().map(|letter| letter.id()).collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(letters[0].date, "2026-11-20T10:00:00.000000Z");
    let path = format!("/2.0/payments/{id}");
    let shown = stage.api("GET", &path, Value::Null).await;
    let told = letters[2].raw.replace("\"id_webhook_data\":3,", "");
    assert_eq!(told, shown.body, "the same text, the amount with its ten places");
    assert!(told.contains("\"amount\":50.9000000000,"));
}

#[tokio::test]
async fn one_changed_byte_another_path_or_another_secret_shows() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.validated(json!({"label": "done - x"})).await;
    stage.tick().await;
    let mut letter = receiver.letters().remove(0);
    assert!(letter.is_genuine());
    assert!(!letter.is_signed_with("another", crate::receiver::PATH));
    assert!(!letter.is_signed_with(HOOK_SECRET, "/v1/webhook-listener"));
    letter.raw = letter.raw.replace("50.9", "50.8");
    assert!(!letter.is_genuine());
}

#[tokio::test]
async fn the_public_path_is_signed_where_it_differs_and_a_query_is_not() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    for (url, signed_path, path) in [
        (receiver.url.clone(), json!("/stage/hook"), "/stage/hook"),
        (format!("{}?a=1", receiver.url), Value::Null, crate::receiver::PATH),
    ] {
        let webhook = json!({"url": url, "secret": "s", "signed_path": signed_path});
        stage.control("PUT", "/_config/webhook", webhook).await;
        let id = id(&stage.create().await);
        stage.order(&id, "become", json!({"state": "rejected"})).await;
        stage.tick().await;
        assert!(receiver.letters().last().unwrap().is_signed_with("s", path), "{path}");
    }
}

#[tokio::test]
async fn an_old_domain_tells_only_what_happens_without_the_payer() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    stage.control("PUT", "/_config/domain", json!({"systematic": false})).await;
    let paid = stage.validated(json!({})).await;
    let rejected = stage.validated(json!({"label": "canc - x"})).await;
    let cancelled = id(&stage.create().await);
    stage.api("POST", &format!("/2.0/payments/{cancelled}"), json!({"cancel": true})).await;
    stage.tick().await;
    assert_eq!(receiver.states(), Vec::<String>::new());
    assert_eq!(stage.state(&rejected).await, "rejected");
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(receiver.states(), ["done"]);
    assert_eq!(id(&receiver.letters()[0].body), paid);
}

#[tokio::test]
async fn a_message_shows_the_payment_as_it_was() {
    let receiver = Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    receiver.answer(500);
    let id = stage.validated(json!({"label": "pdng - x"})).await;
    stage.tick().await;
    stage.order(&id, "become", json!({"state": "rejected", "code": "invalidLabel"})).await;
    stage.tick().await;
    receiver.answer(200);
    stage.pass_and_tick(5 * MINUTE).await;
    let once = ["validating", "pending", "rejected"];
    assert_eq!(receiver.states(), [once, once].concat());
    assert_eq!(receiver.letters().last().unwrap().body["error_code"], "invalidLabel");
}

#[tokio::test]
async fn without_an_address_nothing_is_sent() {
    let stage = Stage::new().await;
    stage.validated(json!({"label": "done - x"})).await;
    let webhooks = stage.ledger().await["webhooks"].clone();
    assert_eq!(webhooks[0]["standing"], "not_configured");
    assert_eq!(webhooks[0]["event_type"], "PAYMENT_STATE_UPDATED");
}
