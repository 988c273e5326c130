//! The page of a payment request.

use bellhop_simulators::mews::Property;
use serde_json::json;

use crate::browser::{Browser, CHALLENGED, RETURN, VISA, encoded};
use crate::stage::{DAY, Stage, each, text};

#[tokio::test]
async fn the_return_address_is_standard_base64_percent_encoded() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let open = async |query: &str| Browser::at_query(&stage, &id, query).open().await;
    assert_eq!(open("").await.status, 200, "it is optional");
    assert!(encoded(RETURN).contains('%'), "a character that must be encoded is there");
    assert_eq!(open(&format!("?returnUrl={}", encoded(RETURN))).await.status, 200);
    let base64 = |bytes: &[u8]| data_encoding::BASE64.encode(bytes);
    for (query, word) in [
        (format!("?returnUrl={}", "a+b="), "percent-encoded"),
        (format!("?returnUrl={RETURN}"), "not standard Base64"),
        (
            format!("?returnUrl={}", data_encoding::BASE64_NOPAD.encode(b"https://a.example/x")),
            "not standard Base64",
        ),
        (
            format!("?returnUrl={}", data_encoding::BASE64URL.encode(b"https://a.example/\xff\xfe?")),
            "not standard Base64",
        ),
        (format!("?returnUrl={}", base64(b"/relative").replace('=', "%3D")), "absolute"),
        (format!("?returnUrl={}", base64(b"javascript:alert(1)").replace('=', "%3D")), ""),
        (format!("?returnUrl={}", base64(b"\xff\xff\xff")).replace('/', "%2F"), "text"),
    ] {
        let page = open(&query).await;
        assert_eq!(page.status, 400, "{query}: {}", page.body);
        assert!(
            page.body.contains("id=\"unreadable\"") && page.body.contains(word),
            "{query}: {}",
            page.body
        );
    }
    assert_eq!(stage.only().await["times_opened"], 2);
}

#[tokio::test]
async fn nothing_is_appended_to_the_return_address_unless_the_property_says_so() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    assert_eq!(Browser::at(&stage, &id).press("leave").await.header("location"), RETURN);
    stage.set(json!({"return_query": "state=1"})).await;
    let left = Browser::at(&stage, &id).press("leave").await;
    assert_eq!(left.header("location"), format!("{RETURN}&state=1"));
}

#[tokio::test]
async fn without_a_return_address_the_payer_stays() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let browser = Browser::at_query(&stage, &id, "");
    assert!(browser.press("leave").await.body.contains("Pay for your booking"));
    let done = browser.pay_with(VISA, "123").await;
    assert_eq!((done.status, done.header("location")), (200, ""));
    assert!(done.body.contains("This payment has been made"));
}

#[tokio::test]
async fn a_form_with_mistakes_makes_no_attempt() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let browser = Browser::at(&stage, &id);
    let empty = browser.send_form("answer=pay").await;
    assert_eq!(empty.status, 400);
    assert_eq!(empty.body.matches("aria-invalid").count(), 4, "{}", empty.body);
    let old =
        "cardNumber=4111111111111111&expiryMonth=10&expiryYear=2026&cvc=123&cardholderName=A&answer=pay";
    let past = browser.send_form(old).await;
    assert!(past.body.contains("expiry date in the future"), "{}", past.body);
    assert_eq!(stage.only().await["attempts"], json!([]));
    let this_month = old.replace("expiryMonth=10", "expiryMonth=11");
    assert_eq!(browser.send_form(&this_month).await.status, 303);
}

#[tokio::test]
async fn every_documented_test_card_is_good() {
    for card in
        ["4111111111111111", "5555444433331111", "370000000000002", "36006666333344", "6445644564456445"]
    {
        let stage = Stage::new().await;
        let id = stage.requested().await;
        assert_eq!(Browser::at(&stage, &id).pay_with(card, "123").await.status, 303, "{card}");
    }
}

#[tokio::test]
async fn a_refused_challenge_fails_the_attempt_and_the_payer_can_try_again() {
    let stage = Stage::new().await;
    let id = stage.requested().await;
    let browser = Browser::at(&stage, &id);
    browser.pay_with(CHALLENGED, "123").await;
    assert!(browser.open().await.body.contains("Your bank wants to know"), "a reload asks again");
    assert!(browser.pay_with(VISA, "123").await.body.contains("Your bank wants to know"), "one at a time");
    assert!(browser.press("refuse").await.body.contains("The payment was refused"));
    assert_eq!(browser.pay_with(VISA, "123").await.status, 303);
    assert_eq!(each(&stage.only().await["attempts"], "status"), ["Failed", "Charged"]);
}

async fn over(act: &str, change: impl FnOnce(&mut Property)) -> (String, String) {
    let stage = Stage::with(change).await;
    let id = stage.requested().await;
    match act {
        "time" => stage.pass(DAY),
        act => drop(stage.order(&id, act, json!({})).await),
    }
    let browser = Browser::at(&stage, &id);
    let page = browser.open().await;
    browser.pay_with(VISA, "123").await;
    let attempts = stage.only().await["attempts"].clone();
    (page.body, attempts.to_string())
}

#[tokio::test]
async fn a_final_request_says_what_it_is_and_takes_no_card() {
    for (act, words) in [("expire", "has expired"), ("time", "has expired"), ("cancel", "was canceled")] {
        let (page, attempts) = over(act, |_| {}).await;
        assert!(page.contains(words) && page.contains("id=\"return-url\""), "{act}: {page}");
        assert!(!page.contains("id=\"pay\""), "{act}");
        assert_eq!(attempts, "[]", "{act}");
    }
}

#[tokio::test]
async fn an_unknown_request_has_no_page() {
    let stage = Stage::new().await;
    let page = Browser::at(&stage, "nothing").open().await;
    assert_eq!(page.status, 404);
    let id = text(&stage.booked().await["Id"]);
    assert_eq!(Browser::at(&stage, &id).open().await.status, 404, "a group is not a request");
}
