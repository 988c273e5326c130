//! What goes over the wire when a payment is opened and read, and what comes back.

use super::{KEY, adapter_of, attempt, golden, order, payment_id, wish};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{Created, Page, Provider, ProviderErrorKind as Kind, RefusalCode};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::{Value, json};
use url::Url;

fn with_json(status: &str, body: &str) -> Act {
    answer(status, "content-type: application/json\r\n", body)
}

async fn created(act: Act) -> Result<Created, Kind> {
    let server = Server::with([act]).await;
    let made = adapter_of(&server).create(&order(&wish())).await;
    made.map_err(|error| error.kind)
}

#[tokio::test]
async fn a_payment_is_opened_with_one_documented_request() {
    let mut server = Server::with([with_json("201 Created", golden!("created"))]).await;
    let made = adapter_of(&server).create(&order(&wish())).await.unwrap();
    assert_eq!(made, Created::payable(payment_id(), None));
    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let lines: Vec<&str> = head.lines().collect();
    assert_eq!(lines[0], "POST /v1/payments HTTP/1.1");
    let key = format!("authorization: Bearer {KEY}");
    let agent = concat!("user-agent: Bellhop/", env!("CARGO_PKG_VERSION"));
    for line in [key.as_str(), "content-type: application/json", "accept: application/json", agent] {
        assert!(lines.contains(&line), "{line} in {head}");
    }
    assert!(!head.contains("idempotency-key"), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["metadata"]["bellhop_attempt"], attempt().to_string());
    assert_eq!(body["return_url"], "https://pay.booking.example/return/token");
    assert!(server.is_quiet());
}

#[tokio::test]
async fn an_answer_without_our_metadata_is_judged_by_the_reference() {
    let body = golden!("created").replace("bellhop_attempt", "other");
    assert!(created(with_json("201 Created", &body)).await.is_ok());
}

#[tokio::test]
async fn a_refused_create_names_the_field() {
    let made = created(with_json("422 Unprocessable Entity", golden!("error_amount"))).await;
    let Err(Kind::Refused(refusal)) = made else { panic!("{made:?}") };
    assert_eq!(refusal.code, RefusalCode::InvalidField);
    assert_eq!(refusal.pointer.as_deref(), Some("/amount/value"));
}

#[tokio::test]
async fn nothing_is_sent_for_a_wish_that_does_not_pass() {
    let mut server = Server::with([Act::Close]).await;
    let mut bad = wish();
    bad.metadata.insert("sign".to_owned(), "<".to_owned());
    let made = adapter_of(&server).create(&order(&bad)).await;
    let Kind::Refused(refusal) = made.unwrap_err().kind else { panic!("a refusal") };
    assert_eq!(refusal.pointer.as_deref(), Some("/metadata/sign"));
    assert!(server.is_quiet());
}

#[tokio::test]
async fn nothing_is_sent_with_a_landing_that_they_would_not_take() {
    let mut server = Server::with([with_json("201 Created", golden!("created"))]).await;
    let provider = adapter_of(&server);
    let wish = wish();
    let mut payment = order(&wish);
    for landing in ["ftp://pay.example/".to_owned(), format!("https://pay.example/{}", "x".repeat(1981))] {
        payment.landing = Url::parse(&landing).unwrap();
        let error = provider.create(&payment).await.unwrap_err();
        assert!(matches!(error.kind, Kind::Refused(_)), "{landing}");
    }
    assert!(server.is_quiet());
    payment.landing = Url::parse("http://127.0.0.1:8080/return/token").unwrap();
    assert!(provider.create(&payment).await.is_ok(), "a test account may land on http");
}

#[tokio::test]
async fn a_fetch_reads_one_payment_and_its_fresh_page() {
    let answers = [golden!("started"), golden!("captured")];
    let mut server = Server::with(answers.map(|body| with_json("200 OK", body))).await;
    let provider = adapter_of(&server);
    let open = provider.fetch(&payment_id()).await.unwrap();
    let page = "https://www.payments.service.gov.uk/secure/0c1e1d64-9f53-4d6f-9f33-5c3f3b7c9a55";
    assert_eq!(open.page, Some(Page::To(page.parse().unwrap())));
    let request = server.request().await;
    let line = "GET /v1/payments/hu20sqlact5260q2nanm0q8u93 HTTP/1.1\r\n";
    assert!(request.starts_with(line) && request.ends_with("\r\n\r\n"), "{request}");
    let paid = provider.fetch(&payment_id()).await.unwrap();
    assert_eq!(paid.reading, Reading::Known(AttemptStatus::Succeeded));
    assert!(paid.settled);
}

#[tokio::test]
async fn a_fetch_of_an_unknown_payment_says_so() {
    let body = json!({"code": "P0200", "description": "Not found"}).to_string();
    let server = Server::with([with_json("404 Not Found", &body)]).await;
    let error = adapter_of(&server).fetch(&payment_id()).await.unwrap_err();
    assert_eq!(error.kind, Kind::NotFound);
    assert_eq!(error.to_string(), "govuk_pay fetch: not found");
}
