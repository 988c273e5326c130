//! Bank 131: the currency and what becomes of the money are the payer's to choose.

use crate::fake::{SESSION, problem, session};
use crate::providers::sent;
use crate::visit::{get, press, site_and_api};
use serde_json::json;

const BANK: &str = "booking=RES-A1&room=harbour&provider=bank131";

#[tokio::test]
async fn the_price_stands_in_both_currencies_until_one_is_chosen() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/?provider=bank131").await;
    page.says(&[
        "<span>RUB\u{a0}15,900.00</span>",
        "<span>or €169.00</span>",
        "name=\"currency\" value=\"EUR\"",
        "value=\"RUB\" checked",
    ]);
    page.says(&["name=\"hold\" value=\"manual\"", "Bank 131</button>"]);
    page.keeps_to_itself(&["£", "NOK"]);
}

#[tokio::test]
async fn bank131_gets_roubles_that_are_taken_at_once_and_nothing_of_a_card() {
    let body = sent(&format!("{BANK}&email=ada%40example.test")).await;
    assert_eq!(body["amount"], json!({ "value": 1_590_000, "currency": "RUB" }));
    assert_eq!((&body["provider"], &body["capture"]), (&json!("bank131"), &json!("automatic")));
    assert_eq!(body["payer"], json!({ "email": "ada@example.test" }));
    assert_eq!((body.get("options"), body.get("currency"), body.get("hold")), (None, None, None));
}

#[tokio::test]
async fn euros_are_held_where_the_payer_chooses_so() {
    let body = sent(&format!("{BANK}&currency=EUR&hold=manual&email=")).await;
    assert_eq!(body["amount"], json!({ "value": 16_900, "currency": "EUR" }));
    assert_eq!((&body["capture"], body.get("payer")), (&json!("manual"), None));
}

#[tokio::test]
async fn a_currency_that_is_not_offered_is_the_first_and_one_of_another_provider_is_none() {
    assert_eq!(sent(&format!("{BANK}&currency=GBP")).await["amount"]["currency"], "RUB");
    let pounds = sent("booking=RES-A1&room=harbour&provider=govuk_pay&currency=EUR").await;
    assert_eq!(pounds["amount"], json!({ "value": 14_500, "currency": "GBP" }));
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_choice() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([
        { "pointer": "/capture", "detail": "must be automatic" },
        { "pointer": "/amount/currency", "detail": "must be RUB" },
        { "pointer": "/amount/value", "detail": "must not be 0" },
    ]);
    api.answer_creates(422, wrong);
    let page = press(&site, &format!("{BANK}&currency=EUR&hold=manual")).await;
    page.says(&["id=\"hold-error\">must be automatic<", "id=\"currency-error\">must be RUB<"]);
    page.says(&["id=\"room-error\">must not be 0<", "value=\"EUR\" checked", "value=\"manual\" checked"]);
}

#[tokio::test]
async fn the_booking_shows_the_price_in_roubles() {
    let (site, api) = site_and_api().await;
    let mut paid = session(SESSION, "authorized");
    paid["provider"] = json!("bank131");
    paid["amount"] = json!({ "value": 1_590_000, "currency": "RUB" });
    paid["authorized"] = json!(1_590_000);
    api.hold(paid, true);
    let page = get(&site, "/stay/RES-A1").await;
    page.says(&["id=\"provider\">Bank 131<", "id=\"authorized\">RUB\u{a0}15,900.00<"]);
}
