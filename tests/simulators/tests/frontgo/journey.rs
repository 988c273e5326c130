//! The payer's pages, as a browser sees them.

use serde_json::json;

use crate::browser::{Browser, DECLINED_CARD, GOOD_CARD};
use crate::stage::{HOUR, Stage, uuid};

const SUCCESS: &str = "https://booking.example/return/abc?paid=1";
const FAILURE: &str = "https://booking.example/return/abc";

#[tokio::test]
async fn a_payer_pays_and_is_sent_to_success_with_nothing_added() {
    let stage = Stage::new().await;
    let created = stage.create_with(&[]).await;
    let payer = Browser::at(&created);
    let page = payer.open().await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<strong id=\"amount\">1000.00 kr</strong>"));
    assert!(page.body.contains("Two nights") && !page.body.contains("<script"));
    assert_eq!(stage.status(&uuid(&created)).await, "SENT");

    let done = payer.pay_with(GOOD_CARD, "visa").await;
    assert_eq!((done.status, done.header("location")), (303, SUCCESS));
    let details = stage.details(&uuid(&created)).await;
    assert_eq!(details["status"], "RESERVED");
    assert_eq!(details["paymentDetails"]["reservedAt"], crate::stage::START);
    assert_eq!(details["paymentDetails"]["reservedAmount"], 1000.0);
    assert_eq!(details["paymentDetails"]["capturedAmount"], 0.0);
    let entry = stage.last().await;
    assert_eq!((&entry["authorized"], &entry["captured"]), (&json!(100_000), &json!(0)));
    assert_eq!(entry["times_opened"], 1);
}

#[tokio::test]
async fn the_preselected_method_is_checked_and_the_payer_may_change_it() {
    let stage = Stage::new().await;
    for via in ["visa", "mastercard"] {
        let created = stage.create_with(&[("/submitPayment/via", json!(via))]).await;
        let payer = Browser::at(&created);
        let page = payer.open().await.body;
        assert!(page.contains(&format!("value=\"{via}\" checked")), "{page}");
        assert_eq!(page.matches(" checked").count(), 1);
        let other = if via == "visa" { "mastercard" } else { "visa" };
        payer.pay_with(GOOD_CARD, other).await;
        let entry = stage.last().await;
        assert_eq!((&entry["via"], &entry["method"]), (&json!(via), &json!(other)));
    }
}

#[tokio::test]
async fn a_declined_payer_goes_to_failure_and_may_try_again() {
    let stage = Stage::new().await;
    let created = stage.create_with(&[]).await;
    let payer = Browser::at(&created);
    let done = payer.pay_with(DECLINED_CARD, "visa").await;
    assert_eq!((done.status, done.header("location")), (303, FAILURE));
    assert_eq!(stage.status(&uuid(&created)).await, "SENT");
    assert_eq!(stage.ledger().await["payable_now"], 1);
    let done = payer.pay_with(GOOD_CARD, "visa").await;
    assert_eq!(done.header("location"), SUCCESS);
}

#[tokio::test]
async fn a_payer_who_gives_up_goes_to_failure_and_nothing_changes() {
    let stage = Stage::new().await;
    let created = stage.create_with(&[]).await;
    let payer = Browser::at(&created);
    payer.open().await;
    let done = payer.press("cancel").await;
    assert_eq!((done.status, done.header("location")), (303, FAILURE));
    assert_eq!(stage.status(&uuid(&created)).await, "SENT");
    assert_eq!(payer.open().await.status, 200, "by default the page opens again");
}

