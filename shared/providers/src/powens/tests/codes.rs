//! What every error answer means, by code and by call.

use super::super::errors::kind_of;
use super::golden;
use crate::http::{Answer, Effect};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, Refusal, RefusalCode};
use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
use serde_json::json;
use std::time::Duration;

use Operation::{Cancel, Create, Fetch, Lookup};
use RefusalCode::{AccountNotAllowed, InvalidField, Other, WrongState};

fn answer(status: u16, body: &str) -> Answer {
    let status = StatusCode::from_u16(status).unwrap();
    Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
}

fn kind(operation: Operation, status: u16, code: &str) -> Kind {
    let body = json!({"code": code, "description": "words", "message": "words", "request_id": "3f1c"});
    kind_of(operation, &answer(status, &body.to_string()))
}

fn refused(code: RefusalCode, word: &str, pointer: Option<&str>) -> Kind {
    let pointer = pointer.map(str::to_owned);
    Kind::Refused(Refusal { code, provider_code: word.to_owned(), pointer, message: None })
}

#[test]
fn every_refusal_has_its_word() {
    let rows = [
        (Create, 400, "missingParameter", InvalidField, None),
        (Create, 400, "invalidValue", InvalidField, None),
        (Create, 409, "INVALIDVALUE", InvalidField, None),
        (Create, 400, "invalidLabel", InvalidField, Some("/description")),
        (Create, 400, "InvalidLabel", InvalidField, Some("/description")),
        (Create, 403, "insufficientScope", AccountNotAllowed, None),
        (Create, 400, "of_tomorrow", Other, None),
        (Cancel, 400, "notSupported", WrongState, None),
        (Cancel, 400, "NotSupported", WrongState, None),
        (Cancel, 409, "conflict", WrongState, None),
        (Cancel, 400, "invalidLabel", InvalidField, None),
        (Fetch, 405, "methodNotAllowed", Other, None),
    ];
    for (operation, status, word, code, pointer) in rows {
        assert_eq!(kind(operation, status, word), refused(code, word, pointer), "{operation} {word}");
    }
    let label = kind_of(Create, &answer(400, golden!("error_label")));
    assert_eq!(label, refused(InvalidField, "invalidLabel", Some("/description")));
}

/// "Based on the error code rather than the HTTP status" (docs, "Errors").
#[test]
fn what_is_about_the_token_is_so_by_status_or_code() {
    for operation in [Create, Fetch, Lookup, Cancel] {
        for (status, code) in [
            (401, "of_tomorrow"),
            (400, "wrongToken"),
            (403, "unauthorized"),
            (403, "EXPIREDTOKEN"),
            (404, "WrongToken"),
        ] {
            assert_eq!(kind(operation, status, code), Kind::Unauthorized, "{operation} {status} {code}");
        }
        assert_eq!(kind_of(operation, &answer(401, "<html>")), Kind::Unauthorized);
    }
}

#[test]
fn a_404_needs_a_code_to_be_believed() {
    assert_eq!(kind(Fetch, 404, "notFound"), Kind::NotFound);
    assert_eq!(kind_of(Fetch, &answer(404, "<html>Not Found</html>")), Kind::Unreadable);
}

/// I1: whatever stands in it, such an answer to a create leaves the outcome open.
#[test]
fn i1_trouble_at_their_side_is_doubt() {
    for operation in [Create, Fetch, Lookup, Cancel] {
        for status in [500, 502, 503] {
            for code in ["bug", "invalidValue", "wrongToken"] {
                let wanted = Effect::of(operation).unanswered();
                assert_eq!(kind(operation, status, code), wanted, "{operation} {status} {code}");
            }
        }
    }
}

#[test]
fn too_many_calls_wait_for_the_next_minute_unless_told() {
    let mut limited = answer(429, "{}");
    let minute = Some(Duration::from_secs(60));
    assert_eq!(kind_of(Create, &limited), Kind::Unavailable { after: minute });
    limited.headers.insert(RETRY_AFTER, HeaderValue::from_static("7"));
    assert_eq!(kind_of(Create, &limited), Kind::Unavailable { after: Some(Duration::from_secs(7)) });
}
