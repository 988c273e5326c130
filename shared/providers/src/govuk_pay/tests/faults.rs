//! Faults on the way: what was surely not sent, and what nobody knows.

use super::{adapter, adapter_of, golden, order, payment_id, wish};
use crate::http::{CALL_TIMEOUT, MAX_BODY};
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{Provider, ProviderError, ProviderErrorKind as Kind};
use serde_json::json;
use std::error::Error;
use std::time::Duration;

const UNAVAILABLE: Kind = Kind::Unavailable { after: None };

/// By how much a clock that stands still may miss.
const SLACK: Duration = Duration::from_millis(100);

/// The kinds of a create and of a fetch that both meet this fault.
async fn kinds(act: Act) -> (Kind, Kind) {
    let server = Server::with([act.clone(), act]).await;
    let provider = adapter_of(&server);
    let create = provider.create(&order(&wish())).await.unwrap_err();
    let fetch = provider.fetch(&payment_id()).await.unwrap_err();
    (create.kind, fetch.kind)
}

/// The error of a create whose server goes silent once it has the request; no real time passes.
async fn silent(begun: &[u8]) -> ProviderError {
    let mut server = Server::with([Act::Hang(begun.to_vec())]).await;
    let provider = adapter_of(&server);
    let wish = wish();
    let payment = order(&wish);
    let bound = tokio::time::timeout(CALL_TIMEOUT + SLACK, provider.create(&payment));
    let clock = async {
        server.request().await;
        tokio::time::pause();
        tokio::time::advance(CALL_TIMEOUT).await;
    };
    let (made, ()) = tokio::join!(bound, clock);
    made.expect("it gives up in time").unwrap_err()
}

#[tokio::test]
async fn i1_no_answer_within_the_time_leaves_a_create_unknown() {
    assert_eq!(silent(b"").await.kind, Kind::OutcomeUnknown);
}

#[tokio::test]
async fn i1_an_answer_that_drips_leaves_a_create_unknown() {
    let begun = b"HTTP/1.1 201 Created\r\ncontent-length: 1000\r\n\r\n{\"payment_id\":";
    assert_eq!(silent(begun).await.kind, Kind::OutcomeUnknown);
}

#[tokio::test]
async fn i1_a_lost_connection_leaves_a_create_unknown_and_a_read_unavailable() {
    let lost = (Kind::OutcomeUnknown, UNAVAILABLE);
    assert_eq!(kinds(Act::Close).await, lost);
    assert_eq!(kinds(Act::Reset).await, lost);
}

#[tokio::test]
async fn i1_an_answer_that_breaks_off_leaves_a_create_unknown() {
    let mut cut = b"HTTP/1.1 201 Created\r\ncontent-length: 9000\r\n\r\n".to_vec();
    cut.extend_from_slice(golden!("created").as_bytes());
    assert_eq!(kinds(Act::Answer(cut)).await, (Kind::OutcomeUnknown, UNAVAILABLE));
}

#[tokio::test]
async fn an_answer_that_is_no_http_tells_nothing() {
    let garbage = Act::Answer(b"\x00\x01\x02 not http\r\n\r\n".to_vec());
    assert_eq!(kinds(garbage).await, (Kind::OutcomeUnknown, UNAVAILABLE));
}

#[tokio::test]
async fn an_answer_beyond_the_cap_is_unreadable() {
    let padded = |extra| {
        let body = golden!("created");
        format!("{body}{}", " ".repeat(MAX_BODY + extra - body.len()))
    };
    let (created, _) = kinds(answer("201 Created", "", &padded(1))).await;
    assert_eq!(created, Kind::Unreadable);
    let server = Server::with([answer("201 Created", "", &padded(0))]).await;
    assert!(adapter_of(&server).create(&order(&wish())).await.is_ok());
}

#[tokio::test]
async fn what_never_left_was_not_done() {
    let gone = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let tls = Server::with([Act::Blurt]).await;
    for base in [gone, format!("https://{}", tls.address)] {
        let provider = adapter(&json!({"base_url": base}));
        let error = provider.create(&order(&wish())).await.unwrap_err();
        assert_eq!(error.kind, UNAVAILABLE, "{base}");
    }
}

/// I11: a URL may hold a booking reference, and an error is logged whole.
#[tokio::test]
async fn i11_an_error_names_neither_the_url_nor_the_key() {
    let server = Server::with([Act::Close]).await;
    let provider = adapter_of(&server);
    let error = provider.lookup().unwrap().find(&wish(), super::attempt()).await.unwrap_err();
    let mut told = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(inner) = source {
        told.push_str(&format!("{inner} {inner:?}"));
        source = inner.source();
    }
    assert!(told.contains("sent, and no"), "{told}");
    for hidden in ["RES-12345", &server.address, super::KEY] {
        assert!(!told.contains(hidden), "{told}");
    }
}
