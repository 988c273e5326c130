//! Confirm, cancel, capture and refund, as they go over the wire.

use super::{adapter_of, attempt, golden, good, payment_id, refusal, roubles, wish, with_options};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{
    Provider, ProviderError, ProviderErrorKind as Kind, Refund, RefundOrder, RefusalCode,
};
use serde_json::json;

fn lines(asked: &str) -> (&str, &str) {
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap(), body)
}

/// I1: whoever asks, and how often, the payment goes on once.
#[tokio::test]
async fn i1_a_confirmation_is_once_in_effect_by_its_key() {
    let mut server = Server::with([good(golden!("in_progress")), good(golden!("in_progress"))]).await;
    let provider = adapter_of(&server);
    for _ in 0..2 {
        provider.confirms().unwrap().confirm(&payment_id(), attempt()).await.unwrap();
        let asked = server.request().await;
        let wanted = ("POST /api/v2/session/confirm HTTP/1.1", "{\"session_id\":\"ps_3230\"}");
        assert_eq!(lines(&asked), wanted);
        let key = "x-partner-idempotency-key: att_081040g2081040g2081040g208-confirm\r\n";
        assert!(asked.contains(key), "{asked}");
    }
}

#[tokio::test]
async fn a_cancel_and_a_whole_capture_name_the_session_alone() {
    let mut server = Server::with([good(golden!("cancelled")), good(golden!("in_progress"))]).await;
    let provider = adapter_of(&server);
    provider.cancels().unwrap().cancel(&payment_id()).await.unwrap();
    let body = "{\"session_id\":\"ps_3230\"}";
    let asked = server.request().await;
    assert_eq!(lines(&asked), ("POST /api/v2/session/cancel HTTP/1.1", body));
    assert!(!asked.contains("x-partner-idempotency-key"), "a cancel that came too early may come again");
    provider.captures().unwrap().capture(&payment_id(), None).await.unwrap();
    assert_eq!(lines(&server.request().await), ("POST /api/v2/session/capture HTTP/1.1", body));
}

#[tokio::test]
async fn an_answer_about_another_session_is_none() {
    let other = golden!("in_progress").replace("ps_3230", "ps_3231");
    let server = Server::with([good(&other)]).await;
    let provider = adapter_of(&server);
    let done = provider.cancels().unwrap().cancel(&payment_id()).await;
    assert_eq!(done.unwrap_err().kind, Kind::Unreadable);
}

#[test]
fn only_a_create_that_moves_no_money_may_be_forgotten() {
    let provider = super::adapter(&super::settings("https://demo.bank131.ru"));
    assert!(provider.lookup(&wish()).is_some());
    assert!(provider.lookup(&with_options(json!({"flow": "start", "qr": {}}))).is_some());
    assert!(provider.lookup(&with_options(json!({"flow": "init", "qr": {}}))).is_none());
}

async fn refund(server: &Server, amount: u64, available: u64) -> Result<Refund, ProviderError> {
    let order = RefundOrder { amount: roubles(amount), available: roubles(available) };
    adapter_of(server).refunds().unwrap().refund(&payment_id(), &order).await
}

#[tokio::test]
async fn a_refund_reads_what_is_left_and_is_made_under_its_number() {
    let mut server = Server::with([good(golden!("succeeded")), good(golden!("refunding"))]).await;
    let made = refund(&server, 1000, 14500).await.unwrap();
    assert_eq!((made.id.as_str(), made.amount), ("rf_101", roubles(1000)));
    assert_eq!(lines(&server.request().await).0, "POST /api/v2/session/status HTTP/1.1");
    let asked = server.request().await;
    let body = r#"{"session_id":"ps_3230","amount_details":{"amount":1000,"currency":"rub"}}"#;
    assert_eq!(lines(&asked), ("POST /api/v2/session/refund HTTP/1.1", body));
    assert!(asked.contains("x-partner-idempotency-key: ps_3230-refund-0\r\n"), "{asked}");
}

/// The next one has another number, whatever became of those before.
#[tokio::test]
async fn a_later_refund_has_a_number_of_its_own() {
    let more =
        golden!("refunds").replace("\"rf_103\"", "\"rf_104\"").replace("\"amount\": 10,", "\"amount\": 20,");
    let mut server = Server::with([good(golden!("refunds")), good(&more)]).await;
    assert_eq!(refund(&server, 20, 13500).await.unwrap().id, "rf_104");
    server.request().await;
    let asked = server.request().await;
    assert!(asked.contains("x-partner-idempotency-key: ps_3230-refund-3\r\n"), "{asked}");
}

#[tokio::test]
async fn i1_a_refund_of_what_is_no_longer_left_is_not_sent() {
    let mut server = Server::with([good(golden!("refunding")), Act::Close]).await;
    let error = refund(&server, 1000, 14500).await.unwrap_err();
    let Kind::Refused(refusal) = error.kind else { panic!("{error}") };
    assert_eq!(refusal.code, RefusalCode::AmountChanged);
    server.request().await;
    assert!(server.is_quiet());
}

#[tokio::test]
async fn i1_a_refund_whose_number_was_used_is_unknown() {
    let used = answer("400 Bad Request", "", &refusal("idempotency_key_already_exists"));
    let server = Server::with([good(golden!("succeeded")), used]).await;
    assert_eq!(refund(&server, 1000, 14500).await.unwrap_err().kind, Kind::OutcomeUnknown);
}

#[tokio::test]
async fn i1_a_refund_that_is_not_in_the_answer_is_not_taken_for_made() {
    for body in [golden!("succeeded"), &golden!("refunding").replace("\"amount\": 1000,", "\"amount\": 999,")]
    {
        let server = Server::with([good(golden!("succeeded")), good(body)]).await;
        assert_eq!(refund(&server, 1000, 14500).await.unwrap_err().kind, Kind::Unreadable);
    }
}