#[tokio::test]
async fn a_page_that_was_left_cannot_be_opened_again_at_once_where_so_set() {
    let stage = Stage::with(|config| config.order_id_used_ms = 60_000).await;
    let created = stage.create_with(&[]).await;
    let payer = Browser::at(&created);
    assert_eq!(payer.open().await.status, 200);
    stage.pass(59_999);
    let refused = payer.open().await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("OrderID already used"));
    stage.pass(1);
    assert_eq!(payer.open().await.status, 200);
    let visits = stage.last().await["visits"].clone();
    let outcomes: Vec<&str> =
        visits.as_array().unwrap().iter().map(|visit| visit["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["opened", "already_used", "opened"]);
}

#[tokio::test]
async fn a_wrong_form_is_shown_again_with_what_is_wrong() {
    let stage = Stage::new().await;
    let payer = Browser::at(&stage.create_with(&[]).await);
    let good = "cardNumber=4111111111111111&expiryMonth=11&expiryYear=26&cvc=123&cardholderName=K&via=visa";
    for (from, to, text) in [
        ("4111111111111111", "4111111111111112", "Enter a valid card number"),
        ("4111111111111111", "", "Enter a valid card number"),
        ("expiryMonth=11", "expiryMonth=10", "Enter an expiry date in the future"),
        ("expiryMonth=11", "expiryMonth=13", "Enter an expiry date in the future"),
        ("cvc=123", "cvc=12", "Enter the security code"),
        ("cardholderName=K", "cardholderName=", "Enter the name on the card"),
        ("via=visa", "via=vipps", "Choose a payment method"),
    ] {
        let page = payer.send_form(&good.replace(from, to)).await;
        assert_eq!(page.status, 400, "{to}");
        assert!(page.body.contains(text) && page.body.contains("id=\"card-form\""), "{to}");
    }
    assert_eq!(stage.last().await["status"], "SENT");
    assert_eq!(payer.send_form(good).await.status, 303);
}

#[tokio::test]
async fn paying_twice_holds_once() {
    let stage = Stage::new().await;
    let payer = Browser::at(&stage.create_with(&[]).await);
    payer.pay_with(GOOD_CARD, "visa").await;
    let again = payer.pay_with(GOOD_CARD, "visa").await;
    assert_eq!(again.status, 200);
    assert!(again.body.contains("This order has been paid"));
    assert!(again.body.contains(&format!("href=\"{SUCCESS}\"")));
    assert_eq!(stage.last().await["authorized"], 100_000);
}

#[tokio::test]
async fn an_order_past_its_due_date_cannot_be_paid_even_before_the_sweep() {
    let stage = Stage::new().await;
    let payer = Browser::at(&stage.create_with(&[]).await);
    stage.pass(HOUR);
    let page = payer.pay_with(GOOD_CARD, "visa").await;
    assert!(page.body.contains("This order can no longer be paid"));
    assert!(page.body.contains("No money has been taken"));
    assert_eq!(stage.ledger().await["payable_now"], 0);
}

#[tokio::test]
async fn without_addresses_the_payer_stays_on_the_page() {
    let stage = Stage::new().await;
    let payer = Browser::at(&stage.create_with(&[("/callback", json!(null))]).await);
    assert!(payer.pay_with(DECLINED_CARD, "visa").await.body.contains("id=\"card-form\""));
    let paid = payer.pay_with(GOOD_CARD, "visa").await;
    assert!(paid.body.contains("This order has been paid") && !paid.body.contains("return-url"));
}

#[tokio::test]
async fn secure_details_are_hidden_until_the_payer_proves_who_they_are() {
    let stage = Stage::new().await;
    let created = stage.create_with(&[("/settings/secureDetails", json!(true))]).await;
    let payer = Browser::at(&created);
    let page = payer.open().await.body;
    assert!(page.contains("id=\"bankid\"") && !page.contains("Two nights"));
    let page = payer.pay_with(GOOD_CARD, "visa").await;
    assert!(page.body.contains("id=\"bankid\""), "no way around it");
    assert!(payer.press("bankid").await.body.contains("Two nights"));
    assert_eq!(payer.pay_with(GOOD_CARD, "visa").await.status, 303);
}

#[tokio::test]
async fn an_unknown_page_is_404_and_an_opened_one_can_be_reserved_not_paid() {
    let stage = Stage::with(|config| config.opened_is_reserved_not_paid = true).await;
    let unknown = json!({"paymentUrl": format!("{}/checkout/00", stage.base)});
    assert_eq!(Browser::at(&unknown).open().await.status, 404);
    let created = stage.create_with(&[]).await;
    Browser::at(&created).open().await;
    assert_eq!(stage.status(&uuid(&created)).await, "RESERVED NOT PAID");
    Browser::at(&created).pay_with(GOOD_CARD, "visa").await;
    assert_eq!(stage.status(&uuid(&created)).await, "RESERVED");
}
