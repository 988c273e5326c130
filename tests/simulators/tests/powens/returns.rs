//! What a payer brings back: parameters that nobody signed.

use serde_json::json;

use crate::browser::Browser;
use crate::http::Answer;
use crate::stage::{CLIENT, RETURN, Stage, id};

const ELSEWHERE: &str = "https://booking.example/elsewhere";

/// A payer whose webview was opened with another address and state than the payment's own.
async fn split(stage: &Stage) -> (String, Browser) {
    let id = id(&stage.create().await);
    let code = stage.scoped(&id).await;
    let mut browser = Browser::new(stage);
    let query =
        format!("client_id={CLIENT}&redirect_uri={ELSEWHERE}&state=other&code={code}&payment_id={id}");
    browser.open(&format!("/2.0/auth/webview/payment?{query}")).await;
    (id, browser)
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location")
}

#[tokio::test]
async fn a_success_goes_to_the_payments_address_and_a_cancel_to_the_webviews() {
    let stage = Stage::new().await;
    let (id, mut browser) = split(&stage).await;
    browser.choose("legacy").await;
    let left = browser.press("confirm").await;
    assert_eq!(location(&left), format!("{RETURN}?state=session%201&id_payment={id}"));

    let (id, mut browser) = split(&stage).await;
    let left = browser.press("cancel").await;
    let tail = format!("?state=other&id_payment={id}&error=cancelled&error_code=CancelledByUser");
    assert_eq!(location(&left), format!("{ELSEWHERE}{tail}"));
}

#[tokio::test]
async fn the_webviews_address_can_win_always() {
    let stage = Stage::with(|domain| domain.webview_redirect_wins = true).await;
    let (id, mut browser) = split(&stage).await;
    browser.choose("legacy").await;
    let left = browser.press("confirm").await;
    assert_eq!(location(&left), format!("{ELSEWHERE}?state=other&id_payment={id}"));
}

#[tokio::test]
async fn a_cancel_in_the_webview_rejects_or_leaves_created() {
    for (rejects, state) in [(true, "rejected"), (false, "created")] {
        let stage = Stage::with(|domain| domain.webview_cancel_rejects = rejects).await;
        let (id, mut browser) = split(&stage).await;
        let left = browser.press("cancel").await;
        assert!(location(&left).contains("&error=cancelled"));
        assert_eq!(location(&left).contains("error_code"), rejects);
        assert_eq!(stage.state(&id).await, state);
        assert_eq!(stage.ledger().await["payable_now"], u32::from(!rejects));
    }
}

#[tokio::test]
async fn a_cancel_after_the_bank_was_chosen_always_rejects() {
    let stage = Stage::with(|domain| domain.webview_cancel_rejects = false).await;
    let (id, mut browser) = split(&stage).await;
    browser.choose("otp_sms").await;
    browser.press("cancel").await;
    let shown = stage.get(&id).await;
    assert_eq!((&shown["state"], &shown["error_code"]), (&json!("rejected"), &json!("CancelledByUser")));
}

#[tokio::test]
async fn the_bank_says_why_and_in_which_state_the_payment_is() {
    let stage = Stage::new().await;
    let (id, mut browser) = split(&stage).await;
    browser.choose("redirect").await;
    let left = browser.press("refuse").await;
    let tail = format!(
        "?state=other&id_payment={id}&error_code=rejected\
         &bank_message=The%20bank%20refused%20this%20transfer&payment_state=rejected"
    );
    assert_eq!(location(&left), format!("{ELSEWHERE}{tail}"));

    let (id, mut browser) = split(&stage).await;
    browser.choose("redirect").await;
    let left = browser.press("cancel").await;
    let tail = format!("?state=other&id_payment={id}&error_code=CancelledByUser&payment_state=rejected");
    assert_eq!(location(&left), format!("{ELSEWHERE}{tail}"));
}

#[tokio::test]
async fn the_other_device_can_refuse_or_be_too_late() {
    let stage = Stage::new().await;
    for (case, answer, code) in [
        ("decoupled", "refuse", "CancelledByUser"),
        ("decoupled_cancelled", "confirm", "CancelledByUser"),
        ("decoupled_expired", "confirm", "decoupledExpired"),
    ] {
        let (id, mut browser) = split(&stage).await;
        browser.choose(case).await;
        let left = browser.press(answer).await;
        assert!(location(&left).ends_with(&format!("&error_code={code}")), "{case}");
        assert_eq!(stage.get(&id).await["error_code"], code, "{case}");
    }
    assert_eq!(stage.ledger().await["captured_total"], 0);
}

#[tokio::test]
async fn without_a_state_none_comes_back_and_a_query_is_kept() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    let code = stage.scoped(&id).await;
    let mut browser = Browser::new(&stage);
    let query = format!("client_id={CLIENT}&redirect_uri={RETURN}%3Fa%3D1&code={code}&payment_id={id}");
    browser.open(&format!("/2.0/auth/webview/payment?{query}")).await;
    let left = browser.press("cancel").await;
    assert!(location(&left).starts_with(&format!("{RETURN}?a=1&id_payment={id}&error=cancelled")));
}
