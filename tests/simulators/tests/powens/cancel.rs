//! Cancelling by the client.

use bellhop_simulators::powens::{Bank, CancelWay, Domain};
use serde_json::json;

use crate::browser::Browser;
use crate::http::Answer;
use crate::stage::{RETURN, Stage, id};

fn banks_that(way: CancelWay) -> impl FnOnce(&mut Domain) {
    move |domain| {
        domain.banks = vec![Bank { cancel: way, ..Bank::default() }];
    }
}

async fn cancel(stage: &Stage, id: &str) -> Answer {
    let body = json!({"cancel": true, "client_redirect_uri": RETURN, "client_state": "cancel 1"});
    stage.api("POST", &format!("/2.0/payments/{id}"), body).await
}

#[tokio::test]
async fn a_created_payment_is_rejected_at_once_and_its_page_is_closed() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let mut browser = Browser::on(&stage, &id).await;
    let answer = cancel(&stage, &id).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["state"], "rejected");
    assert_eq!(answer.json()["error_code"], "CancelledByClient");
    let page = browser.choose("redirect").await;
    assert!(page.body.contains("Your transfer was refused"));
    assert_eq!(stage.ledger().await["payable_now"], 0);
}

#[tokio::test]
async fn only_created_and_pending_payments_can_be_cancelled() {
    let stage = Stage::new().await;
    let validating = id(&stage.create().await);
    Browser::on(&stage, &validating).await.choose("redirect").await;
    let done = stage.validated(json!({"label": "done - x"})).await;
    let rejected = stage.validated(json!({"label": "rjct - x"})).await;
    for id in [validating, done, rejected] {
        let before = stage.state(&id).await;
        cancel(&stage, &id).await.refuses((409, "invalidState"), &before);
        assert_eq!(stage.state(&id).await, before);
    }
}

#[tokio::test]
async fn a_pending_payment_follows_its_bank() {
    let stage = Stage::new().await;
    let direct = stage.validated(json!({"label": "pdng - x"})).await;
    assert_eq!(cancel(&stage, &direct).await.json()["error_code"], "CancelledByClient");
    let instant = stage.validated(json!({"label": "pdng - x", "execution_date_type": "instant"})).await;
    cancel(&stage, &instant).await.refuses((400, "notSupported"), &"instant");

    let stage = Stage::with(banks_that(CancelWay::Unsupported)).await;
    let id = stage.validated(json!({"label": "pdng - x"})).await;
    cancel(&stage, &id).await.refuses((400, "notSupported"), &"bank");
    assert_eq!(stage.state(&id).await, "pending");
}

#[tokio::test]
async fn some_banks_want_the_payer_to_agree() {
    let stage = Stage::with(banks_that(CancelWay::Redirect)).await;
    for (answer, state, tail) in [
        ("confirm", "rejected", "&error_code=CancelledByClient&payment_state=rejected"),
        ("keep", "pending", "&payment_state=pending"),
    ] {
        let id = stage.validated(json!({"label": "pdng - x"})).await;
        let reply = cancel(&stage, &id).await;
        assert_eq!(reply.status, 202);
        let shown = reply.json();
        assert_eq!((&shown["state"], &shown["state_detail"]), (&json!("pending"), &json!("cancelling")));
        assert_eq!(shown["action"], "redirect");
        let uri = shown["validate_uri"].as_str().unwrap().replace(&stage.base, "");
        let mut browser = Browser::new(&stage);
        assert!(browser.open(&uri).await.body.contains("Cancel the transfer"));
        let left = browser.press(answer).await;
        assert!(left.header("location").ends_with(tail), "{}", left.header("location"));
        let shown = stage.get(&id).await;
        assert_eq!((&shown["state"], &shown["state_detail"]), (&json!(state), &json!(null)));
    }
}

#[tokio::test]
async fn the_payer_comes_back_to_the_address_of_the_cancel() {
    let stage = Stage::with(banks_that(CancelWay::Redirect)).await;
    let id = stage.validated(json!({"label": "pdng - x"})).await;
    let reply = cancel(&stage, &id).await.json();
    let uri = reply["validate_uri"].as_str().unwrap().replace(&stage.base, "");
    let mut browser = Browser::new(&stage);
    browser.open(&uri).await;
    let left = browser.press("confirm").await;
    assert!(left.header("location").starts_with(&format!("{RETURN}?state=cancel%201&id_payment={id}")));
}

#[tokio::test]
async fn an_update_must_say_one_thing() {
    let stage = Stage::new().await;
    let path = format!("/2.0/payments/{}", id(&stage.create().await));
    for (body, code) in [
        (json!({}), "missingParameter"),
        (json!({"cancel": false}), "invalidValue"),
        (json!({"cancel": "yes"}), "invalidValue"),
        (json!({"cancel": true, "confirm": true}), "invalidValue"),
        (json!({"cancel": true, "client_redirect_uri": "https://b.example/?a=1"}), "invalidValue"),
    ] {
        stage.api("POST", &path, body.clone()).await.refuses((400, code), &body);
    }
    assert_eq!(stage.ledger().await["payable_now"], 0);
    let none = stage.api("POST", "/2.0/payments/7", json!({"cancel": true})).await;
    none.refuses((404, "notFound"), &"");
}
