//! What the adapter can do besides, against Front itself: capture, refund, cancel.

use super::stage::{DETAILS, Stage, id, payment_id};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    Observation, ProviderError, ProviderErrorKind as Kind, Refund, RefundOrder, RefundStatus, RefusalCode,
};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::{Value, json};

fn ore(ore: u64) -> Money {
    Money::new(ore, Currency::NOK).expect("an amount")
}

/// A reservation of two products that is held.
async fn held(stage: &Stage) -> Value {
    let mut booking = super::stage::booking("RES-1");
    let product = |amount: u64| json!({"name": "Room", "rate": amount, "tax": 0, "amount": amount});
    booking["options"] = json!({"frontgo": {"products": [product(4_500), product(5_500)],
        "settings": {"is_charge_partially_refundable": true}}});
    let session = stage.create(&booking).await.json().await.expect("a session");
    stage.pay_unseen(&session).await;
    session
}

async fn capture(stage: &Stage, session: &Value, part: Option<u64>) -> Result<(), ProviderError> {
    let provider = stage.provider(json!({}));
    provider.captures().expect("captures").capture(&payment_id(session), part.map(ore)).await
}

async fn refund(
    stage: &Stage,
    session: &Value,
    (amount, available): (u64, u64),
) -> Result<Refund, ProviderError> {
    let order = RefundOrder { amount: ore(amount), available: ore(available) };
    let provider = stage.provider(json!({}));
    provider.refunds().expect("refunds").refund(&payment_id(session), &order).await
}

async fn look(stage: &Stage, session: &Value) -> Observation {
    stage.provider(json!({})).fetch(&payment_id(session)).await.expect("an answer")
}

fn refused<T: std::fmt::Debug>(answer: Result<T, ProviderError>) -> RefusalCode {
    match answer.unwrap_err().kind {
        Kind::Refused(refusal) => refusal.code,
        other => panic!("{other}"),
    }
}

/// What was taken from or given back of each way of taking.
fn moved(seen: &Observation) -> (u64, u64, u64) {
    (seen.moved.authorized, seen.moved.captured, seen.moved.refunded)
}

#[tokio::test]
async fn all_or_a_part_of_a_hold_is_captured_once() {
    for (part, taken) in [(None, 10_000), (Some(4_501), 4_501)] {
        let stage = Stage::start().await;
        let session = held(&stage).await;
        assert_eq!(refused(capture(&stage, &session, Some(10_001)).await), RefusalCode::AmountTooLarge);
        assert_eq!(stage.front.calls("capture").await, 0, "too much is not sent");
        capture(&stage, &session, part).await.unwrap();
        let seen = look(&stage, &session).await;
        assert_eq!(
            (seen.reading.clone(), moved(&seen)),
            (Reading::Known(AttemptStatus::Succeeded), (0, taken, 0))
        );
        assert_eq!(refused(capture(&stage, &session, Some(1)).await), RefusalCode::WrongState);
        stage.pass(3 * 24 * 60).await;
        let book = stage.reservation(&session).await;
        assert_eq!(
            (&book["captured"], &book["authorized"]),
            (&json!(taken), &json!(0)),
            "the rest is let go"
        );
        stage.stop().await;
    }
}

#[tokio::test]
async fn i1_a_capture_whose_answer_was_lost_is_not_made_twice() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage"] {
        let stage = Stage::start().await;
        let session = held(&stage).await;
        stage.front.fault(json!({"operation": "capture", "kind": kind})).await;
        assert!(capture(&stage, &session, None).await.is_err(), "{kind}");
        assert_eq!(refused(capture(&stage, &session, None).await), RefusalCode::WrongState, "{kind}");
        assert_eq!(stage.reservation(&session).await["captured"], 10_000, "{kind}");
        assert_eq!(stage.front.calls("capture").await, 1, "{kind}");
        stage.stop().await;
    }
}

/// Were the second sent all the same, as by a look that is behind: they allow one.
#[tokio::test]
async fn front_itself_takes_no_second_capture() {
    let stage = Stage::start().await;
    let session = held(&stage).await;
    let lines = json!({"0": {"id": 298, "amount": 45}, "1": {"id": 299, "amount": 55}});
    let body = json!({"products": lines, "grandTotal": 100});
    let path = format!("/api/v1/connect/reservations/capture/{}", id(&session));
    let url = [stage.front.base_url(), &path].concat();
    let send = || stage.world.http.post(&url).bearer_auth("frontgo_simulator_token").json(&body).send();
    assert_eq!(send().await.unwrap().status(), 202);
    assert_eq!(send().await.unwrap().status(), 400);
    assert_eq!(stage.reservation(&session).await["captured"], 10_000);
    stage.stop().await;
}

