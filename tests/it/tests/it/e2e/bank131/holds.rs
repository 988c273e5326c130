//! Money that is held first: taken in part, taken at once, or let go.

use super::stage::{AtBank, WORKS, booking, payment_id};
use super::widget::Payer;
use bellhop_domain::money::{Currency, Money};
use bellhop_simulators::bank131::Project;
use serde_json::{Value, json};

const DAY: u64 = 24 * 60;

fn kopecks(kopecks: u64) -> Money {
    Money::new(kopecks, Currency::RUB).expect("an amount")
}

/// A booking whose money the merchant takes later.
fn held_booking() -> Value {
    let mut booking = booking("RES-1");
    booking["capture"] = json!("manual");
    booking
}

async fn capture(at: &AtBank, session: &Value, part: Option<u64>) {
    let provider = at.provider();
    let captures = provider.captures().expect("captures");
    captures.capture(&payment_id(session), part.map(kopecks)).await.expect("a capture");
}

/// Status, held, taken, as the booking site reads them.
async fn money(at: &AtBank, session: &Value) -> (String, u64, u64) {
    let read = at.read(session).await;
    let number = |name: &str| read[name].as_u64().expect("a number");
    (read["status"].as_str().expect("a status").to_owned(), number("authorized"), number("captured"))
}

#[tokio::test]
async fn a_hold_is_paid_in_the_widget_and_captured_in_part() {
    let at = AtBank::holding().await;
    let session = at.open(&held_booking()).await;
    let mut payer = Payer::with_link(&session, "bank131-held").await;
    payer.type_card(&at, WORKS).await;
    payer.browser.expect_heading("Payment confirmed").await;
    assert_eq!(money(&at, &session).await, ("authorized".into(), 14_500, 0));
    capture(&at, &session, Some(9_000)).await;
    at.rest().await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 0, 9_000));
    payer.browser.client.refresh().await.expect("the landing again");
    payer.ends_at("Payment received").await;
    let book = at.payment(&session).await;
    assert_eq!(
        (&book["captured"], &book["released"], &book["captures"], &book["confirms"]),
        (&json!(9_000), &json!(5_500), &json!(1), &json!(1))
    );
    at.stop().await;
}

#[tokio::test]
async fn i4_a_capture_of_which_nobody_told_us_is_found_by_the_schedule() {
    let at = AtBank::holding().await;
    let session = at.open(&held_booking()).await;
    at.pay(&session).await;
    at.bank.lose_webhooks().await;
    capture(&at, &session, None).await;
    at.rest().await;
    assert_eq!(money(&at, &session).await, ("authorized".into(), 14_500, 0), "nobody told us");
    at.pass(DAY).await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 0, 14_500));
    at.stop().await;
}

#[tokio::test]
async fn i10_a_hold_that_nobody_took_is_let_go_after_five_days_and_is_over() {
    let at = AtBank::holding().await;
    let session = at.open(&held_booking()).await;
    at.pay(&session).await;
    for _ in 0..5 {
        assert_eq!(money(&at, &session).await, ("authorized".into(), 14_500, 0));
        at.pass(DAY).await;
    }
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("expired"), &json!(true)), "{read}");
    assert_eq!((&read["authorized"], &read["captured"]), (&json!(0), &json!(0)));
    assert_eq!(at.payment(&session).await["released"], 14_500);
    at.stop().await;
}

#[tokio::test]
async fn a_hold_that_the_merchant_cancels_is_canceled() {
    let at = AtBank::holding().await;
    let session = at.open(&held_booking()).await;
    at.pay(&session).await;
    at.provider().cancels().expect("cancels").cancel(&payment_id(&session)).await.expect("a cancel");
    at.rest().await;
    assert_eq!(money(&at, &session).await, ("canceled".into(), 0, 0));
    assert_eq!(at.payment(&session).await["released"], 14_500);
    at.stop().await;
}

#[tokio::test]
async fn an_automatic_capture_of_a_hold_is_made_at_once_and_by_us() {
    let at = AtBank::holding().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-automatic").await;
    payer.type_card(&at, WORKS).await;
    payer.ends_at("Payment received").await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 0, 14_500));
    assert_eq!(at.payment(&session).await["captures"], 1);
    at.stop().await;
}

#[tokio::test]
async fn i1_an_automatic_capture_whose_answer_was_lost_takes_the_money_once() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "error_before"] {
        let at = AtBank::holding().await;
        at.bank.lose_webhooks().await;
        at.bank.fault(json!({"operation": "capture", "kind": kind})).await;
        let session = at.open(&booking("RES-1")).await;
        at.pay(&session).await;
        for _ in 0..3 {
            at.pass(3).await;
        }
        assert_eq!(money(&at, &session).await, ("succeeded".into(), 0, 14_500), "{kind}");
        let book = at.payment(&session).await;
        assert_eq!((&book["captures"], &book["captured"]), (&json!(1), &json!(14_500)), "{kind}");
        at.stop().await;
    }
}

/// Not documented: should what was taken stand in the place of what was asked, a person looks at it.
#[tokio::test]
async fn i3_a_part_that_is_shown_as_the_whole_amount_is_never_a_success_by_itself() {
    let project = Project { hold: true, capture_shrinks_amount: true, ..Project::default() };
    let at = AtBank::with(json!({"holds": true}), project).await;
    let session = at.open(&held_booking()).await;
    at.pay(&session).await;
    capture(&at, &session, Some(9_000)).await;
    at.rest().await;
    let read = at.read(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("amount_differs")), "{read}");
    at.stop().await;
}
