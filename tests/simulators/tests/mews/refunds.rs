//! Money that goes back.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{MINUTE, Stage, each, text};
use crate::wishes::laid_over;

/// A charged payment: its id and its account.
async fn charged(stage: &Stage) -> (String, String) {
    let booked = stage.booked().await;
    stage.order(&text(&booked["PaymentRequestId"]), "pay", json!({})).await;
    let seen = stage.get(&text(&booked["Id"])).await;
    (text(&seen["Payments"][0]["Id"]), text(&booked["CustomerId"]))
}

async fn refund(stage: &Stage, (payment, account): &(String, String), more: Value) -> Answer {
    let body = json!({"PaymentId": payment, "AccountId": account, "Reason": "Canceled stay"});
    stage.connector("payments/refund", laid_over(body, more)).await
}

/// The newest first: kind, state and gross value as written.
async fn listed(stage: &Stage) -> Vec<(String, String)> {
    let always = json!({"StartUtc": "2026-11-20T00:00:00Z", "EndUtc": "2026-12-20T00:00:00Z"});
    let list =
        stage.connector("payments/getAll", json!({"Limitation": {"Count": 9}, "UpdatedUtc": always})).await;
    let list = list.json()["Payments"].clone();
    each(&list, "Kind").into_iter().zip(each(&list, "State")).collect()
}

#[tokio::test]
async fn a_refund_of_a_part_is_pending_and_then_charged() {
    let stage = Stage::new().await;
    let payment = charged(&stage).await;
    let answer = stage
        .connector(
            "payments/refund",
            json!({"PaymentId": payment.0, "AccountId": payment.1, "Reason": "x", "ValueToRefund": 110.5}),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.body.contains(r#""Amount":{"Currency":"EUR","Value":110.50}"#), "{}", answer.body);
    let begun = answer.json();
    assert_eq!((&begun["PaymentId"], &begun["State"]), (&json!(payment.0), &json!("Pending")));
    let one = json!({"PaymentIds": [begun["RefundId"]], "Limitation": {"Count": 1}});
    let seen = stage.connector("payments/getAll", one.clone()).await;
    assert!(
        seen.body.contains(r#""GrossValue":110.50"#) && seen.body.contains(r#""Kind":"Refund""#),
        "{}",
        seen.body
    );
    assert_eq!(stage.only().await["refunded"], 0);
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(stage.connector("payments/getAll", one).await.json()["Payments"][0]["State"], "Charged");
    let entry = stage.only().await;
    assert_eq!(
        (&entry["refunded"], &entry["captured"], &entry["status"]),
        (&json!(11050), &json!(92970), &json!("Completed"))
    );
}

#[tokio::test]
async fn no_more_goes_back_than_was_paid() {
    let stage = Stage::new().await;
    let payment = charged(&stage).await;
    assert_eq!(refund(&stage, &payment, json!({"ValueToRefund": 900})).await.status, 200);
    assert_eq!(refund(&stage, &payment, json!({"ValueToRefund": 29.71})).await.status, 403);
    let rest = refund(&stage, &payment, json!({})).await;
    assert!(rest.body.contains(r#""Value":29.70"#), "the rest without a value: {}", rest.body);
    assert_eq!(refund(&stage, &payment, json!({})).await.status, 403);
}

#[tokio::test]
async fn a_refund_can_fail_and_be_tried_again() {
    let stage = Stage::with(|property| property.refunds_fail = true).await;
    let payment = charged(&stage).await;
    assert_eq!(refund(&stage, &payment, json!({})).await.status, 200);
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(listed(&stage).await[0], ("Refund".to_owned(), "Failed".to_owned()));
    assert_eq!(refund(&stage, &payment, json!({})).await.status, 200, "it is all there again");
}

#[tokio::test]
async fn what_cannot_be_refunded_is_refused() {
    let stage = Stage::new().await;
    let payment = charged(&stage).await;
    for (more, status) in [
        (json!({"PaymentId": "x"}), 400),
        (json!({"PaymentId": null}), 400),
        (json!({"AccountId": null}), 400),
        (json!({"AccountId": "x"}), 400),
        (json!({"Reason": null}), 400),
        (json!({"ValueToRefund": 1.005}), 400),
        (json!({"ValueToRefund": 0}), 400),
        (json!({"ValueToRefund": "5"}), 400),
    ] {
        assert_eq!(refund(&stage, &payment, more.clone()).await.status, status, "{more}");
    }
    let begun = refund(&stage, &payment, json!({"ValueToRefund": 1})).await.json();
    let of_refund = json!({"PaymentId": begun["RefundId"], "ValueToRefund": 1});
    assert_eq!(refund(&stage, &payment, of_refund).await.status, 403, "a refund is no payment");
}

#[tokio::test]
async fn a_bank_takes_money_back_and_the_distributor_shows_neither() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let id = text(&booked["PaymentRequestId"]);
    stage.order(&id, "pay", json!({})).await;
    stage.pass(MINUTE);
    stage.order(&id, "refund", json!({"value": "10"})).await;
    stage.order(&id, "complete", json!({})).await;
    stage.pass(MINUTE);
    stage.order(&id, "chargeback", json!({})).await;
    let kinds: Vec<String> = listed(&stage).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["Chargeback", "Refund", "Payment"]);
    assert_eq!(stage.get(&text(&booked["Id"])).await["Payments"].as_array().unwrap().len(), 1);
    assert_eq!(stage.only().await["refunded"], 92970);
}
