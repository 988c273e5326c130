//! What is refused: card data, and keys that are not the bank's or not ours.

use super::stage::{AtBank, WORKS, booking, booking_by};
use crate::e2e::insides::{logs, table};
use bellhop_simulators::bank131::{Project, TEST_ONLY_PARTNER_PRIVATE_KEY};
use serde_json::{Value, json};

const AT: &str = "/options/bank131";

/// Options with a card in them, each with the pointer that the answer must name.
fn cards() -> Vec<(&'static str, Value)> {
    let card = json!({"number": WORKS, "expiration_date_month": "12", "expiration_date_year": "30",
        "security_code": "123"});
    vec![
        ("/card", json!({"flow": "init", "card": {"type": "bank_card", "bank_card": card}})),
        ("/bank_card", json!({"flow": "start", "bank_card": card})),
        ("/payment_details", json!({"flow": "init", "payment_details": {"type": "card"}})),
        ("/number", json!({"number": WORKS})),
        ("/security_code", json!({"security_code": "123"})),
        ("/card_id", json!({"flow": "init", "card_id": WORKS})),
        ("/recurrent_token", json!({"flow": "init", "recurrent_token": "4242 4242 4242 4242"})),
        ("/customer/reference", json!({"customer": {"reference": "4242-4242-4242-4242"}})),
    ]
}

#[tokio::test]
async fn i11_anything_like_card_data_is_refused_with_its_place_and_kept_nowhere() {
    let at = AtBank::start().await;
    for (pointer, options) in cards() {
        let answer = at.create(&booking_by("RES-1", options.clone())).await;
        assert_eq!(answer.status(), 422, "{options}");
        let text = answer.text().await.expect("a problem");
        let problem: Value = serde_json::from_str(&text).expect("JSON");
        let errors = problem["errors"].as_array().expect("errors");
        let pointer = [AT, pointer].concat();
        assert!(errors.iter().any(|error| error["pointer"] == *pointer), "{pointer}: {problem}");
        assert!(!text.contains("4242"), "{text}");
    }
    assert_eq!(at.bank.ledger().await["call_log"], json!([]), "no call");
    let (table, logs) = (table(&at.world).await, logs(&at.world));
    for part in ["4242", "RES-1"] {
        assert!(!table.contains(part) && !logs.contains(part), "{part}");
    }
    assert_eq!(at.create(&booking("RES-1")).await.status(), 201, "and the key is free");
    at.stop().await;
}

#[tokio::test]
async fn what_the_bank_would_not_take_is_refused_with_its_place_before_any_call() {
    let at = AtBank::start().await;
    for (pointer, field, value) in [
        ("/amount/currency", "/amount", json!({"value": 14_500, "currency": "GBP"})),
        ("/amount/value", "/amount", json!({"value": 0, "currency": "RUB"})),
        ("/capture", "/capture", json!("manual")),
        ("/options/bank131/flow", "/options", json!({"bank131": {"flow": "sync"}})),
        ("/options/bank131/flow", "/options", json!({"bank131": {"flow": "init"}})),
        ("/options/bank131/confirm", "/options", json!({"bank131": {"confirm": "automatic"}})),
        ("/options/bank131/qr", "/options", json!({"bank131": {"qr": {}}})),
    ] {
        let mut body = booking("RES-1");
        body[field.trim_start_matches('/')] = value.clone();
        let answer = at.create(&body).await;
        assert_eq!(answer.status(), 422, "{value}");
        let problem: Value = answer.json().await.expect("a problem");
        let errors = problem["errors"].as_array().expect("errors");
        assert!(errors.iter().any(|error| error["pointer"] == pointer), "{pointer}: {problem}");
    }
    assert_eq!(at.bank.ledger().await["call_log"], json!([]));
    at.stop().await;
}

/// Another's key, of the right form.
fn wrong_key() -> Value {
    let bank = Project::default();
    json!({"private_key": bank.bank_private_key, "bank_public_keys": [bank.bank_public_key().unwrap()]})
}

#[tokio::test]
async fn a_key_that_the_bank_does_not_know_is_told_as_our_trouble_and_opens_nothing() {
    let at = AtBank::start().await;
    at.set_secret(wrong_key());
    let answer = at.create(&booking("RES-1")).await;
    assert_eq!(answer.status(), 502);
    let problem = answer.text().await.expect("a problem");
    assert!(!problem.contains("PRIVATE KEY"), "{problem}");
    let line = at.world.stack.logs().line("create-session", "provider_unauthorized").await;
    assert!(line.contains("ERROR") && !line.contains("PRIVATE KEY"), "{line}");
    let ledger = at.bank.ledger().await;
    assert_eq!(ledger["payments"], json!([]));
    assert!(ledger["call_log"].as_array().unwrap().iter().all(|call| call["status"] == 400), "{ledger}");
    at.stop().await;
}

/// The way of every provider: the message fails until it is a dead letter, which has an alarm; and once
/// the key is right again, the money is found.
#[tokio::test]
async fn i4_a_key_that_went_wrong_in_flight_ends_in_the_alarm_and_loses_no_money() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, WORKS).await;
    // The old one, still in memory, is not what the bank knows any more.
    let stranger = Project::default().bank_public_key().expect("a key");
    at.set_project(json!({"partner_public_key": stranger})).await;
    at.rest().await;
    for _ in 0..5 {
        at.pass(3).await;
    }
    let dead = at.world.stack.queue_name("RefreshDeadLetters").expect("a queue").to_owned();
    assert!(at.world.stack.queues().counts(&dead).visible > 0);
    assert!(!logs(&at.world).contains("PRIVATE KEY"));
    at.set_project(json!({"partner_public_key": Project::default().partner_public_key})).await;
    for _ in 0..3 {
        at.pass(3).await;
    }
    super::stage::is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn a_key_that_cannot_be_used_names_its_setting_and_not_itself() {
    let at = AtBank::start().await;
    let bank = Project::default().bank_public_key().expect("a key");
    let halved = &TEST_ONLY_PARTNER_PRIVATE_KEY[..TEST_ONLY_PARTNER_PRIVATE_KEY.len() / 2];
    at.set_secret(json!({"private_key": halved, "bank_public_keys": [bank]}));
    let answer = at.create(&booking("RES-1")).await;
    let text = answer.text().await.expect("a problem");
    assert!(text.contains("\"account_unusable\""), "{text}");
    let line = at.world.stack.logs().line("create-session", "secret.private_key").await;
    let body = halved.lines().nth(1).expect("a line of the key");
    assert!(!line.contains(body) && !text.contains(body), "{line} {text}");
    assert!(!text.contains("private_key"), "outside, nothing is said of it: {text}");
    at.stop().await;
}
