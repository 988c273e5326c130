//! What the Connector API lets the merchant do: cancel what is pending, and give money back.

use super::stage::{Stage, TWO_NIGHTS, payment_id};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    ProviderError, ProviderErrorKind as Kind, Refund, RefundOrder, RefundStatus, RefusalCode,
};
use serde_json::{Value, json};

fn cents(cents: u64) -> Money {
    Money::new(cents, Currency::EUR).expect("an amount")
}

fn refused<T: std::fmt::Debug>(answer: Result<T, ProviderError>) -> RefusalCode {
    match answer.unwrap_err().kind {
        Kind::Refused(refusal) => refusal.code,
        other => panic!("{other}"),
    }
}

/// A session that was paid and heard of.
async fn paid(stage: &Stage) -> Value {
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "succeeded");
    session
}

async fn refund(
    stage: &Stage,
    session: &Value,
    (amount, available): (u64, u64),
) -> Result<Refund, ProviderError> {
    let order = RefundOrder { amount: cents(amount), available: cents(available) };
    stage.provider().refunds().expect("refunds").refund(&payment_id(session), &order).await
}

async fn refunds(stage: &Stage, session: &Value) -> Vec<(u64, Option<RefundStatus>)> {
    let provider = stage.provider();
    let all = provider.refunds().expect("refunds").list(&payment_id(session)).await.expect("a list");
    all.iter().map(|one| (one.amount.minor(), one.status)).collect()
}

#[tokio::test]
async fn i1_with_the_connector_a_request_is_canceled_when_our_time_is_up() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.pass(31).await;
    assert_eq!(stage.status(&session).await, "expired");
    let request = stage.request(&session).await;
    assert_eq!((&request["status"], &request["payable"]), (&json!("Canceled"), &json!(false)));
    assert_eq!(stage.mews.calls("cancel").await, 1);
    stage.stop().await;
}

#[tokio::test]
async fn i1_without_the_connector_the_session_stays_until_the_request_ends() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    stage.pass(31).await;
    assert_eq!(stage.status(&session).await, "expiring", "it can still be paid, and nobody can stop it");
    assert_eq!(stage.asked_again(&session, "second").await, 409);
    stage.act(&session, "pay", json!({})).await;
    stage.pass(15).await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(TWO_NIGHTS)), "{read}");
    stage.stop().await;
}

#[tokio::test]
async fn only_what_is_pending_is_canceled() {
    let stage = Stage::start().await;
    let session = paid(&stage).await;
    let provider = stage.provider();
    let late = provider.cancels().expect("cancels").cancel(&payment_id(&session)).await;
    assert_eq!(refused(late), RefusalCode::WrongState);
    assert_eq!(stage.request(&session).await["status"], "Completed");
    stage.stop().await;
}

#[tokio::test]
async fn without_the_connector_nothing_can_be_canceled_or_given_back() {
    let stage = Stage::alone().await;
    let provider = stage.provider();
    assert!(provider.cancels().is_none() && provider.refunds().is_none());
    stage.stop().await;
}

#[tokio::test]
async fn money_goes_back_in_parts_and_never_more_than_was_paid() {
    let stage = Stage::start().await;
    let session = paid(&stage).await;
    let made = refund(&stage, &session, (30_000, TWO_NIGHTS)).await.unwrap();
    assert_eq!((made.amount, made.status), (cents(30_000), Some(RefundStatus::Pending)));
    assert_eq!(refunds(&stage, &session).await, [(30_000, Some(RefundStatus::Pending))]);
    let twice = refund(&stage, &session, (30_000, TWO_NIGHTS)).await;
    assert_eq!(refused(twice), RefusalCode::AmountChanged, "what is on its way is gone");
    let left = TWO_NIGHTS - 30_000;
    assert_eq!(refused(refund(&stage, &session, (left + 1, left)).await), RefusalCode::AmountTooLarge);
    stage.wait(1).await;
    refund(&stage, &session, (left, left)).await.unwrap();
    stage.pass(2).await;
    let done = Some(RefundStatus::Succeeded);
    assert_eq!(refunds(&stage, &session).await, [(30_000, done), (left, done)]);
    assert_eq!(refused(refund(&stage, &session, (1, 1)).await), RefusalCode::AmountChanged);
    assert_eq!(stage.request(&session).await["refunded"], TWO_NIGHTS);
    assert_eq!(stage.mews.calls("refund").await, 2);
    stage.stop().await;
}

#[tokio::test]
async fn a_refund_that_fails_at_its_end_leaves_the_money_to_give_back() {
    let stage = Stage::with(|property| property.refunds_fail = true).await;
    let session = paid(&stage).await;
    refund(&stage, &session, (30_000, TWO_NIGHTS)).await.unwrap();
    stage.pass(2).await;
    assert_eq!(refunds(&stage, &session).await, [(30_000, Some(RefundStatus::Failed))]);
    refund(&stage, &session, (TWO_NIGHTS, TWO_NIGHTS)).await.unwrap();
    stage.stop().await;
}

#[tokio::test]
async fn i1_a_refund_whose_answer_was_lost_is_not_made_twice() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage"] {
        let stage = Stage::start().await;
        let session = paid(&stage).await;
        stage.mews.fault(json!({"operation": "refund", "kind": kind})).await;
        assert!(refund(&stage, &session, (TWO_NIGHTS, TWO_NIGHTS)).await.is_err(), "{kind}");
        let again = refund(&stage, &session, (TWO_NIGHTS, TWO_NIGHTS)).await;
        assert_eq!(refused(again), RefusalCode::AmountChanged, "{kind}");
        stage.pass(2).await;
        assert_eq!(stage.request(&session).await["refunded"], TWO_NIGHTS, "{kind}");
        assert_eq!(stage.mews.calls("refund").await, 1, "{kind}");
        stage.stop().await;
    }
}
