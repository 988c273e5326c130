//! Answers that are no success, and what each means to whoever asked.

use super::bench::Bench;
use super::calls::{Call, Verb, Wrong};
use super::doubts::{NONSENSE, cut};
use super::subject::Subject;
use crate::http::MAX_BODY;
use crate::test_server::answer;
use bellhop_domain::provider::ProviderErrorKind as Kind;
use std::time::Duration;

cases!(
    credentials_that_are_not_taken_are_unauthorized_for_every_verb,
    credentials_that_are_not_taken_beforehand_are_unauthorized,
    too_many_requests_wait_as_long_as_they_are_told_to,
    too_many_requests_without_a_time_wait_as_declared,
    every_documented_refusal_means_what_is_declared,
    a_payment_that_is_not_there_is_not_found,
    what_is_forbidden_is_told_for_a_create,
    i11_a_refusal_carries_a_safe_code,
    i11_a_redirect_is_not_followed,
    nonsense_for_a_search_refund_or_list_is_no_answer,
    too_much_of_an_answer_is_none,
);

fn every(subject: &Subject) -> impl Iterator<Item = (Verb, Call)> {
    subject.calls(&Verb::ALL)
}

/// What an answer of this status means to `verb`.
async fn kind(
    subject: &Subject,
    (verb, call): &(Verb, Call),
    (status, headers, body): (&str, &str, &str),
) -> Kind {
    let act = answer(status, headers, body);
    let bench = Bench::spoiled(subject, call, act).await;
    bench.ask(subject, *verb).await.unwrap_err().kind
}

async fn credentials_that_are_not_taken_are_unauthorized_for_every_verb(subject: &Subject) {
    for one in every(subject) {
        for body in ["", "<html>Unauthorized</html>", "{\"code\": 401}"] {
            let found = kind(subject, &one, ("401 Unauthorized", "", body)).await;
            assert_eq!(found, Kind::Unauthorized, "{:?} {body}", one.0);
        }
    }
}

/// Such as for a token.
async fn credentials_that_are_not_taken_beforehand_are_unauthorized(subject: &Subject) {
    for (verb, call) in every(subject) {
        for at in 0..call.before.len() {
            let act = answer("401 Unauthorized", "", "");
            let bench = Bench::blocked(subject, &call, (at, act)).await;
            let kind = bench.ask(subject, verb).await.unwrap_err().kind;
            assert_eq!(kind, Kind::Unauthorized, "{verb:?}");
            assert!(bench.wire.asked(&call.main).is_empty(), "{verb:?}");
        }
    }
}

async fn too_many(subject: &Subject, header: &str) -> Vec<Option<Duration>> {
    let mut all = Vec::new();
    for one in every(subject) {
        let answer = ("429 Too Many Requests", header, subject.too_many.0.as_str());
        match kind(subject, &one, answer).await {
            Kind::Unavailable { after } => all.push(after),
            other => panic!("{:?}: {other}", one.0),
        }
    }
    all
}

async fn too_many_requests_wait_as_long_as_they_are_told_to(subject: &Subject) {
    for (header, seconds) in [("7", 7), ("0", 0), ("86400", 3600)] {
        let found = too_many(subject, &format!("retry-after: {header}\r\n")).await;
        let wanted = Some(Duration::from_secs(seconds));
        assert!(found.iter().all(|after| *after == wanted), "{header}: {found:?}");
    }
}

async fn too_many_requests_without_a_time_wait_as_declared(subject: &Subject) {
    for header in ["", "retry-after: soon\r\n", "retry-after: -1\r\n"] {
        let found = too_many(subject, header).await;
        let wanted = subject.too_many.1;
        assert!(found.iter().all(|after| *after == wanted), "{header}: {found:?}");
    }
}

fn refusals(subject: &Subject, verb: Verb) -> impl Iterator<Item = &Wrong> {
    let refused = |one: &&Wrong| matches!(one.kind, Kind::Refused(_));
    subject.wrongs.iter().filter(refused).filter(move |one| one.verb == verb)
}

