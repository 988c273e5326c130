//! The search for a booking whose create answer was lost.

use super::{ECHO, GROUP, ID, adapter_of, attempt, body_of, golden, good, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::Timestamp;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Lookup, Observation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::json;

async fn found(server: &Server, attempt: AttemptId) -> Result<Vec<Observation>, Kind> {
    let found = adapter_of(server).find(&wish(), attempt).await;
    found.map_err(|error| error.kind)
}

fn list(count: usize) -> Act {
    let id = |number: usize| format!("{number:08}-eb22-4176-bc49-e521d0524dee");
    let groups: Vec<_> = (0..count).map(|number| json!({"Id": id(number), "Name": null})).collect();
    good(&json!({"ReservationGroups": groups, "Cursor": null}).to_string())
}

/// From five minutes before the attempt, and to whenever somebody last changed the booking.
#[tokio::test]
async fn the_search_reaches_from_the_attempt_to_today() {
    let mut server = Server::with([list(0)]).await;
    let made: Timestamp = "2026-11-20T12:00:00.789Z".parse().unwrap();
    let attempt = AttemptId::generate(made).unwrap();
    assert_eq!(found(&server, attempt).await, Ok(Vec::new()));
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/connector/v1/reservationGroups/getAll HTTP/1.1\r\n"), "{asked}");
    let window = json!({"StartUtc": "2026-11-20T11:55:00Z", "EndUtc": "2027-02-08T12:00:00Z"});
    let body = body_of(&asked);
    assert_eq!((&body["UpdatedUtc"], &body["Limitation"]), (&window, &json!({"Count": 24})));
}

#[tokio::test]
async fn a_booking_is_known_by_its_notes() {
    let other = golden!("pending").replace(ECHO, "att_somebody");
    let mut server = Server::with([list(2), good(&other), good(golden!("pending"))]).await;
    let found = found(&server, attempt()).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payment.as_str(), ID);
    server.request().await;
    let looked = server.request().await;
    assert!(looked.starts_with("POST /api/distributor/v1/reservationGroups/get HTTP/1.1\r\n"), "{looked}");
    assert_eq!(body_of(&looked)["ReservationGroupId"], "00000000-eb22-4176-bc49-e521d0524dee");
    assert_eq!(body_of(&looked)["Extent"], json!({"PaymentRequests": true, "Payments": true}));
}

#[tokio::test]
async fn a_booking_with_nothing_to_pay_is_found_too() {
    let server = Server::with([good(golden!("groups")), good(golden!("free"))]).await;
    let found = found(&server, attempt()).await.unwrap();
    assert_eq!(
        (found[0].payment.as_str(), &found[0].reading),
        (GROUP, &Reading::Known(AttemptStatus::Canceled))
    );
}

/// The request that is not named is the only one, or it is for a person.
#[tokio::test]
async fn one_request_of_several_is_not_guessed() {
    let unnamed = golden!("pending").replacen("\"PaymentRequestId\"", "\"Gone\"", 1);
    let server = Server::with([good(golden!("groups")), good(&unnamed)]).await;
    assert_eq!(found(&server, attempt()).await.unwrap()[0].payment.as_str(), ID);
    let several = golden!("given").replace("Quiet room please.", ECHO);
    let server = Server::with([good(golden!("groups")), good(&several)]).await;
    assert_eq!(found(&server, attempt()).await, Err(Kind::Unreadable));
}

#[tokio::test]
async fn a_group_that_is_gone_meanwhile_is_passed_over() {
    let gone = answer("400 Bad Request", "", golden!("invalid"));
    let gone_after = answer("404 Not Found", "", golden!("invalid"));
    let server = Server::with([list(2), gone_after, good(golden!("pending"))]).await;
    assert_eq!(found(&server, attempt()).await.unwrap().len(), 1);
    let server = Server::with([list(1), gone]).await;
    assert_eq!(found(&server, attempt()).await, Ok(Vec::new()));
}

/// I1, I9: what was not looked at may be ours, and a booking is not made twice.
#[tokio::test]
async fn i1_a_search_that_was_cut_short_proves_nothing() {
    let others = || good(&golden!("pending").replace(ECHO, "somebody"));
    let mut acts = vec![list(40)];
    acts.extend((0..24).map(|_| others()));
    let server = Server::with(acts).await;
    assert_eq!(found(&server, attempt()).await, Err(Kind::Unavailable { after: None }));
}
