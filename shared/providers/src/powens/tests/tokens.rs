//! The service token on the wire: fetched, kept, renewed by the clock, and once when it is refused.

use super::{CLIENT_SECRET, adapter_at, adapter_of, golden, good, order, payment_id, token, wish};
use crate::test_server::{Act, Server, answer};
use crate::token::Now;
use bellhop_domain::Timestamp;
use bellhop_domain::provider::{Operation, Provider, ProviderErrorKind as Kind};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

fn unauthorized() -> Act {
    answer("401 Unauthorized", "", r#"{"code": "wrongToken"}"#)
}

fn server_of(acts: impl IntoIterator<Item = Act>) -> impl Future<Output = Server> {
    Server::with(acts)
}

/// Whose token each request but those for a token carried, or `-`.
async fn carried(server: &mut Server, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for _ in 0..count {
        let request = server.request().await;
        let line = request.lines().find_map(|line| line.strip_prefix("authorization: Bearer "));
        all.push(line.unwrap_or("-").to_owned());
    }
    assert!(server.is_quiet());
    all
}

#[tokio::test]
async fn the_token_is_asked_for_with_the_clients_credentials() {
    let mut server = server_of([token("t1"), good(golden!("done"))]).await;
    adapter_of(&server).fetch(&payment_id()).await.unwrap();
    let asked = server.request().await;
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /2.0/auth/token HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains("authorization"), "{head}");
    let wanted = json!({
        "grant_type": "client_credentials", "client_id": "12345678", "client_secret": CLIENT_SECRET,
        "scope": "payments:admin"
    });
    assert_eq!(serde_json::from_str::<Value>(body).unwrap(), wanted);
}

#[tokio::test]
async fn a_token_serves_many_calls() {
    let done = || good(golden!("done"));
    let mut server = server_of([token("t1"), done(), done(), done()]).await;
    let provider = adapter_of(&server);
    for _ in 0..3 {
        provider.fetch(&payment_id()).await.unwrap();
    }
    assert_eq!(carried(&mut server, 4).await, ["-", "t1", "t1", "t1"]);
}

#[tokio::test]
async fn a_token_is_renewed_by_the_clock_before_it_dies() {
    let done = || good(golden!("done"));
    let mut server = server_of([token("t1"), done(), done(), token("t2"), done()]).await;
    let seconds = Arc::new(AtomicI64::new(1_800_000_000));
    let tell = Arc::clone(&seconds);
    let now = Now::new(move || Timestamp::from_second(tell.load(SeqCst)).unwrap());
    let settings = json!({"base_url": format!("http://{}/2.0", server.address)});
    let provider = adapter_at(&settings, Some(now));
    for pause in [0, 25 * 60 - 1, 1] {
        seconds.fetch_add(pause, SeqCst);
        provider.fetch(&payment_id()).await.unwrap();
    }
    assert_eq!(carried(&mut server, 5).await, ["-", "t1", "t1", "-", "t2"]);
}

#[tokio::test]
async fn a_token_that_dies_mid_run_is_fetched_again_for_any_verb() {
    let acts = [token("t1"), unauthorized(), token("t2"), good(golden!("created"))];
    let mut server = server_of(acts).await;
    let wish = wish();
    adapter_of(&server).create(&order(&wish)).await.unwrap();
    assert_eq!(carried(&mut server, 4).await, ["-", "t1", "-", "t2"]);
}

#[tokio::test]
async fn a_token_is_fetched_again_only_once() {
    let acts = [token("t1"), unauthorized(), token("t2"), unauthorized()];
    let mut server = server_of(acts).await;
    let error = adapter_of(&server).fetch(&payment_id()).await.unwrap_err();
    assert_eq!((error.kind, error.operation), (Kind::Unauthorized, Operation::Fetch));
    assert_eq!(carried(&mut server, 4).await, ["-", "t1", "-", "t2"]);
}

#[tokio::test]
async fn calls_at_the_same_time_share_one_fetch_of_the_token() {
    let done = || good(golden!("done"));
    let mut server = server_of([token("t1"), done(), done(), done()]).await;
    let (provider, id) = (adapter_of(&server), payment_id());
    let (a, b, c) = tokio::join!(provider.fetch(&id), provider.fetch(&id), provider.fetch(&id));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(carried(&mut server, 4).await, ["-", "t1", "t1", "t1"]);
}

/// I1: without a token nothing was sent, so a create is not in doubt.
#[tokio::test]
async fn i1_a_create_without_a_token_was_not_made() {
    let later = Kind::Unavailable { after: None };
    let refused = answer("400 Bad", "", r#"{"code": "invalidValue"}"#);
    let rows = [
        (Act::Close, later.clone()),
        (answer("500 Oops", "", ""), later.clone()),
        (answer("404 Not Found", "", "<html>"), later.clone()),
        (good("<html>"), later.clone()),
        (good("{}"), later.clone()),
        (token("a\nb"), later),
        (refused, Kind::Unauthorized),
        (unauthorized(), Kind::Unauthorized),
    ];
    for (act, kind) in rows {
        let mut server = server_of([act.clone()]).await;
        let wish = wish();
        let error = adapter_of(&server).create(&order(&wish)).await.unwrap_err();
        assert_eq!((error.kind, error.operation), (kind, Operation::Create), "{act:?}");
        server.request().await;
        assert!(server.is_quiet(), "{act:?}");
    }
}
