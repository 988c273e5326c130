//! The list of bookings, and the way to one that this run does not remember.

use crate::fake::{SESSION, session};
use crate::visit::{get, press, site_and_api};

#[tokio::test]
async fn bookings_are_listed_with_their_present_state_newest_first() {
    let (site, api) = site_and_api().await;
    get(&site, "/bookings").await.says(&["None yet"]);
    api.answer_creates(201, session("ses_1", "pending"));
    press(&site, "booking=RES-A1&room=harbour").await;
    api.answer_creates(201, session("ses_2", "pending"));
    press(&site, "booking=RES-B2&room=garden").await;
    api.hold(session("ses_1", "succeeded"), false);
    let page = get(&site, "/bookings").await;
    page.says(&["data-status=\"succeeded\"", "data-status=\"unknown\"", "cannot be asked now"]);
    assert!(page.text.find("RES-B2").unwrap() < page.text.find("RES-A1").unwrap());
}

#[tokio::test]
async fn an_older_booking_is_found_by_its_reference_and_then_listed() {
    let (site, api) = site_and_api().await;
    api.hold(session(SESSION, "succeeded"), true);
    let page = get(&site, "/bookings?reference=%20res-a1").await;
    assert_eq!(page.status, 303);
    assert_eq!(page.header("location"), "/stay/RES-A1");
    get(&site, "/stay/RES-A1").await.says(&["Harbour room, two nights"]);
    get(&site, "/bookings").await.says(&["<a href=\"/stay/RES-A1\">RES-A1</a>"]);
}

#[tokio::test]
async fn what_is_no_reference_is_told_so() {
    let (site, _) = site_and_api().await;
    let page = get(&site, "/bookings?reference=12345").await;
    assert_eq!(page.status, 200);
    page.says(&["not a reference of ours", "value=\"12345\""]);
}
