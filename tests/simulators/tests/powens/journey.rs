//! The payer's pages, as a browser sees them.

use serde_json::json;

use crate::browser::{Browser, TEST_BANK};
use crate::stage::{MINUTE, RETURN, Stage, id};

async fn on_page(stage: &Stage) -> (String, Browser) {
    let id = id(&stage.create().await);
    let browser = Browser::on(stage, &id).await;
    (id, browser)
}

#[tokio::test]
async fn a_payer_pays_at_the_banks_own_site() {
    let stage = Stage::new().await;
    let (id, mut browser) = on_page(&stage).await;
    let page = browser.choose("redirect").await;
    assert!(page.body.contains("Confirm the transfer at your bank") && browser.at.contains("/bank/"));
    let shown = stage.get(&id).await;
    assert_eq!((&shown["state"], &shown["action"]), (&json!("validating"), &json!("redirect")));
    assert_eq!(shown["validate_uri"], json!(browser.at));
    assert_eq!(shown["id_connector"], 59);

    let left = browser.press("approve").await;
    assert_eq!(left.status, 303);
    let expected = format!("{RETURN}?state=session%201&id_payment={id}&payment_state=pending");
    assert_eq!(left.header("location"), expected);
    let entry = stage.ledger().await["payments"][0].clone();
    assert_eq!((&entry["status"], &entry["authorized"]), (&json!("pending"), &json!(5090)));
    assert_eq!((&entry["connector"], &entry["captured"]), (&json!(TEST_BANK), &json!(0)));
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(stage.ledger().await["captured_total"], 5090);
}

#[tokio::test]
async fn other_ways_to_agree_lead_back_through_the_webview() {
    let stage = Stage::new().await;
    for (case, action, fields) in [
        ("legacy", "psuValidation", "answer=confirm"),
        ("decoupled", "decoupled", "answer=confirm"),
        ("otp_sms", "additionalInformationNeeded", "code=1234&answer=code"),
        ("account_choice", "additionalInformationNeeded", "account=2&answer=account"),
    ] {
        let (id, mut browser) = on_page(&stage).await;
        browser.choose(case).await;
        let shown = stage.get(&id).await;
        assert_eq!((&shown["state"], &shown["action"]), (&json!("validating"), &json!(action)));
        let left = browser.send(fields).await;
        let expected = format!("{RETURN}?state=session%201&id_payment={id}");
        assert_eq!(left.header("location"), expected, "{case}");
        let shown = stage.get(&id).await;
        assert_eq!((&shown["state"], &shown["action"]), (&json!("pending"), &json!(null)), "{case}");
    }
}

#[tokio::test]
async fn a_wrong_code_can_be_typed_again_and_a_device_may_follow() {
    let stage = Stage::new().await;
    let (id, mut browser) = on_page(&stage).await;
    browser.choose("otp_plus_decoupled").await;
    let page = browser.send("code=4321&answer=code").await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("This code is wrong"));
    let page = browser.send("code=1234&answer=code").await;
    assert!(page.body.contains("in your bank&#39;s app"), "{}", page.body);
    assert_eq!(stage.get(&id).await["action"], "decoupled");
    assert_eq!(browser.press("confirm").await.status, 303);
    assert_eq!(stage.state(&id).await, "pending");
}

#[tokio::test]
async fn a_bank_without_confirmation_leaves_the_payment_validating_for_a_while() {
    let stage = Stage::new().await;
    let (id, mut browser) = on_page(&stage).await;
    browser.choose("redirect_no_confirmation").await;
    let left = browser.press("approve").await;
    assert!(left.header("location").ends_with("&payment_state=validating"));
    stage.pass_and_tick(15 * MINUTE - 1).await;
    assert_eq!(stage.state(&id).await, "validating");
    stage.pass_and_tick(1).await;
    assert_eq!(stage.state(&id).await, "pending");
}

#[tokio::test]
async fn a_forgotten_choice_is_asked_for_again() {
    let stage = Stage::new().await;
    let (id, mut browser) = on_page(&stage).await;
    for fields in
        ["", "connector=none&use_case_pay=redirect", &format!("connector={TEST_BANK}&use_case_pay=x")]
    {
        let page = browser.send(fields).await;
        assert_eq!(page.status, 400, "{fields}");
    }
    assert_eq!(stage.state(&id).await, "created");
    browser.choose("account_choice").await;
    assert_eq!(browser.send("answer=account").await.status, 400);
}

#[tokio::test]
async fn a_second_browser_continues_where_the_first_one_stopped() {
    let stage = Stage::new().await;
    let (id, mut browser) = on_page(&stage).await;
    browser.choose("otp_sms").await;
    let mut second = Browser::on(&stage, &id).await;
    second.send("code=1234&answer=code").await;
    let late = browser.send("code=1234&answer=code").await;
    assert!(late.body.contains("Your transfer is on its way"), "{}", late.body);
    assert!(
        late.body
            .contains(&format!("id=\"return-url\" href=\"{RETURN}?state=session%201&amp;id_payment={id}\""))
    );
    let history = stage.ledger().await["payments"][0]["history"].clone();
    let initiated = history.as_array().unwrap().iter().filter(|entry| entry["what"] == "initiated");
    assert_eq!(initiated.count(), 1, "paid once");
}

#[tokio::test]
async fn a_finished_payment_cannot_be_paid_again() {
    let stage = Stage::new().await;
    let id = stage.validated(json!({"label": "rjct - x"})).await;
    let mut browser = Browser::on(&stage, &id).await;
    let page = browser.choose("redirect").await;
    assert!(page.body.contains("Your transfer was refused"), "{}", page.body);
    assert_eq!(stage.state(&id).await, "rejected");
}
