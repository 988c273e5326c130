//! What every status of an answer means, for every operation.

use super::super::errors::kind_of;
use super::golden;
use crate::http::Answer;
use bellhop_domain::provider::{Operation as Op, ProviderErrorKind as Kind, RefusalCode};
use http::{HeaderMap, StatusCode};
use std::time::Duration;

fn kind(operation: Op, status: u16, body: &str) -> Kind {
    let status = StatusCode::from_u16(status).unwrap();
    kind_of(operation, &Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() })
}

const READS: [Op; 4] = [Op::Fetch, Op::Lookup, Op::Resolve, Op::Refunds];
const ACTS: [Op; 3] = [Op::Create, Op::Cancel, Op::Refund];

#[test]
fn trouble_of_theirs_is_unknown_for_what_acts_and_unavailable_for_what_reads() {
    for status in [408, 500, 502, 503] {
        for body in ["", "<html>", golden!("invalid")] {
            for operation in READS {
                assert_eq!(kind(operation, status, body), Kind::Unavailable { after: None });
            }
            for operation in ACTS {
                assert_eq!(kind(operation, status, body), Kind::OutcomeUnknown);
            }
        }
    }
}

/// A page of whatever stands before their API is not their word.
#[test]
fn i1_a_refusal_in_somebody_elses_words_is_none() {
    for status in [400, 403, 404, 409, 413, 422] {
        for body in ["", "<html>Forbidden</html>", "{}", "[]", r#"{"message": "lower case"}"#] {
            for operation in READS.into_iter().chain(ACTS) {
                assert_eq!(kind(operation, status, body), Kind::Unreadable, "{status} {body}");
            }
        }
    }
}

fn refusal(operation: Op, status: u16, body: &str) -> (RefusalCode, Option<String>, Option<String>) {
    match kind(operation, status, body) {
        Kind::Refused(one) => (one.code, one.pointer, one.message.map(|text| text.to_string())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_what_is_forbidden_is_told_in_their_words() {
    let said = |status| refusal(Op::Create, status, r#"{"Message": "Sold out."}"#).2;
    assert_eq!(said(403).as_deref(), Some("Sold out."));
    assert_eq!((said(400), said(409), said(413)), (None, None, None));
}

/// Their details are for developers: a stack trace, and what was sent.
#[test]
fn i11_details_are_never_told() {
    let body = r#"{"Message": "No.", "Details": "hiro@snow.com at Mews.Api"}"#;
    let told = format!("{:?}", kind(Op::Create, 403, body));
    assert!(!told.contains("hiro") && !told.contains("Mews.Api"), "{told}");
}

#[test]
fn the_first_reservation_that_is_gone_is_pointed_at() {
    let gone = |indexes: &str| {
        let body = format!(r#"{{"Message": "Gone.", "ExceedingReservationIndexes": {indexes}}}"#);
        [400, 403].map(|status| refusal(Op::Create, status, &body)).map(|(code, pointer, _)| (code, pointer))
    };
    let third = Some("/options/mews/reservations/2".to_owned());
    assert_eq!(
        gone("[2, 3]"),
        [(RefusalCode::InvalidField, third.clone()), (RefusalCode::InvalidField, third)]
    );
    for odd in ["[]", "null", "[-1]", "[\"2\"]", "{}", "2"] {
        assert_eq!(gone(odd), [(RefusalCode::InvalidField, None), (RefusalCode::Other, None)], "{odd}");
    }
}

#[test]
fn too_many_requests_wait_as_told_or_as_planned() {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut headers = HeaderMap::new();
    let after = |headers: HeaderMap| kind_of(Op::Fetch, &Answer { status, headers, body: Vec::new() });
    assert_eq!(after(headers.clone()), Kind::Unavailable { after: None });
    headers.insert("retry-after", "12".parse().unwrap());
    assert_eq!(after(headers), Kind::Unavailable { after: Some(Duration::from_secs(12)) });
}
