//! Faults on the way: what was surely not done, and what nobody knows.

use super::bench::Bench;
use super::calls::Verb;
use super::subject::Subject;
use crate::http::CALL_TIMEOUT;
use crate::test_server::{Act, Server, answer};
use bellhop_domain::provider::{ProviderError, ProviderErrorKind as Kind};
use std::error::Error;
use std::time::Duration;

cases!(
    i1_a_create_without_an_answer_in_time_is_unknown,
    i1_a_create_whose_answer_drips_is_unknown,
    i1_a_create_whose_connection_is_lost_is_unknown_and_not_repeated,
    i1_a_create_that_meets_trouble_at_their_side_is_unknown_and_not_repeated,
    i1_a_cancel_capture_or_refund_without_an_answer_is_unknown_and_not_repeated,
    i1_a_cancel_capture_or_refund_that_meets_trouble_is_unknown_and_not_repeated,
    a_fetch_without_an_answer_in_time_is_unavailable,
    a_fetch_whose_connection_is_lost_is_unavailable_and_not_repeated,
    a_fetch_during_maintenance_is_unavailable_and_not_repeated,
    a_search_or_list_without_an_answer_is_unavailable_and_not_repeated,
    what_never_left_was_not_done,
    trouble_before_the_call_that_matters_does_nothing,
    i11_an_error_shows_neither_address_nor_secret_nor_reference,
);

const ACTS: [Verb; 4] = [Verb::Confirm, Verb::Cancel, Verb::Capture, Verb::Refund];
const READS: [Verb; 2] = [Verb::Find, Verb::List];
/// By how much a clock that stands still may miss.
const SLACK: Duration = Duration::from_millis(100);

/// What becomes of each verb that meets `act`; each asks once and gives up.
async fn meet(subject: &Subject, verbs: &[Verb], act: &Act) {
    for (verb, call) in subject.calls(verbs) {
        let bench = Bench::spoiled(subject, &call, act.clone()).await;
        let error = bench.ask(subject, verb).await.unwrap_err();
        let found = (&error.kind, error.operation, error.provider);
        let wanted = (&verb.unanswered(), verb.operation(), subject.name);
        assert_eq!(found, wanted, "{verb:?} {act:?}");
        assert_eq!(bench.wire.asked(&call.main).len(), 1, "{verb:?} {act:?}");
    }
}

async fn lost(subject: &Subject, verbs: &[Verb]) {
    let broken_off = b"HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{\"id\": 1".to_vec();
    let no_http = b"\x00\x01\x02 not http\r\n\r\n".to_vec();
    for act in [Act::Close, Act::Reset, Act::Answer(broken_off), Act::Answer(no_http)] {
        meet(subject, verbs, &act).await;
    }
}

async fn trouble(subject: &Subject, verbs: &[Verb]) {
    let page = "<html><body>Down for maintenance</body></html>";
    for status in ["500 Oops", "502 Bad Gateway", "503 Service Unavailable", "504 Timeout"] {
        for body in [page, "", "{\"new\": \"shape\"}"] {
            meet(subject, verbs, &answer(status, "", body)).await;
        }
    }
}

/// The kind of `verb` when the server goes silent after `begun`; no real time passes.
async fn silent(subject: &Subject, verb: Verb, begun: &[u8]) -> Kind {
    let call = subject.call(verb).unwrap();
    let bench = Bench::spoiled(subject, &call, Act::Hang(begun.to_vec())).await;
    let bound = tokio::time::timeout(CALL_TIMEOUT + SLACK, bench.ask(subject, verb));
    let clock = async {
        bench.wire.went_silent().await;
        tokio::time::pause();
        tokio::time::advance(CALL_TIMEOUT).await;
    };
    let (done, ()) = tokio::join!(bound, clock);
    tokio::time::resume();
    done.expect("it gives up in time").unwrap_err().kind
}

const BEGUN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"id\":";

async fn i1_a_create_without_an_answer_in_time_is_unknown(subject: &Subject) {
    assert_eq!(silent(subject, Verb::Create, b"").await, Kind::OutcomeUnknown);
}

async fn i1_a_create_whose_answer_drips_is_unknown(subject: &Subject) {
    assert_eq!(silent(subject, Verb::Create, BEGUN).await, Kind::OutcomeUnknown);
}

