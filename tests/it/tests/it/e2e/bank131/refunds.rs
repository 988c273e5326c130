//! Money that goes back: the bank's session is open again until it has arrived.

use super::stage::{AtBank, booking, events, payment_id};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{Refund, RefundOrder, RefundStatus};
use serde_json::{Value, json};

async fn refund(at: &AtBank, session: &Value, (amount, available): (u64, u64)) -> Refund {
    let kopecks = |kopecks| Money::new(kopecks, Currency::RUB).expect("an amount");
    let order = RefundOrder { amount: kopecks(amount), available: kopecks(available) };
    let provider = at.provider();
    provider.refunds().expect("refunds").refund(&payment_id(session), &order).await.expect("a refund")
}

/// Status, taken and given back, as the booking site reads them.
async fn money(at: &AtBank, session: &Value) -> (String, u64, u64) {
    let read = at.read(session).await;
    let number = |name: &str| read[name].as_u64().expect("a number");
    (read["status"].as_str().expect("a status").to_owned(), number("captured"), number("refunded"))
}

#[tokio::test]
async fn what_goes_back_in_parts_is_counted_once_it_is_under_way_and_the_session_stays_paid() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session).await;
    let made = refund(&at, &session, (5_000, 14_500)).await;
    assert_eq!(made.status, Some(RefundStatus::Pending));
    assert_eq!(at.payment(&session).await["status"], "in_progress");
    at.act(&session, "emit", json!({"type": "payment_refunded"})).await;
    at.rest().await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 14_500, 5_000));
    at.wait(1).await;
    let book = at.payment(&session).await;
    assert_eq!((&book["status"], &book["refunded"]), (&json!("accepted"), &json!(5_000)));
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 14_500, 5_000));
    refund(&at, &session, (9_500, 9_500)).await;
    at.wait(1).await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 14_500, 14_500));
    assert_eq!(at.bank.ledger().await["refunded_total"], 14_500);
    let read = at.read(&session).await;
    assert!(!events(&read).contains(&"session.reversed"), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn a_refund_that_is_declined_is_no_money_that_went_back() {
    let at = AtBank::start().await;
    at.set_project(json!({"refund_ms": null})).await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session).await;
    refund(&at, &session, (5_000, 14_500)).await;
    at.act(&session, "refund_decline", json!({})).await;
    at.rest().await;
    assert_eq!(money(&at, &session).await, ("succeeded".into(), 14_500, 0));
    let all = at.provider();
    let all = all.refunds().expect("refunds").list(&payment_id(&session)).await.expect("a list");
    assert_eq!(all.iter().map(|one| one.status).collect::<Vec<_>>(), [Some(RefundStatus::Failed)]);
    at.stop().await;
}
