//! From a payment of theirs to its request, and from there to its group.

use super::{GROUP, PAYMENT, REQUEST, adapter_of, body_of, golden, good, payment_id};
use crate::test_server::{Act, Server};
use bellhop_domain::provider::{Provider, ProviderErrorKind as Kind, ProviderPaymentId};
use serde_json::json;

async fn resolved(acts: Vec<Act>, named: &str) -> (Result<Option<ProviderPaymentId>, Kind>, Vec<String>) {
    let count = acts.len();
    let mut server = Server::with(acts).await;
    let named = ProviderPaymentId::parse(named).unwrap();
    let provider = adapter_of(&server);
    let found = provider.resolves().unwrap().resolve(&named).await;
    let mut asked = Vec::new();
    for _ in 0..count {
        asked.push(server.request().await);
    }
    assert!(server.is_quiet());
    (found.map_err(|error| error.kind), asked)
}

#[tokio::test]
async fn a_request_of_a_group_takes_two_calls() {
    let acts = vec![good(golden!("payment")), good(golden!("payment_request"))];
    let (found, asked) = resolved(acts, PAYMENT).await;
    assert_eq!(found, Ok(Some(payment_id())));
    assert!(asked[0].starts_with("POST /api/connector/v1/payments/getAll HTTP/1.1\r\n"), "{}", asked[0]);
    assert!(
        asked[1].starts_with("POST /api/connector/v1/paymentRequests/getAll HTTP/1.1\r\n"),
        "{}",
        asked[1]
    );
    let body = body_of(&asked[0]);
    assert_eq!((&body["PaymentIds"], &body["Limitation"]), (&json!([PAYMENT]), &json!({"Count": 1})));
    assert_eq!(body_of(&asked[1])["PaymentRequestIds"], json!([REQUEST]));
}

#[tokio::test]
async fn a_request_of_one_reservation_takes_three() {
    let request = good(golden!("payment_request_of_reservation"));
    let acts = vec![good(golden!("payment")), request, good(golden!("reservation"))];
    let (found, asked) = resolved(acts, PAYMENT).await;
    assert_eq!(found, Ok(Some(payment_id())));
    let line = "POST /api/connector/v1/reservations/getAll/2023-06-06 HTTP/1.1\r\n";
    assert!(asked[2].starts_with(line), "{}", asked[2]);
    assert_eq!(body_of(&asked[2])["ReservationIds"], json!(["123456ec-a59d-43f1-9d97-d6c984764e8c"]));
}

/// Most of what a hotel takes: one call, and nothing is kept of it.
#[tokio::test]
async fn what_leads_nowhere_is_none_of_ours() {
    let unbound = golden!("payment_request").replace(&format!("\"{GROUP}\""), "null");
    let other = golden!("payment").replace(PAYMENT, "91639c17-edad-47f9-8348-acfb00b9f569");
    let elsewhere = golden!("payment_request").replace(REQUEST, "bce78dac-a0f3-420e-8a42-acfb00b9e1e5");
    for acts in [
        vec![good(golden!("payment_elsewhere"))],
        vec![good(r#"{"Payments": [], "Cursor": null}"#)],
        vec![good(&other)],
        vec![good(golden!("payment")), good(&unbound)],
        vec![good(golden!("payment")), good(&elsewhere)],
        vec![
            good(golden!("payment")),
            good(golden!("payment_request_of_reservation")),
            good(r#"{"Reservations": []}"#),
        ],
    ] {
        let (found, _) = resolved(acts, PAYMENT).await;
        assert_eq!(found, Ok(None));
    }
}
