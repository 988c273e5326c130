//! 3-D Secure: by an address and by a form, out of the widget and out of a page of ours.

use super::stage::{AtBank, booking, booking_by, is_paid_once};
use super::widget::Payer;
use crate::e2e::browser::Browser;
use crate::e2e::payer;
use crate::e2e::world::SITE;
use bellhop_simulators::bank131::Project;
use serde_json::{Value, json};

const BY_ADDRESS: &str = "4000000000003063";
const BY_FORM: &str = "4000000000003220";

const AT_THE_BANK: &str = "Confirm the payment at your bank";

/// A payer in a browser with the link of this session.
async fn with_link(session: &Value, test: &'static str) -> Payer {
    let mut payer = Payer { browser: Browser::at(SITE, test).await };
    payer.open(session).await;
    payer
}

/// Answers the bank, a moment after it asked: what was looked at just now is not asked about again.
async fn answer(payer: &mut Payer, at: &AtBank, css: &str) {
    at.wait(1).await;
    payer.browser.press(css).await;
}

/// A second visit leads to where the first one had come, and not to another form.
#[tokio::test]
async fn a_payer_is_led_from_the_widget_to_3_d_secure_and_back() {
    for (card, test) in [(BY_ADDRESS, "bank131-3ds-get"), (BY_FORM, "bank131-3ds-post")] {
        let at = AtBank::start().await;
        let session = at.open(&booking("RES-1")).await;
        let mut payer = Payer::with_link(&session, test).await;
        payer.type_card(&at, card).await;
        payer.browser.expect_heading(AT_THE_BANK).await;
        assert_eq!(at.status(&session).await, "pending", "the payer has yet to answer");
        payer.open(&session).await;
        payer.browser.expect_heading(AT_THE_BANK).await;
        answer(&mut payer, &at, "#approve").await;
        payer.ends_at("Payment received").await;
        is_paid_once(&at, &session).await;
        at.stop().await;
    }
}

#[tokio::test]
async fn a_payer_who_refuses_at_3_d_secure_is_told_and_may_try_again() {
    let at = AtBank::start().await;
    let session = at.open(&booking("RES-1")).await;
    let mut payer = Payer::with_link(&session, "bank131-3ds-refused").await;
    payer.type_card(&at, BY_FORM).await;
    payer.browser.expect_heading(AT_THE_BANK).await;
    answer(&mut payer, &at, "#refuse").await;
    payer.browser.expect_heading("Payment failed").await;
    assert_eq!(payer.browser.text("button").await, "Try again");
    payer.browser.close().await;
    assert_eq!(at.bank.ledger().await["captured_total"], 0);
    at.stop().await;
}

/// A card that the bank knows: the way to 3-D Secure leads over our own page.
#[tokio::test]
async fn a_payer_of_a_stored_card_goes_to_3_d_secure_by_address_and_by_our_form() {
    for (token, test) in [("card_3ds_get", "bank131-stored-get"), ("card_3ds_post", "bank131-stored-post")] {
        let at = AtBank::start().await;
        let options = json!({"flow": "init", "recurrent_token": token});
        let session = at.open(&booking_by("RES-1", options)).await;
        at.rest().await;
        let mut payer = with_link(&session, test).await;
        payer.browser.expect_heading(AT_THE_BANK).await;
        answer(&mut payer, &at, "#approve").await;
        payer.ends_at("Payment received").await;
        is_paid_once(&at, &session).await;
        at.stop().await;
    }
}

/// The form as it stands on our page, which a browser sends before it can be looked at.
#[tokio::test]
async fn our_form_to_3_d_secure_says_where_it_goes_and_has_a_button() {
    let at = AtBank::start().await;
    let options = json!({"flow": "init", "recurrent_token": "card_3ds_post"});
    let session = at.open(&booking_by("RES-1", options)).await;
    at.rest().await;
    let page = at.visit(&session).await;
    let payment = at.payment(&session).await["payment_id"].as_str().unwrap().to_owned();
    let action = format!("action=\"{}/3ds/{payment}?lang=en\"", at.bank.base_url());
    for part in [&*action, "name=\"PaReq\"", "name=\"MD\"", "<button type=\"submit\">Continue to your bank"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    see_without_script(&page).await;
    at.stop().await;
}

/// Keeps a picture of a page whose scripts do not run.
async fn see_without_script(page: &str) {
    let page = page.replace("<script>", "<script type=\"text/plain\">");
    let file = crate::e2e::world::scratch_dir().join("form.html");
    std::fs::write(&file, page).expect("a file");
    let mut browser = Browser::at(SITE, "bank131-our-form").await;
    browser.client.goto(&format!("file://{}", file.display())).await.expect("the page");
    browser.expect_heading("Your bank wants to check that it is you").await;
    browser.close().await;
}

/// `session/start/payment` when the payer comes: the bank asks for our word first.
#[tokio::test]
async fn a_payment_that_is_started_by_the_payers_visit_goes_on_to_3_d_secure() {
    let at = AtBank::start().await;
    let options = json!({"flow": "start", "recurrent_token": "card_3ds_post"});
    let session = at.open(&booking_by("RES-1", options)).await;
    assert_eq!(at.bank.calls("start_payment").await, 0, "nothing before the payer comes");
    let mut payer = with_link(&session, "bank131-started").await;
    payer.browser.expect_heading("We have not seen your payment yet").await;
    at.rest().await;
    payer.browser.press("a.button").await;
    payer.browser.expect_heading(AT_THE_BANK).await;
    answer(&mut payer, &at, "#approve").await;
    payer.ends_at("Payment received").await;
    is_paid_once(&at, &session).await;
    assert_eq!(at.bank.calls("start_payment").await, 1);
    at.stop().await;
}

#[tokio::test]
async fn a_stored_card_that_needs_no_payer_is_charged_once_when_one_comes() {
    let at = AtBank::start().await;
    let options = json!({"flow": "start", "recurrent_token": "card_works"});
    let session = at.open(&booking_by("RES-1", options)).await;
    let mut payer = payer::Payer::of(&at.world);
    payer.open(&session).await;
    at.rest().await;
    payer.open(&session).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    is_paid_once(&at, &session).await;
    assert_eq!(at.bank.calls("start_payment").await, 1, "a second visit starts nothing");
    at.stop().await;
}

/// The bank of this project does not ask for our word.
#[tokio::test]
async fn where_the_bank_confirms_by_itself_nothing_is_waited_for() {
    let project = Project { auto_confirm: true, ..Project::default() };
    let at = AtBank::with(json!({"auto_confirm": true}), project).await;
    let session = at.open(&booking("RES-1")).await;
    at.pay(&session).await;
    let (read, ledger) = (at.read(&session).await, at.bank.ledger().await);
    assert_eq!((&read["status"], &ledger["captured_total"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    assert_eq!(at.bank.calls("confirm").await, 0);
    at.stop().await;
}
