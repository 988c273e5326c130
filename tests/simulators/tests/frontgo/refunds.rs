//! Refunds of captures and charges.

use serde_json::{Value, json};

use crate::operations::{capture_of, charge_of};
use crate::stage::{DAY, MINUTE, Stage};

/// A refund of one line of a capture.
fn refund_of(reference: &Value, line: i64, amount: Value) -> Value {
    json!({"type": "reservation", "grandTotal": amount, "products": [{"id": line, "amount": amount}],
        "source": "captured", "reference": reference})
}

/// A stage with 600.00 captured: the reservation and the id of the capture.
async fn captured(stage: &Stage) -> (String, Value) {
    let uuid = stage.paid(&[]).await;
    let line = stage.details(&uuid).await["productList"][0]["id"].clone();
    let mut order = capture_of(json!(600));
    order["products"]["0"]["id"] = line;
    let data = stage.accepted(&format!("capture/{uuid}"), order).await;
    (uuid, data["uuid"].clone())
}

async fn given_back(stage: &Stage, uuid: &str) -> Value {
    stage.details(uuid).await["paymentDetails"]["amountRefunded"].clone()
}

#[tokio::test]
async fn a_refund_is_accepted_first_and_visible_later() {
    let stage = Stage::new().await;
    let (uuid, capture) = captured(&stage).await;
    let path = format!("refund/{uuid}");
    let answer = stage.api("POST", &path, refund_of(&capture, 298, json!(15.5))).await;
    assert_eq!((answer.status, &answer.json()["message"]), (202, &json!("orderRefundedSuccessfully")));
    let nothing = json!({"fromCaptured": 0.0, "fromCharge": 0.0});
    assert_eq!(given_back(&stage, &uuid).await, nothing);
    stage.pass_and_tick(MINUTE - 1).await;
    assert_eq!(given_back(&stage, &uuid).await, nothing);
    stage.pass_and_tick(1).await;
    assert_eq!(given_back(&stage, &uuid).await["fromCaptured"], 15.5);
    assert_eq!(stage.last().await["refunded"], 1_550);
    assert_eq!(stage.status(&uuid).await, "CAPTURED");
}

#[tokio::test]
async fn refunds_in_parts_never_pass_what_was_captured() {
    let stage = Stage::new().await;
    let (uuid, capture) = captured(&stage).await;
    let path = format!("refund/{uuid}");
    stage.accepted(&path, refund_of(&capture, 298, json!(400))).await;
    let more = stage.refused("POST", &path, refund_of(&capture, 298, json!("200.01"))).await;
    assert_eq!(more, (400, "refundAmountExceedsAvailableAmount".to_owned()));
    stage.accepted(&path, refund_of(&capture, 298, json!(200))).await;
    stage.tick().await;
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(stage.ledger().await["refunded_total"], 60_000);
}

#[tokio::test]
async fn a_refund_that_fails_gives_the_sum_free_again() {
    let stage = Stage::new().await;
    let (uuid, capture) = captured(&stage).await;
    let path = format!("refund/{uuid}");
    stage.accepted(&path, refund_of(&capture, 298, json!(600))).await;
    stage.order(&uuid, "refund_fail", json!({})).await;
    stage.accepted(&path, refund_of(&capture, 298, json!(600))).await;
    stage.order(&uuid, "refund_succeed", json!({})).await;
    assert_eq!(stage.last().await["refunded"], 60_000);
}

#[tokio::test]
async fn a_refund_says_from_what_it_is() {
    let stage = Stage::new().await;
    let (uuid, capture) = captured(&stage).await;
    let path = format!("refund/{uuid}");
    let good = refund_of(&capture, 298, json!(5));
    for (name, value, status) in [
        ("type", json!("order"), 417),
        ("type", Value::Null, 417),
        ("grandTotal", json!(6), 417),
        ("products", json!([]), 417),
        ("products", json!([{"id": 299, "amount": 5}]), 400),
        ("source", json!("reserved"), 417),
        ("source", json!("charged"), 400),
        ("reference", Value::Null, 417),
        ("reference", json!("CAP0000000000"), 400),
    ] {
        let mut payload = good.clone();
        payload[name] = value;
        let answer = stage.api("POST", &path, payload.clone()).await;
        assert_eq!(answer.status, status, "{payload}: {}", answer.body);
    }
    let (other, _) = captured(&stage).await;
    let elsewhere = stage.refused("POST", &format!("refund/{other}"), good).await;
    assert_eq!(elsewhere.0, 400, "another reservation's capture");
}

#[tokio::test]
async fn a_charge_goes_back_in_parts_only_where_the_reservation_says_so() {
    let stage = Stage::new().await;
    for (in_parts, status) in [(json!(true), 202), (json!(false), 400), (Value::Null, 400)] {
        let changes = [("/settings/isChargePartiallyRefundable", in_parts)];
        let uuid = stage.paid(&changes).await;
        let charge = stage.accepted(&format!("charge/{uuid}"), charge_of(json!(80))).await;
        let line = stage.details(&uuid).await["productList"][1]["id"].as_i64().unwrap();
        let path = format!("refund/{uuid}");
        let of = |amount: i64| {
            let mut payload = refund_of(&charge["uuid"], line, json!(amount));
            payload["source"] = json!("charged");
            payload
        };
        assert_eq!(stage.api("POST", &path, of(30)).await.status, status);
        if status == 400 {
            stage.accepted(&path, of(80)).await;
        }
        stage.pass_and_tick(MINUTE).await;
        let expected = if status == 400 { 80.0 } else { 30.0 };
        assert_eq!(given_back(&stage, &uuid).await["fromCharge"], expected);
    }
}

#[tokio::test]
async fn the_weekly_threshold_refuses_until_the_week_is_over() {
    let stage = Stage::with(|config| config.weekly_refund_limit = Some(50_000)).await;
    let (uuid, capture) = captured(&stage).await;
    let path = format!("refund/{uuid}");
    stage.accepted(&path, refund_of(&capture, 298, json!(500))).await;
    let over = stage.refused("POST", &path, refund_of(&capture, 298, json!(0.01))).await;
    assert_eq!(over, (400, "refundRejectionForWeeklyThresholdExceed".to_owned()));
    stage.pass(7 * DAY);
    stage.accepted(&path, refund_of(&capture, 298, json!(0.01))).await;
}
