//! Whole ways through the simulator.

use serde_json::json;

use crate::browser::{Browser, CHALLENGED, RETURN, UNKNOWN_CARD, VISA};
use crate::stage::{Stage, each, text};
use crate::wishes::{NOTES, wish_for};

#[tokio::test]
async fn a_payer_pays_after_two_refusals_and_a_challenge() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let (group, id) = (text(&booked["Id"]), text(&booked["PaymentRequestId"]));
    let browser = Browser::at(&stage, &id);
    let page = browser.open().await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("929.70 EUR"), "{}", page.body);
    assert!(browser.pay_with(UNKNOWN_CARD, "123").await.body.contains("The payment was refused"));
    assert!(browser.pay_with(VISA, "000").await.body.contains("The payment was refused"));
    assert!(browser.pay_with(CHALLENGED, "123").await.body.contains("Your bank wants to know"));
    assert_eq!(each(&stage.get(&group).await["Payments"], "State"), ["Failed", "Failed", "Verifying"]);
    let done = browser.press("approve").await;
    assert_eq!((done.status, done.header("location")), (303, RETURN));

    let seen = stage.get(&group).await;
    assert_eq!(each(&seen["Payments"], "State"), ["Failed", "Failed", "Charged"]);
    assert_eq!(each(&seen["PaymentRequests"], "State"), ["Completed"]);
    assert!(browser.open().await.body.contains("This payment has been made"), "re-usable until final");
    let ledger = stage.ledger().await;
    assert_eq!(ledger["charged"], json!({"EUR": "929.70"}));
    assert_eq!((&ledger["captured_total"], &ledger["payable_now"]), (&json!(92970), &json!(0)));
    assert_eq!(ledger["groups"][0]["reservations"][0]["notes"], NOTES);
    assert_eq!(ledger["calls"], json!({"create": 1, "get": 2}));
}

#[tokio::test]
async fn a_payer_who_gives_up_goes_back_and_can_come_again() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let browser = Browser::at(&stage, &id);
    browser.open().await;
    let left = browser.press("leave").await;
    assert_eq!((left.status, left.header("location")), (303, RETURN));
    let entry = stage.only().await;
    assert_eq!(
        (&entry["status"], &entry["payable"], &entry["captured"]),
        (&json!("Pending"), &json!(true), &json!(0))
    );
    assert_eq!(entry["return_url"], RETURN);
    assert_eq!(browser.pay_with(VISA, "123").await.status, 303);
    assert_eq!(stage.only().await["status"], "Completed");
}

#[tokio::test]
async fn a_rate_that_is_paid_at_the_desk_has_nothing_to_redirect_to() {
    let stage = Stage::new().await;
    let desk = bellhop_simulators::mews::Rate::at_the_desk().id;
    let booked = stage.create(wish_for(json!({"RateId": desk}))).await;
    assert_eq!(booked.status, 200);
    assert_eq!(booked.json().get("PaymentRequestId"), None, "absent, not null");
    let seen = stage.get(&text(&booked.json()["Id"])).await;
    assert_eq!((&seen["PaymentRequests"], &seen["Payments"]), (&json!([]), &json!([])));
    let ledger = stage.ledger().await;
    assert_eq!(
        (ledger["groups"].as_array().unwrap().len(), ledger["payments"].as_array().unwrap().len()),
        (1, 0)
    );
}

#[tokio::test]
async fn a_group_can_have_several_requests_and_each_its_payments() {
    let stage = Stage::new().await;
    let booked = stage.booked().await;
    let first = text(&booked["PaymentRequestId"]);
    stage.order(&first, "pay", json!({})).await;
    stage.order(&first, "request", json!({"amount": "12.30"})).await;
    let group = text(&booked["Id"]);
    let seen = stage.get(&group).await;
    assert_eq!(each(&seen["PaymentRequests"], "State"), ["Completed", "Pending"]);
    assert_eq!(text(&seen["PaymentRequestId"]), first);
    let second = text(&seen["PaymentRequests"][1]["Id"]);
    stage.order(&second, "pay", json!({"outcome": "declined"})).await;
    stage.order(&second, "pay", json!({})).await;
    let payments = stage.get(&group).await["Payments"].clone();
    assert_eq!(each(&payments, "State"), ["Charged", "Failed", "Charged"]);
    assert_eq!(each(&payments, "PaymentRequestId"), [first, second.clone(), second]);
    assert_eq!(stage.ledger().await["charged"], json!({"EUR": "942.00"}));
}
