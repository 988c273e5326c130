//! A payment request that was there before us, and whose it is.

use super::{ECHO, GROUP, adapter_of, attempt, body_of, given, golden, good, payment_id, wish_with};
use crate::test_server::{Server, answer};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Echo, Lookup, Observation, Provider, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, Reading};

async fn found(status: &str, body: &str) -> Result<Vec<Observation>, Kind> {
    let mut server = Server::with([answer(status, "", body)]).await;
    let found = adapter_of(&server).find(&wish_with(&given()), attempt()).await;
    let asked = server.request().await;
    assert!(asked.starts_with("POST /api/distributor/v1/reservationGroups/get HTTP/1.1\r\n"), "{asked}");
    assert_eq!(body_of(&asked)["ReservationGroupId"], GROUP);
    assert!(server.is_quiet());
    found.map_err(|error| error.kind)
}

/// To look for it is to read it: the wish itself says which one it is.
#[tokio::test]
async fn a_given_request_is_found_by_reading_it() {
    let found = found("200 OK", golden!("given")).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].payment, found[0].amount), (&payment_id(), None));
    assert_eq!(found[0].echo.attempt, Some(attempt()));
    assert_eq!(found[0].reading, Reading::Known(AttemptStatus::Pending));
}

#[tokio::test]
async fn a_given_request_that_is_not_there_is_not_found() {
    assert_eq!(found("400 Bad Request", golden!("invalid")).await, Ok(Vec::new()));
    let other = golden!("given").replace("\"ace78dac", "\"cce78dac");
    assert_eq!(found("200 OK", &other).await, Ok(Vec::new()));
    assert_eq!(found("500 Oops", "").await, Err(Kind::Unavailable { after: None }));
}

/// I1: a request that another attempt of ours was made for stays that one's.
#[tokio::test]
async fn i1_a_given_request_of_another_attempt_says_so() {
    let other = AttemptId::from_bytes([9; 16]);
    let body = golden!("pending").replace(ECHO, &other.to_string());
    assert_eq!(found("200 OK", &body).await.unwrap()[0].echo.attempt, Some(other));
}

#[tokio::test]
async fn i3_a_later_look_claims_nothing_but_the_id() {
    let server = Server::with([good(golden!("given"))]).await;
    let seen = adapter_of(&server).fetch(&payment_id()).await.unwrap();
    assert_eq!(seen.echo, Echo { ours_by_id: true, ..Echo::default() });
}
