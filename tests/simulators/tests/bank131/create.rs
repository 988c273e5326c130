//! Opening sessions: what they say, what is refused.

use serde_json::{Value, json};

use crate::stage::{Stage, at_once, id, refuses, stored, wish};

#[tokio::test]
async fn an_empty_create_is_a_session_without_payments() {
    let stage = Stage::new().await;
    let session = stage.session("v1/session/create", json!({})).await;
    let right = json!({
        "id": "ps_3230",
        "status": "created",
        "created_at": "2026-11-20T10:00:00.000000Z",
        "updated_at": "2026-11-20T10:00:00.000000Z",
    });
    assert_eq!(session, right, "as in the SDK's test");
}

#[tokio::test]
async fn each_version_names_the_payments_its_own_way() {
    let stage = Stage::new().await;
    for (version, name, other) in
        [("v1", "acquiring_payments", "payment_list"), ("v2", "payment_list", "acquiring_payments")]
    {
        let session = stage.session(&format!("{version}/session/init/payment"), at_once("card_works")).await;
        let path = format!("{version}/session/status");
        let later = stage.session(&path, json!({"session_id": id(&session)})).await;
        for session in [session, later] {
            assert_eq!(session[name].as_array().unwrap().len(), 1, "{version}");
            assert_eq!(session[other], Value::Null, "{version}");
        }
    }
    assert_eq!(stage.api("v3/session/create", json!({})).await.status, 404);
    assert_eq!(stage.api("v2/token", json!({})).await.status, 404, "the widget's token is of v1");
    assert_eq!(stage.api("v2/session/list", json!({})).await.status, 404);
}

#[tokio::test]
async fn a_payment_shows_what_was_asked_and_never_the_cards_number() {
    let stage = Stage::new().await;
    let card = json!({"number": "4242424242424242", "expiration_month": "12", "expiration_year": "30",
        "security_code": "123", "cardholder_name": "ADA PAYER"});
    let details = json!({"type": "card", "card": {"type": "bank_card", "bank_card": card}});
    let wished = wish(json!({"payment_details": details, "metadata": {"session": "1"},
        "payment_options": {"return_url": "https://booking.example/return"}}));
    let session = stage.session("v2/session/init/payment", wished).await;
    let payment = &session["payment_list"][0];
    assert_eq!((&session["status"], &payment["status"]), (&json!("in_progress"), &json!("in_progress")));
    assert_eq!(session["next_action"], Value::Null, "that comes later");
    assert_eq!(payment["payment_details"]["card"]["last4"], "4242");
    assert_eq!(payment["payment_details"]["card"]["brand"], "visa");
    assert_eq!(payment["amount_details"], json!({"amount": 10000, "currency": "rub"}));
    assert_eq!(payment["customer"], json!({"reference": "BOOKING-1"}));
    assert_eq!(payment["metadata"], json!({"session": "1"}));
    assert_eq!(payment["payment_options"]["return_url"], "https://booking.example/return");
    let fee = json!({"merchant_fee": {"amount": 10, "currency": "RUB"}});
    assert_eq!(payment["amounts"]["fee"], fee, "upper case there alone");
    assert!(!stage.control("GET", "/_ledger", Value::Null).await.body.contains("4242424242424242"));
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused() {
    let stage = Stage::new().await;
    for (case, more) in [
        ("zero", json!({"amount_details": {"amount": 0, "currency": "rub"}})),
        ("negative", json!({"amount_details": {"amount": -1, "currency": "rub"}})),
        ("fraction", json!({"amount_details": {"amount": 10.5, "currency": "rub"}})),
        ("text", json!({"amount_details": {"amount": "10000", "currency": "rub"}})),
        ("upper case", json!({"amount_details": {"amount": 1, "currency": "RUB"}})),
        ("unknown currency", json!({"amount_details": {"amount": 1, "currency": "gbp"}})),
        ("no reference", json!({"customer": {"contacts": []}})),
        ("return address", json!({"payment_options": {"return_url": "/return"}})),
        ("metadata", json!({"metadata": true})),
    ] {
        let answer = stage.api("v2/session/create", wish(more)).await;
        refuses(&answer, (400, "invalid_request"), &case);
    }
    let broken = stage.try_api("v2/session/create", "{", None).await.unwrap();
    refuses(&broken, (400, "invalid_request"), &"not JSON");
}

#[tokio::test]
async fn a_payment_needs_an_amount_a_customer_and_something_that_pays() {
    let stage = Stage::new().await;
    let card_id = json!({"type": "card", "card": {"card_id": "card_works"}});
    for (case, more) in [
        ("amount", json!({"amount_details": null, "payment_details": stored("card_works")})),
        ("customer", json!({"customer": null, "payment_details": stored("card_works")})),
        ("nothing", json!({})),
        ("unknown token", json!({"payment_details": stored("card_of_nobody")})),
        ("unknown method", json!({"payment_details": {"type": "wallet"}})),
        ("a card identifier", json!({"payment_details": card_id})),
    ] {
        let answer = stage.api("v2/session/init/payment", wish(more)).await;
        refuses(&answer, (400, "invalid_request"), &case);
    }
    assert_eq!(stage.ledger().await["payments"], json!([]), "no session is left behind");
    stage.control("PUT", "/_config/project", json!({"card_id_pays": true})).await;
    stage.session("v2/session/init/payment", wish(json!({"payment_details": card_id}))).await;
}

#[tokio::test]
async fn a_session_can_be_started_once_with_what_its_create_left_out() {
    let stage = Stage::new().await;
    let id = id(&stage.session("v2/session/create", json!({"metadata": 7})).await);
    let mut start = json!({"session_id": id, "payment_details": stored("card_works")});
    refuses(&stage.api("v2/session/start/payment", start.clone()).await, (400, "invalid_request"), &"amount");
    start["customer"] = json!({"reference": "R"});
    start["amount_details"] = json!({"amount": 1, "currency": "eur"});
    let session = stage.session("v2/session/start/payment", start.clone()).await;
    assert_eq!(session["payment_list"][0]["metadata"], 7);
    let again = stage.api("v2/session/start/payment", start).await;
    refuses(&again, (400, "session_wrong_state"), &"twice");
}

#[tokio::test]
async fn the_sync_call_answers_with_the_result_and_sends_nothing() {
    let receiver = crate::receiver::Receiver::new().await;
    let stage = Stage::telling(&receiver).await;
    let wished = wish(json!({"payment_details": stored("card_works")}));
    let refused = stage.api("v2/session/init/payment/sync", wished).await;
    refuses(&refused, (400, "invalid_request"), &"no return address");
    let paid = stage.session("v2/session/init/payment/sync", at_once("card_works")).await;
    assert_eq!(paid["status"], "accepted");
    let asked = stage.session("v2/session/init/payment/sync", at_once("card_3ds_get")).await;
    assert_eq!(asked["payment_list"][0]["customer_interaction"]["type"], "redirect");
    stage.order(&id(&asked), "approve", json!({})).await;
    stage.tick().await;
    assert_eq!(receiver.letters().len(), 0);
}

#[tokio::test]
async fn a_session_that_is_not_there_is_refused() {
    let stage = Stage::new().await;
    for path in ["status", "confirm", "cancel", "capture", "refund"] {
        let path = format!("v2/session/{path}");
        let answer = stage.api(&path, json!({"session_id": "ps_1"})).await;
        refuses(&answer, (400, "invalid_request"), &path);
        refuses(&stage.api(&path, json!({})).await, (400, "invalid_request"), &path);
    }
}