#[tokio::test]
async fn what_was_captured_goes_back_in_parts_by_its_own_id() {
    let stage = Stage::start().await;
    let session = held(&stage).await;
    capture(&stage, &session, None).await.unwrap();
    let capture = stage.reservation(&session).await["takings"][0]["id"].as_str().unwrap().to_owned();
    let made = refund(&stage, &session, (5_000, 10_000)).await.unwrap();
    let wanted = Refund { id: capture.clone(), amount: ore(5_000), status: Some(RefundStatus::Pending) };
    assert_eq!(made, wanted);
    assert_eq!(moved(&look(&stage, &session).await), (0, 10_000, 0), "accepted is not given back");
    stage.pass(2).await;
    assert_eq!(moved(&look(&stage, &session).await), (0, 10_000, 5_000));
    assert_eq!(refused(refund(&stage, &session, (1, 10_000)).await), RefusalCode::AmountChanged);
    assert_eq!(refused(refund(&stage, &session, (5_001, 5_000)).await), RefusalCode::AmountTooLarge);
    refund(&stage, &session, (5_000, 5_000)).await.unwrap();
    stage.pass(2).await;
    let provider = stage.provider(json!({}));
    let all = provider.refunds().unwrap().list(&payment_id(&session)).await.unwrap();
    let wanted = Refund { id: capture, amount: ore(10_000), status: Some(RefundStatus::Succeeded) };
    assert_eq!(all, [wanted]);
    assert_eq!(stage.reservation(&session).await["refunded"], 10_000);
    stage.stop().await;
}

/// The merchant charged for the minibar by Front's own pages.
#[tokio::test]
async fn what_was_charged_goes_back_by_its_own_id() {
    let stage = Stage::start().await;
    let session = held(&stage).await;
    let product = json!({"name": "Minibar", "productId": null, "rate": 30, "tax": 0, "amount": 30});
    let body = json!({"products": {"0": product}, "grandTotal": 30});
    let path = format!("/api/v1/connect/reservations/charge/{}", id(&session));
    let call = stage.world.http.post([stage.front.base_url(), &path].concat());
    let answer = call.bearer_auth("frontgo_simulator_token").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let charge = stage.reservation(&session).await["takings"][0]["id"].as_str().unwrap().to_owned();
    let made = refund(&stage, &session, (1_000, 3_000)).await.unwrap();
    assert_eq!(made.id, charge);
    stage.pass(2).await;
    assert_eq!(moved(&look(&stage, &session).await), (0, 3_000, 1_000));
    stage.stop().await;
}

#[tokio::test]
async fn a_cancel_is_taken_as_a_post_and_as_a_get_until_money_was_taken() {
    for with_get in [false, true] {
        let stage = Stage::start().await;
        let session = held(&stage).await;
        let provider = stage.provider(json!({"cancel_with_get": with_get}));
        provider.cancels().unwrap().cancel(&payment_id(&session)).await.unwrap();
        let book = stage.reservation(&session).await;
        assert_eq!((&book["status"], &book["authorized"]), (&json!("CANCELLED"), &json!(0)));
        let log = stage.front.ledger().await["call_log"].as_array().unwrap().last().unwrap()["line"].clone();
        assert_eq!(log.as_str().unwrap().starts_with("GET "), with_get, "{log}");
        assert_eq!(look(&stage, &session).await.reading, Reading::Known(AttemptStatus::Canceled));
        stage.stop().await;
    }
    let stage = Stage::start().await;
    let session = held(&stage).await;
    capture(&stage, &session, None).await.unwrap();
    let provider = stage.provider(json!({}));
    let late = provider.cancels().unwrap().cancel(&payment_id(&session)).await;
    assert_eq!(refused(late), RefusalCode::WrongState);
    assert_eq!(stage.front.calls(DETAILS).await, 1, "a cancel looks at nothing");
    stage.stop().await;
}
