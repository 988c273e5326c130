//! The ways in besides the widget, and both versions of the API.

use super::stage::{AtBank, booking, booking_by, id, is_paid_once};
use crate::e2e::browser::Browser;
use crate::e2e::insides::table;
use crate::e2e::world::SITE;
use bellhop_simulators::bank131::{Project, Version};
use serde_json::{Value, json};

/// `[doc]` "A card identifier can not be used for making payments": so says the bank, and so do we.
#[tokio::test]
async fn a_card_id_is_refused_by_the_bank_and_nothing_is_left_of_it() {
    let at = AtBank::start().await;
    let answer = at.create(&booking_by("RES-1", json!({"flow": "init", "card_id": "card_works"}))).await;
    assert_eq!(answer.status(), 422);
    let problem: Value = answer.json().await.unwrap();
    assert!(problem["code"].as_str().is_some_and(|code| !code.is_empty()), "{problem}");
    assert_eq!(at.bank.payments("RES-1").await, Vec::<Value>::new());
    let again = at.world.create("second", &booking("RES-1")).await;
    assert_eq!(again.status(), 201, "the booking is free");
    at.stop().await;
}

#[tokio::test]
async fn a_card_id_pays_where_the_bank_has_allowed_it() {
    let at = AtBank::with(json!({}), Project { card_id_pays: true, ..Project::default() }).await;
    let session = at.open(&booking_by("RES-1", json!({"flow": "init", "card_id": "card_works"}))).await;
    at.rest().await;
    is_paid_once(&at, &session).await;
    assert_eq!(at.payment(&session).await["method"]["card"]["card_id"], "card_works");
    at.stop().await;
}

#[tokio::test]
async fn a_payer_scans_a_code_and_lands_on_paid() {
    for flow in ["init", "start"] {
        let at = AtBank::start().await;
        let session = at.open(&booking_by("RES-1", json!({"flow": flow, "qr": {}}))).await;
        if flow == "start" {
            at.world.http.get(session["pay_url"].as_str().unwrap()).send().await.unwrap();
        }
        at.rest().await;
        let mut browser = Browser::at(SITE, "bank131-scan").await;
        browser.client.goto(session["pay_url"].as_str().unwrap()).await.unwrap();
        browser.expect_heading("Pay with your banking app").await;
        browser.press("a.button").await;
        browser.expect_heading("Pay in your bank").await;
        at.wait(1).await;
        browser.press("#approve").await;
        browser.expect_heading("Payment received").await;
        browser.close().await;
        is_paid_once(&at, &session).await;
        at.stop().await;
    }
}

#[tokio::test]
async fn a_payer_who_refuses_the_code_is_told() {
    let at = AtBank::start().await;
    let session = at.open(&booking_by("RES-1", json!({"flow": "init", "qr": {}}))).await;
    at.rest().await;
    assert!(at.visit(&session).await.contains("<svg class=\"code\""));
    at.act(&session, "refuse", json!({})).await;
    at.rest().await;
    let read = at.read(&session).await;
    assert_eq!((&read["attempts"][0]["status"], &read["captured"]), (&json!("failed"), &json!(0)), "{read}");
    at.stop().await;
}

#[tokio::test]
async fn both_versions_pay_whichever_names_the_messages_have() {
    for (version, messages) in [("v1", Version::V1), ("v1", Version::V2), ("v2", Version::V1)] {
        let project = Project { webhook_version: Some(messages), ..Project::default() };
        let at = AtBank::with(json!({"version": version}), project).await;
        let session = at.open(&booking("RES-1")).await;
        at.pay(&session).await;
        is_paid_once(&at, &session).await;
        let log = at.bank.ledger().await["call_log"].clone();
        let path = format!("POST /api/{version}/session/create");
        assert_eq!(log[0]["line"], path);
        at.bank.fault(json!({"operation": "init_payment", "kind": "answer_lost_after_effect"})).await;
        let by_card = booking_by("RES-2", json!({"flow": "init", "recurrent_token": "card_works"}));
        let unheard = at.create_unheard(&by_card).await;
        at.rest().await;
        assert_eq!(at.status(&unheard).await, "succeeded", "adopted by a message of {}", json!(messages));
        at.stop().await;
    }
}

/// What stands in the notes is echoed, and names our session to their people and to us.
#[tokio::test]
async fn the_banks_book_names_our_session_and_the_booking() {
    let at = AtBank::start().await;
    let mut booking = booking("RES-1");
    booking["metadata"] = json!({"house": "north"});
    let session = at.open(&booking).await;
    let notes = at.payment(&session).await["metadata"].clone();
    assert_eq!(
        (&notes["bellhop_session"], &notes["bellhop_reference"], &notes["house"]),
        (&session["id"], &json!("RES-1"), &json!("north"))
    );
    assert!(table(&at.world).await.contains(id(&session)));
    at.stop().await;
}
