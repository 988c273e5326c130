//! Search, cancel, capture and refund against a server.

use super::{ID, adapter_of, attempt, golden, payment_id, pounds, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    Provider, ProviderError, ProviderErrorKind as Kind, Refund, RefundOrder, RefundStatus, RefusalCode,
};
use bellhop_domain::text::Reference;
use serde_json::json;

fn refusal(error: ProviderError) -> RefusalCode {
    match error.kind {
        Kind::Refused(refusal) => refusal.code,
        other => panic!("{other:?}"),
    }
}

fn coded(status: &str, code: &str) -> Act {
    answer(status, "", &json!({"code": code, "description": "words"}).to_string())
}

fn refund_order(amount: u64, available: u64) -> RefundOrder {
    RefundOrder { amount: pounds(amount), available: pounds(available) }
}

/// The request line and the body of the next request.
async fn said(server: &mut Server) -> (String, String) {
    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

#[tokio::test]
async fn a_lost_payment_is_found_by_its_attempt_newest_first() {
    let mut server = Server::with([answer("200 OK", "", golden!("search"))]).await;
    let provider = adapter_of(&server);
    let mut wish = wish();
    wish.reference = Reference::parse("RES 1&page=2/é").unwrap();
    let found = provider.lookup(&wish).unwrap().find(&wish, attempt()).await.unwrap();
    let ids: Vec<&str> = found.iter().map(|one| one.payment.as_str()).collect();
    assert_eq!(ids, [ID, "01k7da2d0021m0pcbjov354et8"]);
    let line = "GET /v1/payments?reference=RES+1%26page%3D2%2F%C3%A9&display_size=100 HTTP/1.1";
    assert_eq!(said(&mut server).await.0, line);
}

#[tokio::test]
async fn a_search_that_shows_nothing_is_no_error() {
    let other = AttemptId::from_bytes([9; 16]);
    let acts = [
        answer("200 OK", "", golden!("search_empty")),
        coded("404 Not Found", "P0402"),
        answer("200 OK", "", golden!("search")),
    ];
    let server = Server::with(acts).await;
    let provider = adapter_of(&server);
    for _ in 0..3 {
        let found = provider.lookup(&wish()).unwrap().find(&wish(), other).await.unwrap();
        assert_eq!(found, []);
    }
}

#[tokio::test]
async fn a_search_that_makes_no_sense_is_unreadable() {
    let ours_odd = golden!("search").replace("\"amount\": 14500", "\"amount\": \"145.00\"");
    for body in ["{}", "[]", "<html>", &ours_odd] {
        let server = Server::with([answer("200 OK", "", body)]).await;
        let provider = adapter_of(&server);
        let error = provider.lookup(&wish()).unwrap().find(&wish(), attempt()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Unreadable, "{body}");
    }
}

#[tokio::test]
async fn a_cancel_is_one_empty_post() {
    let acts = [
        answer("204 No Content", "", ""),
        coded("400 Bad Request", "P0501"),
        coded("409 Conflict", "P0502"),
        answer("200 OK", "", "<html>"),
    ];
    let mut server = Server::with(acts).await;
    let provider = adapter_of(&server);
    let cancels = provider.cancels().unwrap();
    cancels.cancel(&payment_id()).await.unwrap();
    let line = format!("POST /v1/payments/{ID}/cancel HTTP/1.1");
    assert_eq!(said(&mut server).await, (line, String::new()));
    for _ in 0..2 {
        let error = cancels.cancel(&payment_id()).await.unwrap_err();
        assert_eq!(refusal(error), RefusalCode::WrongState);
    }
    let error = cancels.cancel(&payment_id()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unreadable);
}

#[tokio::test]
async fn a_capture_takes_all_or_is_refused() {
    let acts = [
        answer("204 No Content", "", ""),
        coded("409 Conflict", "P1003"),
        coded("500 Internal Server Error", "P1098"),
    ];
    let mut server = Server::with(acts).await;
    let provider = adapter_of(&server);
    let captures = provider.captures().unwrap();
    assert!(!captures.takes_part());
    let part = captures.capture(&payment_id(), Some(pounds(100))).await.unwrap_err();
    assert_eq!(refusal(part), RefusalCode::InvalidField);
    assert!(server.is_quiet());
    captures.capture(&payment_id(), None).await.unwrap();
    let line = format!("POST /v1/payments/{ID}/capture HTTP/1.1");
    assert_eq!(said(&mut server).await, (line, String::new()));
    let state = captures.capture(&payment_id(), None).await.unwrap_err();
    assert_eq!(refusal(state), RefusalCode::WrongState);
    let trouble = captures.capture(&payment_id(), None).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::OutcomeUnknown);
}

