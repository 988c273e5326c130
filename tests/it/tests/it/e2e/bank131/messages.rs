//! The bank's messages: twice, out of order, late, early, forged, altered.

use super::stage::{AtBank, WORKS, booking, booking_by, events, id, is_paid_once, last_cause};
use reqwest::StatusCode;
use serde_json::{Value, json};

const HOOK: &str = "/webhooks/bank131/harbour";

#[tokio::test]
async fn i2_doubled_and_reordered_messages_change_nothing_twice() {
    for kind in ["doubled", "reordered"] {
        let at = AtBank::start().await;
        at.bank.fault(json!({"operation": "webhook", "kind": kind, "times": 0})).await;
        let session = at.open(&booking("RES-1")).await;
        at.pay(&session).await;
        at.bank.clear_faults().await;
        at.rest().await;
        at.pass(3).await;
        is_paid_once(&at, &session).await;
        let read = at.read(&session).await;
        let paid = events(&read).into_iter().filter(|event| *event == "session.succeeded").count();
        assert_eq!(paid, 1, "{kind}");
        at.stop().await;
    }
}

#[tokio::test]
async fn i3_forged_and_altered_messages_are_refused_and_ask_nobody() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.visit(&session).await;
    let asked = at.bank.calls("status").await;
    for action in ["forge", "alter"] {
        at.act(&session, action, json!({"type": "payment_finished"})).await;
        at.rest().await;
    }
    let messages = at.bank.ledger().await["webhooks"].clone();
    for message in messages.as_array().unwrap() {
        assert_eq!(message["attempts"][0]["status"], 401, "{message}");
    }
    assert_eq!((at.bank.calls("status").await, at.status(&session).await), (asked, "pending".into()));
    at.stop().await;
}

#[tokio::test]
async fn i4_every_message_altered_on_the_way_and_the_schedule_finds_the_money() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "altered", "times": 0})).await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session).await;
    assert_eq!(at.status(&session).await, "pending", "none was believed");
    at.pass(3).await;
    is_paid_once(&at, &session).await;
    assert_eq!(last_cause(&at.read(&session).await), "schedule");
    at.stop().await;
}

/// A message as it stands in the bank's book.
struct Message {
    body: String,
    signature: String,
}

impl Message {
    async fn send(&self, at: &AtBank, path: &str) -> StatusCode {
        let call = at.world.http.post(format!("{}{path}", at.world.stack.api_url()));
        let call = call.header("X-PARTNER-SIGN", &self.signature).body(self.body.clone());
        call.send().await.expect("an answer").status()
    }

    fn with(&self, body: String) -> Self {
        Self { body, signature: self.signature.clone() }
    }
}

#[tokio::test]
async fn i3_a_genuine_message_is_taken_again_and_refused_with_a_byte_changed() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.act(&session, "emit", json!({"type": "ready_to_confirm"})).await;
    at.rest().await;
    let shown = at.bank.ledger().await["webhooks"][0].clone();
    let text = |name: &str| shown[name].as_str().expect("a text").to_owned();
    let genuine = Message { body: text("body"), signature: text("signature") };
    assert_eq!(genuine.send(&at, HOOK).await, 200, "exactly");
    at.rest().await;
    let asked = at.bank.calls("status").await;
    let rewritten: Value = serde_json::from_str(&genuine.body).unwrap();
    let other_sign = if genuine.signature.starts_with('A') { "B" } else { "A" };
    for altered in [
        genuine.with(genuine.body.replace("\"created\"", "\"accepted\"")),
        genuine.with(format!("{} ", genuine.body)),
        genuine.with(serde_json::to_string_pretty(&rewritten).unwrap()),
        Message { signature: String::new(), ..genuine.with(genuine.body.clone()) },
        Message {
            signature: genuine.signature.replacen(|_: char| true, other_sign, 1),
            ..genuine.with(genuine.body.clone())
        },
    ] {
        assert_eq!(altered.send(&at, HOOK).await, 401, "{}", altered.body);
    }
    assert_eq!(genuine.send(&at, "/webhooks/bank131/nobody").await, 401);
    at.rest().await;
    assert_eq!((at.bank.calls("status").await, at.status(&session).await), (asked, "pending".into()));
    at.stop().await;
}

/// There is no time in the proof: an old message may come back for ever.
#[tokio::test]
async fn i2_an_old_message_that_is_sent_again_changes_nothing() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session).await;
    let before = at.read(&session).await;
    let messages = at.bank.ledger().await["webhooks"].clone();
    for shown in messages.as_array().unwrap() {
        let text = |name: &str| shown[name].as_str().expect("a text").to_owned();
        let old = Message { body: text("body"), signature: text("signature") };
        assert_eq!(old.send(&at, HOOK).await, 200);
    }
    at.rest().await;
    assert_eq!(at.read(&session).await, before);
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn a_message_before_the_create_answer_is_parked_and_matched() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "early"})).await;
    let session = at.open(&booking("RES-1")).await;
    at.rest().await;
    at.pass(1).await;
    assert_eq!(at.status(&session).await, "pending");
    at.pay(&session).await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn i1_a_message_about_a_payment_that_is_ahead_of_its_create_answer_is_confirmed_once() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "early"})).await;
    let options = json!({"flow": "init", "recurrent_token": "card_works"});
    let session = at.open(&booking_by("RES-1", options)).await;
    at.rest().await;
    at.pass(3).await;
    is_paid_once(&at, &session).await;
    assert_eq!(at.read(&session).await["attempts"].as_array().unwrap().len(), 1);
    at.stop().await;
}

#[tokio::test]
async fn a_payer_who_is_back_before_the_messages_is_told_at_once_and_they_change_nothing() {
    let at = AtBank::start().await;
    at.bank.fault(json!({"operation": "webhook", "kind": "held", "times": 0})).await;
    let session = at.open(&booking("RES-1")).await;
    at.type_card(&session, WORKS).await;
    let mut payer = crate::e2e::payer::Payer::of(&at.world);
    payer.go(&session["pay_url"].as_str().unwrap().replace("/pay/", "/return/")).await;
    assert!(payer.sees("Payment received"), "the landing gives our word too: {}", payer.page);
    let before = at.read(&session).await;
    at.bank.clear_faults().await;
    at.rest().await;
    assert_eq!(at.read(&session).await, before);
    assert!(at.bank.ledger().await["webhooks"].as_array().unwrap().len() >= 2, "{}", id(&session));
    is_paid_once(&at, &session).await;
    at.stop().await;
}
