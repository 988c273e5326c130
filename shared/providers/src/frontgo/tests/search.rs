//! What a search finds, and what becomes of a reservation whose page nobody knows.

use super::{ID, adapter_of, attempt, golden, payment_id, wish};
use crate::conformance::patched;
use crate::test_server::{Act, Server, answer};
use bellhop_domain::attempt::{Failure, FailureCode};
use bellhop_domain::provider::{Observation, Provider, ProviderError, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::{Value, json};

fn ok(body: &str) -> Act {
    answer("200 OK", "", body)
}

fn history(events: &Value) -> Act {
    ok(&patched(golden!("history"), &json!({"data": events})))
}

/// So many reservations.
fn many(count: u32) -> Act {
    let events: Vec<Value> = (0..count).map(|number| json!({"uuid": format!("RES{number}")})).collect();
    history(&json!(events))
}

/// These details, as those of the attempt.
fn ours(details: &str) -> Act {
    ok(&patched(details, &json!({"data": {"customerReference": attempt().to_string()}})))
}

async fn find(server: &Server) -> Result<Vec<Observation>, ProviderError> {
    adapter_of(server).lookup(&wish()).unwrap().find(&wish(), attempt()).await
}

#[tokio::test]
async fn i9_a_search_reads_so_many_details_and_no_more() {
    let others = || (0..24).map(|_| ok(golden!("sent")));
    let mut server = Server::with([many(25)].into_iter().chain(others())).await;
    assert_eq!(find(&server).await.unwrap_err().kind, Kind::Unavailable { after: None });
    let first = server.request().await;
    let window = "GET /api/v1/connect/reservations/history/1795175100/1795176900 ";
    assert!(first.starts_with(window), "{first}");
    let whole = Server::with([many(24)].into_iter().chain(others())).await;
    assert_eq!(find(&whole).await.unwrap(), []);
}

/// Gone, odd or another's: none of them hides ours.
#[tokio::test]
async fn a_search_passes_by_what_is_not_ours() {
    let odd = patched(golden!("sent"), &json!({"data": {"grandTotal": null, "referenceNumber": null}}));
    let gone = answer("404 Not Found", "", golden!("not_found"));
    let events = json!([{"uuid": "RES1"}, {"uuid": null}, {"title": "x"}, {"uuid": "a/b"}, {"uuid": "RES1"},
        {"uuid": "RES2"}, {"uuid": "RES3"}]);
    let server = Server::with([history(&events), gone, ok(&odd), ours(golden!("reserved"))]).await;
    let found = find(&server).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payment, payment_id());
    assert_eq!(found[0].echo.attempt, Some(attempt()));
}

/// What a search makes of one that is payable: what it sends second to last, and what it says.
async fn orphan(cancel: Act, then: &str) -> (String, Result<Vec<Observation>, ProviderError>) {
    let answers = [history(&json!([{"uuid": ID}])), ours(golden!("sent")), cancel, ours(then)];
    let mut server = Server::with(answers).await;
    let found = find(&server).await;
    server.request().await;
    server.request().await;
    (server.request().await, found)
}

fn taken() -> Act {
    answer("202 Accepted", "", golden!("cancel_accepted"))
}

fn refused() -> Act {
    answer("400 Bad Request", "", r#"{"status_code": 400, "message": "reservationStatusAlreadyCompleted"}"#)
}

#[tokio::test]
async fn i1_a_reservation_found_without_its_page_is_stopped_and_may_be_tried_again() {
    for cancel in [taken(), refused()] {
        let (sent, found) = orphan(cancel, golden!("cancelled")).await;
        assert!(sent.starts_with(&format!("POST /api/v1/connect/reservations/cancel/{ID} ")), "{sent}");
        let found = found.unwrap();
        assert_eq!((found.len(), &found[0].payment), (1, &payment_id()));
        assert_eq!(found[0].reading, Reading::Known(AttemptStatus::Failed));
        assert_eq!(found[0].failure, Some(Failure { code: FailureCode::CreateLost, retry: true }));
        assert!(found[0].settled);
    }
}

#[tokio::test]
async fn i1_one_that_cannot_be_stopped_allows_no_other() {
    let (_, found) = orphan(refused(), golden!("sent")).await;
    assert_eq!(found.unwrap_err().kind, Kind::Unavailable { after: None });
}

/// By a link that they sent, as the options may have asked.
#[tokio::test]
async fn one_that_was_paid_meanwhile_stays_paid() {
    let (_, found) = orphan(refused(), golden!("reserved")).await;
    let found = found.unwrap();
    assert_eq!(found[0].reading, Reading::Known(AttemptStatus::Authorized));
    assert_eq!(found[0].moved.authorized, 14500);
}

/// As by a search before this one, which nobody could write down.
#[tokio::test]
async fn one_that_was_stopped_before_is_not_stopped_again() {
    let server = Server::with([history(&json!([{"uuid": ID}])), ours(golden!("cancelled"))]).await;
    let found = find(&server).await.unwrap();
    assert_eq!(found[0].failure, Some(Failure { code: FailureCode::CreateLost, retry: true }));
}
