//! The search for a booking whose create answer was lost.

use super::{ECHO, GROUP, ID, adapter_of, attempt, body_of, golden, good, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::Timestamp;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Lookup, Observation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::{Value, json};

async fn found(server: &Server, attempt: AttemptId) -> Result<Vec<Observation>, Kind> {
    let found = adapter_of(server).find(&wish(), attempt).await;
    found.map_err(|error| error.kind)
}

fn id(number: usize) -> String {
    format!("{number:08}-eb22-4176-bc49-e521d0524dee")
}

/// So many reservations, each of a group of its own.
fn list(count: usize) -> Act {
    let stays: Vec<Value> =
        (0..count).map(|number| json!({"Id": id(1000 + number), "GroupId": id(number)})).collect();
    good(&json!({"Reservations": stays, "Cursor": null}).to_string())
}

/// What stands in the notes of some of them.
fn notes(texts: &[(usize, &str)]) -> Act {
    let note = |(number, text): &(usize, &str)| json!({"OrderId": id(1000 + number), "Text": text});
    let notes: Vec<Value> = texts.iter().map(note).collect();
    good(&json!({"ServiceOrderNotes": notes, "Cursor": null}).to_string())
}

/// The listed reservation, its note, and the group.
fn ours(group: &str) -> Vec<Act> {
    vec![good(golden!("reservation")), good(golden!("notes")), good(group)]
}

fn others() -> Act {
    good(&golden!("pending").replace(ECHO, "somebody"))
}

/// docs, "Time interval": its end is not in it, and three months are the most.
#[tokio::test]
async fn the_search_reaches_from_before_the_attempt_to_after_it() {
    let mut server = Server::with([list(0)]).await;
    let made: Timestamp = "2026-11-20T12:00:00.789Z".parse().unwrap();
    let attempt = AttemptId::generate(made).unwrap();
    assert_eq!(found(&server, attempt).await, Ok(Vec::new()));
    let asked = server.request().await;
    let line = "POST /api/connector/v1/reservations/getAll/2023-06-06 HTTP/1.1\r\n";
    assert!(asked.starts_with(line), "{asked}");
    let window = json!({"StartUtc": "2026-11-20T11:55:00Z", "EndUtc": "2026-11-20T12:10:00Z"});
    let body = body_of(&asked);
    assert_eq!((&body["CreatedUtc"], &body["Limitation"]), (&window, &json!({"Count": 1000})));
    assert!(server.is_quiet(), "the notes of nothing may not be asked for");
}

/// However many book meanwhile: the one whose note says so is read, and no other.
#[tokio::test]
async fn a_booking_is_known_by_its_notes_among_hundreds() {
    let mut server =
        Server::with([list(300), notes(&[(7, "att_somebody"), (299, ECHO)]), good(golden!("pending"))]).await;
    let found = found(&server, attempt()).await.unwrap();
    assert_eq!((found.len(), found[0].payment.as_str()), (1, ID));
    server.request().await;
    let noted = server.request().await;
    assert!(noted.starts_with("POST /api/connector/v1/serviceOrderNotes/getAll HTTP/1.1\r\n"), "{noted}");
    assert_eq!(body_of(&noted)["ServiceOrderIds"].as_array().unwrap().len(), 300);
    let looked = server.request().await;
    assert!(looked.starts_with("POST /api/distributor/v1/reservationGroups/get HTTP/1.1\r\n"), "{looked}");
    assert_eq!(body_of(&looked)["ReservationGroupId"], id(299));
    assert_eq!(body_of(&looked)["Extent"], json!({"PaymentRequests": true, "Payments": true}));
    assert!(server.is_quiet());
}

/// A note is only where to look: whose the group is, the booking engine says.
#[tokio::test]
async fn a_booking_that_only_quotes_the_attempt_is_not_ours() {
    let acts = [list(2), notes(&[(1, ECHO)]), others(), good(golden!("pending"))];
    let found = found(&Server::with(acts).await, attempt()).await.unwrap();
    assert_eq!((found.len(), found[0].payment.as_str()), (1, ID), "the other is read as well");
}

#[tokio::test]
async fn a_booking_whose_note_is_not_listed_is_found_by_reading_it() {
    let acts = [list(2), notes(&[]), others(), good(golden!("pending"))];
    assert_eq!(found(&Server::with(acts).await, attempt()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_booking_with_nothing_to_pay_is_found_too() {
    let server = Server::with(ours(golden!("free"))).await;
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
    let server = Server::with(ours(&unnamed)).await;
    assert_eq!(found(&server, attempt()).await.unwrap()[0].payment.as_str(), ID);
    let several = golden!("given").replace("Quiet room please.", ECHO);
    let server = Server::with(ours(&several)).await;
    assert_eq!(found(&server, attempt()).await, Err(Kind::Unreadable));
}

#[tokio::test]
async fn a_group_that_is_gone_meanwhile_is_passed_over() {
    let gone = |status| answer(status, "", golden!("invalid"));
    let acts = [list(2), notes(&[]), gone("404 Not Found"), good(golden!("pending"))];
    assert_eq!(found(&Server::with(acts).await, attempt()).await.unwrap().len(), 1);
    let acts = [list(1), notes(&[]), gone("400 Bad Request")];
    assert_eq!(found(&Server::with(acts).await, attempt()).await, Ok(Vec::new()));
}

/// I1, I9: what was not looked at may be ours, and a booking is not made twice.
#[tokio::test]
async fn i1_a_search_that_was_cut_short_proves_nothing() {
    let mut acts = vec![list(25), notes(&[])];
    acts.extend((0..24).map(|_| others()));
    let server = Server::with(acts).await;
    assert_eq!(found(&server, attempt()).await, Err(Kind::Unavailable { after: None }));
}

/// A group may have many rooms: a full list is cut short, though its groups are few.
#[tokio::test]
async fn i1_a_list_that_is_full_proves_nothing() {
    let rooms: Vec<Value> = (0..1000).map(|number| json!({"Id": id(number), "GroupId": GROUP})).collect();
    let rooms = good(&json!({"Reservations": rooms}).to_string());
    let server = Server::with([rooms, notes(&[]), others()]).await;
    assert_eq!(found(&server, attempt()).await, Err(Kind::Unavailable { after: None }));
}

#[tokio::test]
async fn a_search_that_read_all_and_found_nothing_proves_that_there_is_nothing() {
    let mut acts = vec![list(24), notes(&[])];
    acts.extend((0..24).map(|_| others()));
    assert_eq!(found(&Server::with(acts).await, attempt()).await, Ok(Vec::new()));
}
