//! What is not proved changes nothing: the query of a return, and messages under a wrong signature.

use super::{AtPowens, booking, booking_done_at_once};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn i3_an_edited_return_changes_nothing() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    let before = at.world.session(&session).await;
    const NOT_SEEN: &str = "We have not seen your payment yet";
    for (more, says) in [
        ("&payment_state=done", NOT_SEEN),
        ("&payment_state=rejected&error=cancelled&error_code=CancelledByUser", "It seems that you stopped"),
        ("&error=server_error", "It seems that the payment did not work"),
        ("&id_payment=1&payment_state=done&bank_message=paid", NOT_SEEN),
        ("&state=another", NOT_SEEN),
    ] {
        let url = at.way_back(&session, more).await;
        let page = at.see(&url).await;
        assert!(page.contains(says) && page.contains("Continue to payment"), "{more}: {page}");
        at.wait(4).await;
        assert_eq!(at.world.session(&session).await["status"], "pending", "{more}");
    }
    let url = at.way_back(&session, "&payment_state=done").await.replace("state=", "state=x");
    assert!(at.see(&url).await.contains("This link leads nowhere"));
    let after = at.world.session(&session).await;
    assert_eq!((&after["events"], &after["captured"]), (&before["events"], &json!(0)));
    at.stop().await;
}

#[tokio::test]
async fn i3_a_return_is_worth_one_look_at_another_payers_payment_never() {
    let at = AtPowens::start().await;
    let paid = at.open(&booking_done_at_once("RES-1")).await;
    let open = at.open(&booking("RES-2")).await;
    at.pay(&paid, None).await;
    at.rest().await;
    let url = at.way_back(&open, &format!("&id_payment={}&payment_state=done", super::id(&paid))).await;
    at.see(&url).await;
    assert_eq!((at.status(&paid).await, at.status(&open).await), ("succeeded".into(), "pending".into()));
    at.stop().await;
}

#[tokio::test]
async fn i3_a_forged_message_is_refused_and_asks_nobody() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    let asked = at.powens.calls("get").await;
    at.act(&session, "forge", json!({})).await;
    at.rest().await;
    let message = at.powens.ledger().await["webhooks"][0].clone();
    assert_eq!(message["attempts"][0]["status"], 401, "{message}");
    assert_eq!((at.powens.calls("get").await, at.status(&session).await), (asked, "pending".into()));
    at.stop().await;
}

/// A message as it stands in Powens' book.
struct Message {
    date: String,
    signature: String,
    body: String,
}

impl Message {
    fn of(shown: &Value) -> Self {
        let text = |name: &str| shown[name].as_str().expect("a text").to_owned();
        Self { date: text("date"), signature: text("signature"), body: text("body") }
    }

    async fn send(&self, at: &AtPowens, path: &str) -> StatusCode {
        let call = at.world.http.post(format!("{}{path}", at.world.stack.api_url()));
        let call = call.header("BI-Signature-Date", &self.date).header("BI-Signature", &self.signature);
        call.body(self.body.clone()).send().await.expect("an answer").status()
    }
}

#[tokio::test]
async fn i3_a_genuine_message_is_taken_again_and_refused_with_a_sign_changed() {
    const HOOK: &str = "/webhooks/powens/harbour";
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    at.act(&session, "emit", json!({})).await;
    at.rest().await;
    let genuine = Message::of(&at.powens.ledger().await["webhooks"][0]);
    assert_eq!(genuine.send(&at, HOOK).await, 200);
    at.rest().await;
    let asked = at.powens.calls("get").await;
    let Message { date, signature, body } = &genuine;
    let other = signature.replacen(|_: char| true, if signature.starts_with('A') { "B" } else { "A" }, 1);
    for (date, signature, body) in [
        (date.clone(), signature.clone(), body.replace("\"created\"", "\"done\"")),
        (date.clone(), signature.clone(), format!("{body} ")),
        (date.replace("2026", "2027"), signature.clone(), body.clone()),
        (date.clone(), other, body.clone()),
        (date.clone(), String::new(), body.clone()),
    ] {
        let altered = Message { date, signature, body };
        assert_eq!(altered.send(&at, HOOK).await, 401, "{} {}", altered.date, altered.body);
    }
    assert_eq!(genuine.send(&at, &format!("{HOOK}?a=b")).await, 200, "the query is not signed, and not read");
    assert_eq!(genuine.send(&at, "/webhooks/powens/nobody").await, 401);
    at.rest().await;
    assert_eq!(at.powens.calls("get").await, asked + 1, "for the genuine one alone");
    assert_eq!(at.status(&session).await, "pending");
    at.stop().await;
}