async fn i1_a_create_whose_connection_is_lost_is_unknown_and_not_repeated(subject: &Subject) {
    lost(subject, &[Verb::Create]).await;
}

async fn i1_a_create_that_meets_trouble_at_their_side_is_unknown_and_not_repeated(subject: &Subject) {
    trouble(subject, &[Verb::Create]).await;
}

async fn i1_a_cancel_capture_or_refund_without_an_answer_is_unknown_and_not_repeated(subject: &Subject) {
    lost(subject, &ACTS).await;
}

async fn i1_a_cancel_capture_or_refund_that_meets_trouble_is_unknown_and_not_repeated(subject: &Subject) {
    trouble(subject, &ACTS).await;
}

async fn a_fetch_without_an_answer_in_time_is_unavailable(subject: &Subject) {
    let unavailable = Kind::Unavailable { after: None };
    assert_eq!(silent(subject, Verb::Fetch, b"").await, unavailable);
    assert_eq!(silent(subject, Verb::Fetch, BEGUN).await, unavailable);
}

async fn a_fetch_whose_connection_is_lost_is_unavailable_and_not_repeated(subject: &Subject) {
    lost(subject, &[Verb::Fetch]).await;
}

async fn a_fetch_during_maintenance_is_unavailable_and_not_repeated(subject: &Subject) {
    trouble(subject, &[Verb::Fetch]).await;
}

async fn a_search_or_list_without_an_answer_is_unavailable_and_not_repeated(subject: &Subject) {
    lost(subject, &READS).await;
    trouble(subject, &READS).await;
}

/// Nothing listens there, or nothing that speaks TLS.
async fn what_never_left_was_not_done(subject: &Subject) {
    // Bound and not listening: nobody else can take the port meanwhile.
    let deaf = tokio::net::TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let gone = format!("http://{}", deaf.local_addr().unwrap());
    for (verb, _) in subject.calls(&Verb::ALL) {
        let tls = Server::with([Act::Blurt]).await;
        for base in [gone.clone(), format!("https://{}", tls.address)] {
            let done = subject.ask(&*subject.at(&base), verb).await;
            let kind = done.unwrap_err().kind;
            assert_eq!(kind, Kind::Unavailable { after: None }, "{verb:?} {base}");
        }
    }
}

/// Such as no token: then the call that matters is not made, and whoever asked may ask again.
async fn trouble_before_the_call_that_matters_does_nothing(subject: &Subject) {
    for (verb, call) in subject.calls(&Verb::ALL) {
        for at in 0..call.before.len() {
            for act in [Act::Close, answer("503 Service Unavailable", "", "<html>")] {
                let bench = Bench::blocked(subject, &call, (at, act)).await;
                let kind = bench.ask(subject, verb).await.unwrap_err().kind;
                assert!(matches!(kind, Kind::Unavailable { .. }), "{verb:?} {kind}");
                assert!(bench.wire.asked(&call.main).is_empty(), "{verb:?}");
            }
        }
        let bench = Bench::good(subject, &call).await;
        bench.ask(subject, verb).await.unwrap();
        let first = bench.wire.all().first().unwrap().clone();
        let known = call.before.first().unwrap_or(&call.main);
        assert_eq!(first.text, bench.wire.asked(known)[0].text, "{verb:?}");
    }
}

/// Everything that a log could say of an error.
fn told(error: &ProviderError) -> String {
    let mut told = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(inner) = source {
        told.push_str(&format!(" {inner} {inner:?}"));
        source = inner.source();
    }
    told
}

async fn i11_an_error_shows_neither_address_nor_secret_nor_reference(subject: &Subject) {
    let echo = format!("{{\"code\": \"{}\"}}", subject.wish.reference.as_str());
    let acts = [Act::Close, answer("500 Oops", "", &echo), answer("200 OK", "", "{\"a\":")];
    for (verb, call) in subject.calls(&Verb::ALL) {
        for act in &acts {
            let bench = Bench::spoiled(subject, &call, act.clone()).await;
            let Err(error) = bench.ask(subject, verb).await else {
                continue;
            };
            let told = told(&error);
            let address = bench.wire.base.replace("http://", "");
            let own = [address, subject.wish.reference.as_str().to_owned()];
            for hidden in subject.hidden.iter().chain(&own) {
                assert!(!told.contains(hidden.as_str()), "{verb:?}: {told}");
            }
        }
    }
}
