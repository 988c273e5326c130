//! The payer's pages, as a browser sees them.

use serde_json::json;

use crate::browser::{Browser, GOOD_CARD};
use crate::http::{Call, send};
use crate::stage::{Stage, id};

#[tokio::test]
async fn a_payer_pays_and_is_sent_back_with_nothing_added() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    let mut browser = Browser::default();

    let page = browser.open(&payment).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Enter card details") && page.body.contains("£145.00"));
    assert!(page.body.contains("Two nights, double room") && !page.body.contains("<script"));
    assert_eq!(stage.get(&id(&payment)).await["state"], json!({"status": "started", "finished": false}));

    let page = browser.enter_card(GOOD_CARD).await;
    assert!(page.body.contains("Confirm your payment") && page.body.contains("4242"));
    let shown = stage.get(&id(&payment)).await;
    assert_eq!(shown["state"], json!({"status": "submitted", "finished": false}));
    assert_eq!(stage.only_payment().await["authorized"], 14500);

    let done = browser.press("confirm").await;
    assert_eq!(done.status, 303);
    assert_eq!(done.header("location"), "https://booking.example/return?session=1");

    let shown = stage.get(&id(&payment)).await;
    assert_eq!(shown["state"], json!({"status": "success", "finished": true}));
    assert_eq!(shown["settlement_summary"]["captured_date"], "2026-11-20");
    assert_eq!(shown["card_details"]["last_digits_card_number"], "4242");
    assert!(shown["_links"].get("cancel").is_none() && shown["_links"].get("next_url").is_none());
    assert_eq!(stage.only_payment().await["captured"], 14500);
}

#[tokio::test]
async fn a_declined_card_ends_the_payment_with_a_link_back() {
    let stage = Stage::new().await;
    for (card, status, code, title) in [
        ("4000000000000002", "failed", "P0010", "Your payment has been declined"),
        ("4000000000000069", "failed", "P0010", "Your payment has been declined"),
        ("4000000000000127", "failed", "P0010", "Your payment has been declined"),
        ("4000000000000119", "error", "P0050", "We are experiencing technical problems"),
        ("4012888888881881", "error", "P0050", "We are experiencing technical problems"),
    ] {
        let payment = stage.create().await;
        let mut browser = Browser::default();
        browser.open(&payment).await;
        let page = browser.enter_card(card).await;
        assert!(page.body.contains(title), "{card}");
        assert!(page.body.contains("href=\"https://booking.example/return?session=1\""));
        let state = stage.get(&id(&payment)).await["state"].clone();
        assert_eq!((state["status"].as_str(), state["code"].as_str()), (Some(status), Some(code)), "{card}");
        assert_eq!(state["finished"], true);
    }
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn a_payer_who_cancels_fails_the_payment() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    let mut browser = Browser::default();
    browser.open(&payment).await;
    let page = browser.press("cancel").await;
    assert!(page.body.contains("Your payment has been cancelled"));
    assert_eq!(stage.get(&id(&payment)).await["state"]["code"], "P0030");
}

#[tokio::test]
async fn each_next_url_opens_once_unless_the_browser_holds_the_session() {
    let stage = Stage::new().await;
    let first = stage.create().await;
    let second = stage.get(&id(&first)).await;
    assert_ne!(first["_links"]["next_url"], second["_links"]["next_url"]);

    let mut payer = Browser::default();
    assert_eq!(payer.open(&first).await.status, 200);
    assert_eq!(payer.open(&first).await.status, 200, "the session resumes");
    let refused = Browser::default().open(&first).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("You cannot use this payment link"));
    assert_eq!(Browser::default().open(&second).await.status, 200, "another token is another chance");

    let ledger = stage.only_payment().await;
    let outcomes: Vec<&str> = ledger["tokens"][0]["opened"]
        .as_array()
        .unwrap()
        .iter()
        .map(|visit| visit["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["opened", "resumed", "refused"]);
    assert_eq!(ledger["times_opened"], 4);
}

#[tokio::test]
async fn a_link_preview_burns_the_address() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    let url = payment["_links"]["next_url"]["href"].as_str().unwrap();
    send(Call { method: "HEAD", url, headers: vec![], body: String::new() }).await.unwrap();
    assert_eq!(Browser::default().open(&payment).await.status, 403);
}

#[tokio::test]
async fn the_posted_form_of_the_address_opens_the_page_too() {
    let stage = Stage::new().await;
    let link = stage.create().await["_links"]["next_url_post"].clone();
    let body = format!("chargeTokenId={}", link["params"]["chargeTokenId"].as_str().unwrap());
    let page = Browser::default().go("POST", link["href"].as_str().unwrap(), body).await;
    assert!(page.body.contains("Enter card details"));
}

#[tokio::test]
async fn wrong_fields_are_named_and_nothing_is_charged() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    let mut browser = Browser::default();
    browser.open(&payment).await;
    let url = browser.at.clone();
    let page =
        browser.go("POST", &url, "cardNo=4242424242424241&expiryMonth=10&expiryYear=26".to_owned()).await;
    assert_eq!(page.status, 400);
    for text in
        ["Enter a valid card number", "Enter a valid expiry date", "security code", "Enter a postcode"]
    {
        assert!(page.body.contains(text), "{text}");
    }
    let page = browser.enter_card("6759649826438453").await;
    assert!(page.body.contains("Maestro is not accepted"));
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "started");
}

#[tokio::test]
async fn the_form_is_prefilled_and_speaks_welsh() {
    let stage = Stage::new().await;
    let details = json!({"cardholder_name": "J. Bogs & Co", "billing_address": {"line1": "1 High St", "postcode": "AB1 2CD"}});
    let more = json!({"language": "cy", "email": "joe@example.org", "prefilled_cardholder_details": details});
    let payment = stage.create_with(more).await;
    let page = Browser::default().open(&payment).await;
    assert!(page.body.contains("<html lang=\"cy\">") && page.body.contains("Rhowch fanylion"));
    for value in ["J. Bogs &amp; Co", "1 High St", "AB1 2CD", "joe@example.org", "\"GB\""] {
        assert!(page.body.contains(value), "{value}");
    }
}

#[tokio::test]
async fn nobody_without_the_session_sees_or_changes_a_payment() {
    let stage = Stage::new().await;
    let payment = stage.create().await;
    Browser::default().open(&payment).await;
    let mut stranger = Browser::at(format!("{}/card_details/{}", stage.base, id(&payment)));
    assert_eq!(stranger.enter_card(GOOD_CARD).await.status, 403);
    assert_eq!(stranger.press("cancel").await.status, 403);
    assert_eq!(stage.get(&id(&payment)).await["state"]["status"], "started");
}