#[tokio::test]
async fn a_refund_swaps_only_what_the_merchant_has_seen() {
    let acts = [
        answer("202 Accepted", "", golden!("refund")),
        coded("412 Precondition Failed", "P0604"),
        coded("400 Bad Request", "P0603"),
    ];
    let mut server = Server::with(acts).await;
    let provider = adapter_of(&server);
    let refunds = provider.refunds().unwrap();
    let made = refunds.refund(&payment_id(), &refund_order(1000, 14500)).await.unwrap();
    let wanted = Refund {
        id: "4jfabcee0ev36so050kooajabk".to_owned(),
        amount: pounds(1000),
        status: Some(RefundStatus::Pending),
    };
    assert_eq!(made, wanted);
    let (line, body) = said(&mut server).await;
    assert_eq!(line, format!("POST /v1/payments/{ID}/refunds HTTP/1.1"));
    assert_eq!(body, r#"{"amount":1000,"refund_amount_available":14500}"#);
    for code in [RefusalCode::AmountChanged, RefusalCode::WrongState] {
        let error = refunds.refund(&payment_id(), &refund_order(1000, 14500)).await.unwrap_err();
        assert_eq!(refusal(error), code);
    }
}

#[tokio::test]
async fn a_refund_that_cannot_be_is_not_sent() {
    let mut server = Server::with([Act::Close]).await;
    let provider = adapter_of(&server);
    let refunds = provider.refunds().unwrap();
    let euros = Money::new(100, Currency::EUR).unwrap();
    let rows = [
        (refund_order(14501, 14500), RefusalCode::AmountTooLarge),
        (refund_order(0, 14500), RefusalCode::InvalidField),
        (RefundOrder { amount: euros, available: pounds(100) }, RefusalCode::InvalidField),
        (RefundOrder { amount: pounds(100), available: euros }, RefusalCode::InvalidField),
    ];
    for (order, code) in rows {
        let error = refunds.refund(&payment_id(), &order).await.unwrap_err();
        assert_eq!(refusal(error), code);
    }
    assert!(server.is_quiet());
}

#[tokio::test]
async fn a_refund_of_another_amount_is_unreadable() {
    let server = Server::with([answer("202 Accepted", "", golden!("refund"))]).await;
    let provider = adapter_of(&server);
    let made = provider.refunds().unwrap().refund(&payment_id(), &refund_order(999, 14500)).await;
    assert_eq!(made.unwrap_err().kind, Kind::Unreadable);
}

#[tokio::test]
async fn refunds_are_listed_oldest_first_and_odd_words_survive() {
    let mut server = Server::with([answer("200 OK", "", golden!("refunds"))]).await;
    let provider = adapter_of(&server);
    let list = provider.refunds().unwrap().list(&payment_id()).await.unwrap();
    let found: Vec<_> = list.iter().map(|one| (one.amount.minor(), one.status)).collect();
    let wanted = [(5000, Some(RefundStatus::Succeeded)), (1000, Some(RefundStatus::Failed)), (10, None)];
    assert_eq!(found, wanted);
    assert_eq!(said(&mut server).await.0, format!("GET /v1/payments/{ID}/refunds HTTP/1.1"));
}
