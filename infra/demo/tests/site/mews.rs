//! Mews: a booking that is made at the hotel, or a payment request that is there already.

use crate::fake::problem;
use crate::providers::sent;
use crate::visit::{get, press, site_and_api};
use serde_json::{Value, json};

const STAY: &str = "booking=RES-A1&room=lighthouse&provider=mews&first_name=Ada&last_name=Payer\
    &email=ada%40example.test&arrival=2026-12-30";
const REQUEST: &str = "booking=RES-A1&room=harbour&provider=mews&pays_for=request\
    &payment_request_id=3c2ff0a8-7f1b-4a5e-9d6c-0b1e2f3a4d5c\
    &reservation_group_id=94843f6c-3be3-481b-a1c7-06458774c3df";

fn options(body: &Value) -> &Value {
    &body["options"]["mews"]
}

#[tokio::test]
async fn the_form_asks_for_the_guest_and_a_day_two_weeks_ahead_or_for_two_ids() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/?provider=mews").await;
    page.says(&[
        "€169.00",
        "name=\"pays_for\" value=\"request\"",
        "data-when=\"stay\"",
        "data-when=\"request\"",
    ]);
    page.says(&["id=\"first_name\"", "id=\"last_name\"", "id=\"email\"", "id=\"payment_request_id\""]);
    page.says(&["type=\"date\" value=\"2026-12-02\""]);
    page.keeps_to_itself(&["£", "NOK", "RUB"]);
}

#[tokio::test]
async fn mews_gets_the_guest_and_the_room_for_its_nights_and_people() {
    let body = sent(STAY).await;
    assert_eq!(body["amount"], json!({ "value": 36_300, "currency": "EUR" }));
    assert_eq!((body.get("capture"), body.get("payer")), (None, None));
    let wanted = json!({
        "customer": { "first_name": "Ada", "last_name": "Payer", "email": "ada@example.test" },
        "reservations": [{
            "room_category_id": "d90b7e34-61af-4c25-b8d7-50e3f2c9146a",
            "rate_id": "1e83c5f7-94b2-4d60-a7ce-03f8b6d21957",
            "start_utc": "2026-12-30T14:00:00Z", "end_utc": "2027-01-02T10:00:00Z",
            "adult_count": 2, "child_count": 0,
        }],
    });
    assert_eq!(options(&body), &wanted, "three nights, into the next year");
}

#[tokio::test]
async fn a_payment_request_is_named_and_nothing_is_booked() {
    let body = sent(&format!("{REQUEST}&first_name=Ada&arrival=2026-12-30")).await;
    let wanted = json!({
        "payment_request_id": "3c2ff0a8-7f1b-4a5e-9d6c-0b1e2f3a4d5c",
        "reservation_group_id": "94843f6c-3be3-481b-a1c7-06458774c3df",
    });
    assert_eq!(options(&body), &wanted);
    assert_eq!(body["amount"], json!({ "value": 16_900, "currency": "EUR" }));
}

#[tokio::test]
async fn what_was_left_empty_is_sent_empty_so_that_it_is_complained_about() {
    let empty = "booking=RES-A1&room=harbour&provider=mews&first_name=&arrival=soon";
    let stay = sent(empty).await;
    assert_eq!(options(&stay)["customer"], json!({ "first_name": "", "last_name": "", "email": "" }));
    let reservation = &options(&stay)["reservations"][0];
    assert_eq!((&reservation["start_utc"], &reservation["end_utc"]), (&json!("soonT14:00:00Z"), &json!("")));
    let request = sent(&format!("{empty}&pays_for=request")).await;
    assert_eq!(options(&request), &json!({ "payment_request_id": "", "reservation_group_id": "" }));
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_input() {
    let (site, api) = site_and_api().await;
    let mut wrong = problem(422, "invalid_request", "Fields are wrong");
    wrong["errors"] = json!([
        { "pointer": "/options/mews/customer/email", "detail": "must be an e-mail address" },
        { "pointer": "/options/mews/reservations/0/start_utc", "detail": "must be a time" },
    ]);
    api.answer_creates(422, wrong.clone());
    let page = press(&site, STAY).await;
    page.says(&["id=\"email-error\">must be an e-mail address<", "id=\"arrival-error\">must be a time<"]);
    page.says(&["value=\"stay\" checked", "value=\"2026-12-30\""]);
    wrong["errors"] =
        json!([{ "pointer": "/options/mews/payment_request_id", "detail": "must be an id of Mews" }]);
    api.answer_creates(422, wrong);
    let page = press(&site, REQUEST).await;
    page.says(&["id=\"payment_request_id-error\">must be an id of Mews<", "value=\"request\" checked"]);
}
