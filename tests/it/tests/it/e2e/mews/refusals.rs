//! What is not booked, and why; and what is booked with nothing to pay.

use super::stage::{Stage, booking, landing, stay, with_options};
use crate::e2e::payer::Payer;
use bellhop_simulators::mews::Rate;
use serde_json::{Value, json};

/// The problem that an answer tells.
async fn problem(stage: &Stage, booking: &Value) -> (u16, Value) {
    let answer = stage.create(booking).await;
    (answer.status().as_u16(), answer.json().await.expect("a problem"))
}

fn pointers(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().unwrap_or_else(|| panic!("{problem}"));
    errors.iter().filter_map(|error| error["pointer"].as_str()).collect()
}

#[tokio::test]
async fn a_rate_that_is_paid_at_the_desk_is_booked_with_nothing_to_pay() {
    let stage = Stage::start().await;
    let mut booking = booking("RES-1");
    booking["options"]["mews"]["reservations"] = json!([stay(&Rate::at_the_desk())]);
    let session = stage.opened(&booking).await;
    assert_eq!(session["status"], "canceled", "{session}");
    let read = stage.session(&session).await;
    assert_eq!(read["attempts"][0]["failure"], json!({"code": "nothing_to_pay", "retry": false}));
    let mut payer = Payer::of(&stage.world);
    payer.open(&session).await;
    assert_eq!(payer.at, landing(&session));
    assert!(payer.sees("Nothing to pay now") && payer.sees("Your booking is made"), "{}", payer.page);
    assert_eq!(stage.asked_again(&session, "second").await, 409, "the room stays booked");
    stage.pass_days(2).await;
    let groups = stage.groups().await;
    assert_eq!((groups.len(), groups[0]["requests"].as_array().unwrap().len()), (1, 0));
    stage.stop().await;
}

/// docs, "Responses": a 403 "should be reported to the end user".
#[tokio::test]
async fn i11_what_mews_tells_the_guest_reaches_the_booking_site_made_safe() {
    let stage = Stage::start().await;
    let said = "The voucher <b>SUMMER</b> is not valid;\n call +420\u{7}, card 4111111111111111.";
    let fault = json!({"operation": "create", "kind": "error_before", "status": 403, "code": said});
    stage.mews.fault(fault).await;
    let (status, problem) = problem(&stage, &booking("RES-1")).await;
    assert_eq!((status, &problem["code"]), (422, &json!("provider_refused")), "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("The voucher b SUMMER /b is not valid; call +420 , card"), "{detail}");
    assert!(!detail.contains("4111") && !detail.contains('<'), "{detail}");
    assert!(!problem.to_string().contains("Demo environment"), "their details stay inside: {problem}");
    assert_eq!(stage.groups().await.len(), 0);
    let again = stage.world.create("second", &booking("RES-1")).await;
    assert_eq!(again.status(), 201, "the booking is free again");
    stage.stop().await;
}

/// The 400 of a booking engine is ours or the booking site's to mend: its words stay inside.
#[tokio::test]
async fn an_id_that_mews_does_not_know_is_refused() {
    let stage = Stage::start().await;
    let mut wrong = booking("RES-1");
    wrong["options"]["mews"]["reservations"][0]["rate_id"] = json!("00000000-0000-4000-8000-000000000000");
    let (status, problem) = problem(&stage, &wrong).await;
    assert_eq!((status, &problem["code"]), (422, &json!("provider_refused")), "{problem}");
    assert!(!problem["detail"].as_str().unwrap_or_default().contains("RateId"), "{problem}");
    assert_eq!(stage.groups().await.len(), 0);
    stage.stop().await;
}

#[tokio::test]
async fn a_room_that_is_gone_is_pointed_at() {
    let stage = Stage::with(|property| property.room_categories[0].rooms = 2).await;
    let mut three = booking("RES-1");
    three["options"]["mews"]["reservations"] = json!(vec![stay(&Rate::default()); 3]);
    let (status, problem) = problem(&stage, &three).await;
    assert_eq!(status, 422, "{problem}");
    assert_eq!(pointers(&problem), ["/options/mews/reservations/2"]);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("not available anymore"), "{detail}");
    assert_eq!(stage.groups().await.len(), 0);
    stage.stop().await;
}

#[tokio::test]
async fn too_many_calls_are_told_with_the_time_to_wait() {
    let stage = Stage::start().await;
    let fault = json!({"operation": "create", "kind": "too_many_requests", "retry_after": 7});
    stage.mews.fault(fault).await;
    let answer = stage.create(&booking("RES-1")).await;
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (503, "7"));
    assert_eq!(stage.groups().await.len(), 0);
    stage.open("RES-1").await;
    assert_eq!(stage.groups().await.len(), 1);
    stage.stop().await;
}

#[tokio::test]
async fn wrong_fields_are_all_pointed_at_and_nothing_is_asked_or_booked() {
    let stage = Stage::start().await;
    let mut wrong = booking("RES-1");
    wrong["capture"] = json!("manual");
    wrong["options"]["mews"]["language_code"] = json!("cs-CZ");
    wrong["options"]["mews"]["customer"]["email"] = json!("nobody");
    let stay = &mut wrong["options"]["mews"]["reservations"][0];
    (stay["end_utc"], stay["rate_id"]) = (json!("2027-01-10T13:00:00Z"), json!("cheap"));
    stay["pets"] = json!(1);
    let (status, problem) = problem(&stage, &wrong).await;
    assert_eq!(status, 422, "{problem}");
    let mut found = pointers(&problem);
    found.sort_unstable();
    let wanted = [
        "/capture",
        "/options/mews/customer/email",
        "/options/mews/language_code",
        "/options/mews/reservations/0/end_utc",
        "/options/mews/reservations/0/pets",
        "/options/mews/reservations/0/rate_id",
    ];
    assert_eq!(found, wanted);
    let half = with_options("RES-2", json!({"payment_request_id": "ace78dac-a0f3-420e-8a42-acfb00b9e1e5"}));
    let (status, problem) = self::problem(&stage, &half).await;
    assert_eq!((status, pointers(&problem)), (422, vec!["/options/mews/reservation_group_id"]));
    let ledger = stage.mews.ledger().await;
    assert_eq!((&ledger["groups"], stage.mews.calls("create").await), (&json!([]), 0));
    stage.stop().await;
}

/// docs, "Requests": both codes, or neither.
#[tokio::test]
async fn the_guests_language_goes_with_a_culture() {
    let stage = Stage::start().await;
    let mut booking = booking("RES-1");
    booking["options"]["mews"]["language_code"] = json!("cs-CZ");
    booking["options"]["mews"]["culture_code"] = json!("CZ");
    stage.opened(&booking).await;
    assert_eq!(stage.groups().await.len(), 1);
    stage.stop().await;
}
