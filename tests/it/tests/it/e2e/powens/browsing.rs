//! The payer's ways through Powens' page in a real browser.

use super::page::{Payer, TEST_BANK};
use super::{AtPowens, booking, booking_done_at_once};
use serde_json::{Value, json};

/// The older form of the page's address, below the domain.
const OLDER_FORM: &str = "/2.0/auth/webview/payment?client_id=";
/// The newer one, which names the domain.
const NEWER_FORM: &str = "/en/payment?domain=";

async fn is_paid_once(at: &AtPowens, session: &Value) {
    let read = at.world.session(session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    assert_eq!(at.powens.ledger().await["captured_total"], 14_500);
}

#[tokio::test]
async fn a_payer_approves_at_the_banks_own_site_and_lands_on_paid() {
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    assert!(at.visit(&session).await.contains(OLDER_FORM));
    let mut payer = Payer::with_link(&at, &session, "powens-paid").await;
    payer.approve_at_the_bank(TEST_BANK).await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    at.rest().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn a_payer_confirms_in_the_banks_app_from_the_newer_form_of_the_page() {
    let at = AtPowens::with(json!({"webview_url": "{powens}/en"})).await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    assert!(at.visit(&session).await.contains(NEWER_FORM));
    let mut payer = Payer::with_link(&at, &session, "powens-app").await;
    payer.choose(TEST_BANK, "decoupled", "Confirm in your bank").await;
    payer.browser.press("#app-confirm").await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn a_payer_types_a_wrong_code_and_then_the_right_one() {
    let at = AtPowens::with(json!({"webview_url": "{powens}/en"})).await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-code").await;
    payer.choose(TEST_BANK, "otp_plus_decoupled", "Enter the code from your bank").await;
    payer.enter_code("0000").await;
    assert_eq!(payer.browser.text(".error").await, "This code is wrong");
    payer.enter_code("1234").await;
    payer.browser.expect_heading("Confirm in your bank").await;
    payer.browser.press("#app-confirm").await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    is_paid_once(&at, &session).await;
    at.stop().await;
}

#[tokio::test]
async fn i1_a_payer_whom_the_bank_refuses_tries_again_and_pays_once() {
    let at = AtPowens::start().await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-rejected").await;
    payer.go_to_the_bank(TEST_BANK).await;
    payer.browser.press("#refuse").await;
    payer.browser.expect_heading("Payment failed").await;
    payer.browser.press("button").await;
    payer.browser.expect_heading("Choose your bank").await;
    payer.approve_at_the_bank(TEST_BANK).await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    is_paid_once(&at, &session).await;
    let attempts = at.world.session(&session).await["attempts"].clone();
    assert_eq!(
        (&attempts[0]["status"], &attempts[1]["status"], attempts.as_array().unwrap().len()),
        (&json!("failed"), &json!("succeeded"), 2)
    );
    at.stop().await;
}

#[tokio::test]
async fn a_payer_cancels_before_a_bank_is_chosen() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-canceled").await;
    payer.browser.press("#cancel-payment").await;
    payer.browser.expect_heading("Payment canceled").await;
    payer.browser.close().await;
    assert_eq!(at.status(&session).await, "canceled");
    at.stop().await;
}

#[tokio::test]
async fn a_payer_cancels_at_the_bank() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-canceled-at-bank").await;
    payer.go_to_the_bank(TEST_BANK).await;
    payer.browser.press("#leave-bank").await;
    payer.browser.expect_heading("Payment canceled").await;
    payer.browser.close().await;
    assert_eq!(at.status(&session).await, "canceled");
    at.stop().await;
}

#[tokio::test]
async fn i4_a_payer_approves_and_never_returns_and_the_schedule_finds_the_money() {
    let at = AtPowens::start().await;
    at.powens.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-left").await;
    payer.go_to_the_bank(TEST_BANK).await;
    payer.approve_and_leave().await;
    assert_eq!(at.payment(&session).await["status"], "pending");
    assert_eq!(at.status(&session).await, "pending", "nobody told us");
    at.pass(4).await;
    is_paid_once(&at, &session).await;
    assert_eq!(at.last_cause(&session).await, "schedule");
    at.stop().await;
}

#[tokio::test]
async fn i10_every_webhook_is_lost_while_the_bank_works_and_the_payer_is_told_to_wait() {
    let at = AtPowens::start().await;
    at.powens.lose_webhooks().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-lost").await;
    payer.approve_at_the_bank(TEST_BANK).await;
    payer.browser.expect_heading("We are still checking").await;
    assert_eq!(at.status(&session).await, "processing");
    at.pass(4).await;
    is_paid_once(&at, &session).await;
    payer.browser.client.refresh().await.expect("the page again");
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    let webhooks = at.powens.ledger().await["webhooks"].clone();
    assert!(webhooks.as_array().unwrap().iter().all(|message| message["standing"] == "lost"), "{webhooks}");
    at.stop().await;
}

#[tokio::test]
async fn a_payer_returns_before_the_webhook_which_then_changes_nothing() {
    let at = AtPowens::start().await;
    at.powens.fault(json!({"operation": "webhook", "kind": "held", "times": 0})).await;
    let session = at.open(&booking_done_at_once("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-early-return").await;
    payer.approve_at_the_bank(TEST_BANK).await;
    payer.browser.expect_heading("Payment received").await;
    payer.browser.close().await;
    let before = at.world.session(&session).await;
    assert_eq!((&before["status"], at.last_cause(&session).await.as_str()), (&json!("succeeded"), "return"));
    at.powens.clear_faults().await;
    at.rest().await;
    assert_eq!(at.world.session(&session).await, before);
    let webhooks = at.powens.ledger().await["webhooks"].clone();
    assert!(webhooks.as_array().unwrap().iter().all(|message| message["standing"] == "delivered"));
    at.stop().await;
}

#[tokio::test]
async fn i1_nobody_pays_in_time_and_the_payment_is_canceled_before_the_site_hears_expired() {
    let at = AtPowens::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&at, &session, "powens-expired").await;
    at.pass(31).await;
    let payment = at.payment(&session).await;
    assert_eq!(
        (&payment["status"], &payment["code"], &payment["payable"]),
        (&json!("rejected"), &json!("CancelledByClient"), &json!(false))
    );
    assert_eq!(at.status(&session).await, "expired");
    payer.browser.client.refresh().await.expect("the page again");
    payer.browser.expect_heading("Your transfer was refused").await;
    payer.browser.press("#return-url").await;
    payer.browser.expect_heading("Time ran out").await;
    payer.browser.close().await;
    at.stop().await;
}