async fn every_documented_refusal_means_what_is_declared(subject: &Subject) {
    for one in &subject.wrongs {
        let call = subject.call(one.verb).unwrap();
        let found = kind(subject, &(one.verb, call), (one.status, "", &one.body)).await;
        assert_eq!(found, one.kind, "{:?} {} {}", one.verb, one.status, one.body);
    }
    for (verb, _) in every(subject) {
        assert!(!verb.acts() || refusals(subject, verb).count() > 0, "{verb:?} is refused somehow");
    }
}

async fn a_payment_that_is_not_there_is_not_found(subject: &Subject) {
    let fetched = subject.wrongs.iter().filter(|one| one.verb == Verb::Fetch);
    assert!(fetched.filter(|one| one.kind == Kind::NotFound).count() > 0);
}

async fn what_is_forbidden_is_told_for_a_create(subject: &Subject) {
    let created = subject.wrongs.iter().filter(|one| one.verb == Verb::Create);
    let forbidden: Vec<_> = created.filter(|one| one.status.starts_with("403")).collect();
    let told = |one: &&Wrong| matches!(one.kind, Kind::Refused(_) | Kind::Unauthorized);
    assert!(forbidden.iter().any(told), "{forbidden:?}");
}

async fn i11_a_refusal_carries_a_safe_code(subject: &Subject) {
    for (verb, call) in every(subject) {
        for one in refusals(subject, verb) {
            let sent = (one.status, "", one.body.as_str());
            let Kind::Refused(refusal) = kind(subject, &(verb, call.clone()), sent).await else {
                panic!("{one:?}")
            };
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            let code = &refusal.provider_code;
            assert!((1..=64).contains(&code.len()) && code.chars().all(plain), "{code}");
            let pointer = refusal.pointer.as_deref();
            assert!(pointer.is_none_or(|one| one.starts_with('/')), "{pointer:?}");
        }
    }
}

/// It would carry the credentials to wherever it points; the bench fails on a stray request.
async fn i11_a_redirect_is_not_followed(subject: &Subject) {
    for (verb, call) in every(subject) {
        for status in ["301 Moved", "302 Found", "307 Temporary Redirect"] {
            let act = answer(status, "location: /elsewhere\r\n", "");
            let bench = Bench::spoiled(subject, &call, act).await;
            let kind = bench.ask(subject, verb).await.unwrap_err().kind;
            let refused = matches!(kind, Kind::Refused(_) | Kind::NotFound);
            assert!(!refused, "{verb:?} {status}: {kind}");
            assert_eq!(bench.wire.asked(&call.main).len(), 1, "{verb:?} {status}");
        }
    }
}

/// Verbs other than create and fetch whose answers are read.
fn read_ones(subject: &Subject) -> impl Iterator<Item = (Verb, Call)> {
    let read = |verb| matches!(verb, Verb::Find | Verb::Refund | Verb::List);
    every(subject).filter(move |(verb, _)| read(*verb))
}

async fn is_doubt(subject: &Subject, one: &(Verb, Call), body: &str) {
    let found = kind(subject, one, (one.1.main.status, "", body)).await;
    let doubt = matches!(found, Kind::Unreadable | Kind::OutcomeUnknown);
    assert!(doubt, "{:?} {body}: {found}", one.0);
}

async fn nonsense_for_a_search_refund_or_list_is_no_answer(subject: &Subject) {
    for one in read_ones(subject) {
        let half = cut(&one.1.main.body);
        for body in NONSENSE.into_iter().chain(["{}", &half]) {
            is_doubt(subject, &one, body).await;
        }
    }
}

async fn too_much_of_an_answer_is_none(subject: &Subject) {
    for one in read_ones(subject) {
        let body = format!("{}{}", one.1.main.body, " ".repeat(MAX_BODY));
        is_doubt(subject, &one, &body).await;
    }
}
