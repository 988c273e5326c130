//! Giving money back: what is asked, what is sent, and what is refused before it.

use super::{
    ACCESS_TOKEN, CLIENT_TOKEN, PAYMENT, REQUEST, adapter_of, body_of, euros, golden, good, money, payment_id,
};
use crate::test_server::{Act, Server};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    Provider, ProviderErrorKind as Kind, Refund, RefundOrder, RefundStatus, RefusalCode,
};
use serde_json::json;

fn ledger(payments: &str, refund: &str) -> [Act; 3] {
    [good(golden!("payment_request")), good(payments), good(refund)]
}

async fn refunded(server: &Server, amount: Money, available: Money) -> Result<Refund, Kind> {
    let provider = adapter_of(server);
    let order = RefundOrder { amount, available };
    let made = provider.refunds().unwrap().refund(&payment_id(), &order).await;
    made.map_err(|error| error.kind)
}

fn code(result: Result<Refund, Kind>) -> RefusalCode {
    match result.unwrap_err() {
        Kind::Refused(refusal) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_part_is_given_back_of_the_charged_payment() {
    let mut server = Server::with(ledger(golden!("payments"), golden!("refund"))).await;
    let made = refunded(&server, euros(1000), euros(13000)).await.unwrap();
    assert_eq!((made.amount, made.status), (euros(1000), Some(RefundStatus::Pending)));
    let asked = body_of(&server.request().await);
    assert_eq!(asked["PaymentRequestIds"], json!([REQUEST]));
    let listed = body_of(&server.request().await);
    assert_eq!(listed["AccountIds"], json!(["fadd5bb6-b428-45d5-94f8-fd0d89fece6d"]));
    let sent = server.request().await;
    assert!(sent.starts_with("POST /api/connector/v1/payments/refund HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("\"ValueToRefund\":10.00}"), "{sent}");
    let sent = body_of(&sent);
    let account = "fadd5bb6-b428-45d5-94f8-fd0d89fece6d";
    assert_eq!((&sent["PaymentId"], &sent["AccountId"]), (&json!(PAYMENT), &json!(account)));
    let tokens = (&sent["ClientToken"], &sent["AccessToken"], &sent["Client"]);
    assert_eq!(tokens, (&json!(CLIENT_TOKEN), &json!(ACCESS_TOKEN), &json!("Bellhop 1.0.0")));
    assert!(server.is_quiet());
}

/// The payment of 145 less the refund of 15; a failed refund of 20 gives nothing back.
#[tokio::test]
async fn another_amount_left_than_believed_is_refused_and_not_sent() {
    for available in [euros(14500), euros(11000), euros(12999)] {
        let server = Server::with(ledger(golden!("payments"), golden!("refund"))).await;
        assert_eq!(code(refunded(&server, euros(1000), available).await), RefusalCode::AmountChanged);
    }
}

#[tokio::test]
async fn a_refund_on_its_way_is_gone_already() {
    let pending = golden!("payments").replace("\"Failed\"", "\"Pending\"");
    let server = Server::with(ledger(&pending, golden!("refund"))).await;
    assert!(refunded(&server, euros(1000), euros(11000)).await.is_ok());
}

/// The kind is not told of every payment.
#[tokio::test]
async fn a_payment_without_a_kind_is_a_payment() {
    let kindless = golden!("payments").replace("\"Kind\": \"Payment\"", "\"Kind\": null");
    let server = Server::with(ledger(&kindless, golden!("refund"))).await;
    assert!(refunded(&server, euros(1000), euros(13000)).await.is_ok());
    let chargeback = golden!("payments").replace("\"Kind\": \"Payment\"", "\"Kind\": \"Chargeback\"");
    let server = Server::with(ledger(&chargeback, golden!("refund"))).await;
    assert_eq!(code(refunded(&server, euros(1000), euros(13000)).await), RefusalCode::AmountChanged);
}

#[tokio::test]
async fn no_one_payment_that_is_large_enough_is_too_much() {
    let mut one: serde_json::Value = serde_json::from_str(golden!("payment")).unwrap();
    let again = one["Payments"][0].clone();
    one["Payments"].as_array_mut().unwrap().push(again);
    let twice = one.to_string().replace("-145.0", "-72.50");
    let server = Server::with(ledger(&twice, golden!("refund"))).await;
    assert_eq!(code(refunded(&server, euros(10000), euros(14500)).await), RefusalCode::AmountTooLarge);
}

#[tokio::test]
async fn an_answer_about_another_amount_is_no_refund_that_we_know() {
    for odd in ["10.01", "100.00", "-11.00", "\"10.00\""] {
        let other = golden!("refund").replace("10.00", odd);
        let server = Server::with(ledger(golden!("payments"), &other)).await;
        assert_eq!(refunded(&server, euros(1000), euros(13000)).await, Err(Kind::Unreadable), "{odd}");
    }
}

#[tokio::test]
async fn parts_that_they_cannot_count_are_refused_and_not_sent() {
    let mut server = Server::with([Act::Close]).await;
    let korun = |minor| money(minor, Currency::CZK);
    let done = refunded(&server, korun(1050), korun(14500)).await;
    assert_eq!(code(done), RefusalCode::InvalidField);
    assert!(server.is_quiet());
}

#[tokio::test]
async fn a_request_that_is_not_there_is_not_found() {
    let server = Server::with([good(r#"{"PaymentRequests": []}"#)]).await;
    assert_eq!(refunded(&server, euros(1000), euros(13000)).await, Err(Kind::NotFound));
}

/// I9: a list that was cut short proves nothing.
#[tokio::test]
async fn i9_an_account_with_too_many_payments_is_unreadable() {
    let one: serde_json::Value = serde_json::from_str(golden!("payment")).unwrap();
    let many = json!({"Payments": vec![one["Payments"][0].clone(); 1000]}).to_string();
    let server = Server::with(ledger(&many, golden!("refund"))).await;
    assert_eq!(refunded(&server, euros(1000), euros(13000)).await, Err(Kind::Unreadable));
}
