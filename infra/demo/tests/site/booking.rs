//! From the price list to the payment.

use crate::fake::{SESSION, problem, session};
use crate::visit::{get, press, site_and_api};
use serde_json::json;

const FORM: &str = "booking=RES-A1&room=harbour&name=Nest%20Bakker&email=nest%40example.test&language=cy";

#[tokio::test]
async fn the_price_list_shows_rooms_prices_and_the_cards_to_try() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/").await;
    assert_eq!(page.status, 200);
    page.says(&["Harbour room, two nights", "£145.00", "£42.00", "Boathouse bunk"]);
    page.says(&["4242 4242 4242 4242", "4000 0000 0000 0002", "lang=\"en\"", "<label for=\"room\">"]);
    page.says(&["<h3>Lighthouse loft, three nights</h3>"]);
}

#[tokio::test]
async fn the_room_of_the_address_is_chosen_and_a_strange_one_is_not() {
    let (site, _) = site_and_api().await;
    get(&site, "/?room=garden").await.says(&["<option value=\"garden\" selected>"]);
    get(&site, "/?room=attic").await.says(&["<option value=\"harbour\" selected>"]);
}

#[tokio::test]
async fn each_empty_form_is_a_booking_of_its_own() {
    let (site, _) = site_and_api().await;
    let reference = |text: &str| {
        let at = text.find("value=\"RES-").unwrap() + 7;
        text[at..at + 12].to_owned()
    };
    let one = reference(&get(&site, "/").await.text);
    let other = reference(&get(&site, "/").await.text);
    assert_ne!(one, other);
}

#[tokio::test]
async fn paying_opens_a_session_and_sends_the_payer_to_it() {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, session(SESSION, "pending"));
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 303);
    assert_eq!(page.header("location"), "http://pay.test/pay/token");
    let call = api.told().creates[0].clone();
    assert_eq!(call.headers["authorization"], "Bearer bh_test_key");
    assert_eq!(call.headers["content-type"], "application/json");
    let wish = json!({
        "provider": "govuk_pay",
        "amount": { "value": 14_500, "currency": "GBP" },
        "reference": "RES-A1",
        "description": "Harbour room, two nights",
        "return_url": "http://site.test/stay/RES-A1",
        "locale": "cy",
        "payer": { "name": "Nest Bakker", "email": "nest@example.test" },
        "metadata": { "room": "harbour" },
    });
    assert_eq!(call.body, wish);
}

#[tokio::test]
async fn what_the_payer_did_not_say_is_not_sent() {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, session(SESSION, "pending"));
    press(&site, "booking=RES-A1&room=garden&name=%20&email=&language=xx").await;
    let body = api.told().creates[0].body.clone();
    assert_eq!(body.get("payer"), None);
    assert_eq!(body["locale"], "en");
    assert_eq!(body["amount"]["value"], 11_800);
}

#[tokio::test]
async fn pressing_twice_repeats_the_key_and_a_changed_form_makes_another() {
    let (site, api) = site_and_api().await;
    api.answer_creates(201, session(SESSION, "pending"));
    press(&site, FORM).await;
    press(&site, FORM).await;
    press(&site, &FORM.replace("harbour", "garden")).await;
    let told = api.told();
    let key = |at: usize| told.creates[at].headers["idempotency-key"].clone();
    assert_eq!(key(0), key(1));
    assert_ne!(key(0), key(2));
    assert!(key(0).to_str().unwrap().starts_with("RES-A1."));
}

#[tokio::test]
async fn an_unsure_provider_is_told_as_preparing_with_the_way_on() {
    let (site, api) = site_and_api().await;
    api.answer_creates(202, session(SESSION, "created"));
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 202);
    page.says(&["being prepared", "href=\"http://pay.test/pay/token\"", "href=\"/stay/RES-A1\""]);
}

#[tokio::test]
async fn a_booking_that_is_paid_already_is_shown_as_it_stands() {
    let (site, api) = site_and_api().await;
    let mut taken = problem(409, "reference_paid", "The booking is paid");
    taken["_links"] = json!({ "session": { "href": format!("http://api.test/v1/sessions/{SESSION}") } });
    api.answer_creates(409, taken);
    api.hold(session(SESSION, "succeeded"), false);
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 409);
    page.says(&["has a payment already", "data-status=\"succeeded\"", "the room is yours"]);
    assert_eq!(api.told().reads, [format!("/v1/sessions/{SESSION}?expand=attempts,events")]);
}

#[tokio::test]
async fn a_taken_booking_without_a_link_is_found_by_its_reference() {
    let (site, api) = site_and_api().await;
    api.answer_creates(409, problem(409, "reference_taken", "The booking has a session"));
    api.hold(session(SESSION, "pending"), true);
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 409);
    page.says(&["Waiting for your payment", "Go on to the payment"]);
    assert_eq!(api.told().reads[0], "/v1/sessions?reference=RES-A1&limit=100");
}

#[tokio::test]
async fn a_first_press_that_is_still_at_work_is_no_second_booking() {
    let (site, api) = site_and_api().await;
    api.answer_creates(409, problem(409, "request_in_flight", "Still at work"));
    let page = press(&site, FORM).await;
    assert_eq!(page.status, 409);
    assert_eq!(page.header("retry-after"), "2");
    page.says(&["being prepared", "href=\"/stay/RES-A1\""]);
    assert!(api.told().reads.is_empty());
}
