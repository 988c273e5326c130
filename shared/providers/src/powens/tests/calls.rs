//! What goes over the wire when a payment is opened, searched and stopped.

use super::{ECHO, adapter_of, attempt, euros, golden, good, order, payment_id, pounds, token, wish};
use crate::test_server::{Act, Server};
use bellhop_domain::provider::{Created, Observation, Provider, ProviderErrorKind as Kind};
use bellhop_domain::wish::Wish;

async fn created(wish: &Wish, answer: &str) -> Result<Created, Kind> {
    let server = Server::with([token("t1"), good(answer)]).await;
    let made = adapter_of(&server).create(&order(wish)).await;
    made.map_err(|error| error.kind)
}

#[tokio::test]
async fn a_payment_is_opened_with_one_documented_request() {
    let mut server = Server::with([token("t1"), good(golden!("created"))]).await;
    let wish = wish();
    let made = adapter_of(&server).create(&order(&wish)).await.unwrap();
    assert_eq!(made, Created::payable(payment_id(), None));
    server.request().await;
    let asked = server.request().await;
    assert!(asked.starts_with("POST /2.0/payments HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("\"client_state\":\"payer_token\""), "{asked}");
    assert!(server.is_quiet());
}

fn in_pounds(golden: &str) -> String {
    let text = golden.replace("\"EUR\"", "\"GBP\"").replace(ECHO, &ECHO[8..]);
    text.replace("Two nights, double room", "RES-12345")
}

#[tokio::test]
async fn a_payment_in_pounds_is_known_by_its_short_id() {
    let wish = Wish { amount: pounds(14500), ..wish() };
    assert!(created(&wish, &in_pounds(golden!("created"))).await.is_ok());
    let other = in_pounds(golden!("created")).replace(&ECHO[8..], "0g2081040g2081040x");
    assert_eq!(created(&wish, &other).await, Err(Kind::Unreadable));
}

/// I1: an answer that does not name our attempt may be about any payment.
#[tokio::test]
async fn i1_an_answer_without_our_id_is_no_success() {
    let without = golden!("created").replace(&format!("\"{ECHO}\""), "null");
    assert_eq!(created(&wish(), &without).await, Err(Kind::Unreadable));
}

#[tokio::test]
async fn nothing_is_sent_for_a_wish_that_does_not_pass() {
    let mut server = Server::with([Act::Close]).await;
    let (provider, mut wish) = (adapter_of(&server), wish());
    wish.options.0.remove("beneficiary");
    let error = provider.create(&order(&wish)).await.unwrap_err();
    let Kind::Refused(refusal) = error.kind else { panic!("{error}") };
    assert_eq!(refusal.pointer.as_deref(), Some("/options/powens/beneficiary"));
    assert!(server.is_quiet());
}

async fn found(server: &Server, wish: &Wish) -> Vec<Observation> {
    let provider = adapter_of(server);
    provider.lookup(wish).unwrap().find(wish, attempt()).await.unwrap()
}

#[tokio::test]
async fn a_search_goes_by_our_id_and_shows_the_newest_first() {
    let older = golden!("created").replace("1975", "1970");
    let odd = r#"{"id": "x", "instructions": [{"reference_id": 7}]}"#;
    let list = format!("{{\"payments\": [{older}, {odd}, {}], \"total\": 3}}", golden!("done"));
    let mut server = Server::with([token("t1"), good(&list)]).await;
    let found = found(&server, &wish()).await;
    let ids: Vec<&str> = found.iter().map(|one| one.payment.as_str()).collect();
    assert_eq!(ids, ["1975", "1970"]);
    assert!(found.iter().all(|one| one.amount == Some(euros(14500))));
    server.request().await;
    let asked = server.request().await;
    let line = format!("GET /2.0/payments?reference_id={ECHO}&limit=100 HTTP/1.1\r\n");
    assert!(asked.starts_with(&line), "{asked}");
}

#[tokio::test]
async fn a_search_in_pounds_goes_by_the_short_id() {
    let list = format!("{{\"payments\": [{}, {}]}}", in_pounds(golden!("created")), golden!("done"));
    let mut server = Server::with([token("t1"), good(&list)]).await;
    let found = found(&server, &Wish { amount: pounds(14500), ..wish() }).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].amount, Some(pounds(14500)));
    server.request().await;
    let asked = server.request().await;
    assert!(asked.contains(&format!("?reference_id={}&", &ECHO[8..])), "{asked}");
}

#[tokio::test]
async fn a_payment_is_stopped_by_an_update() {
    let mut server = Server::with([token("t1"), good(golden!("cancelled_by_client"))]).await;
    let provider = adapter_of(&server);
    provider.cancels().unwrap().cancel(&payment_id()).await.unwrap();
    server.request().await;
    let asked = server.request().await;
    assert!(asked.starts_with("POST /2.0/payments/1975 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\n{\"cancel\":true}"), "{asked}");
}
