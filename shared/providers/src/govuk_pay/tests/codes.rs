//! What every error answer means, by code and by call.

use crate::govuk_pay::errors::kind_of;
use crate::http::Answer;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, Refusal, RefusalCode};
use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
use serde_json::{Value, json};
use std::time::Duration;

use Operation::{Cancel, Capture, Create, Fetch, Lookup, Refund, Refunds};
use RefusalCode::{AccountNotAllowed, AmountChanged, InvalidField, Other, WrongState};

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: HeaderMap::new(),
        body: body.as_bytes().to_vec(),
    }
}

fn kind(operation: Operation, status: u16, body: &Value) -> Kind {
    kind_of(operation, &answer(status, &body.to_string()))
}

fn refused(code: RefusalCode, provider_code: &str, pointer: Option<&str>) -> Kind {
    Kind::Refused(Refusal {
        code,
        provider_code: provider_code.to_owned(),
        pointer: pointer.map(str::to_owned),
        message: None,
    })
}

/// `RequestError.java`, every code of the calls made here, with the status of its mapper.
#[test]
fn every_documented_refusal_has_its_word() {
    let rows = [
        (Create, 400, "P0101", InvalidField),
        (Create, 422, "P0102", InvalidField),
        (Create, 400, "P0104", InvalidField),
        (Create, 400, "P0105", InvalidField),
        (Create, 409, "P0191", Other),
        (Create, 422, "P0195", AccountNotAllowed),
        (Create, 422, "P0196", AccountNotAllowed),
        (Create, 400, "P0197", InvalidField),
        (Create, 500, "P0199", AccountNotAllowed),
        (Create, 422, "P0920", InvalidField),
        (Create, 400, "P0920", InvalidField),
        (Create, 403, "P0930", AccountNotAllowed),
        (Create, 403, "P0940", AccountNotAllowed),
        (Create, 403, "P0941", AccountNotAllowed),
        (Create, 422, "P0942", AccountNotAllowed),
        (Lookup, 422, "P0401", InvalidField),
        (Cancel, 400, "P0501", WrongState),
        (Cancel, 409, "P0502", WrongState),
        (Capture, 400, "P1001", WrongState),
        (Capture, 409, "P1003", WrongState),
        (Refund, 400, "P0601", InvalidField),
        (Refund, 422, "P0602", InvalidField),
        (Refund, 400, "P0603", WrongState),
        (Refund, 412, "P0604", AmountChanged),
        (Refund, 400, "P0697", InvalidField),
        (Refund, 403, "P0941", AccountNotAllowed),
        // Codes of calls that are not made here, and one of tomorrow.
        (Create, 402, "P0010", Other),
        (Create, 400, "P1211", Other),
        (Create, 400, "P2101", Other),
        (Create, 422, "P7777", Other),
    ];
    for (operation, status, code, wanted) in rows {
        let found = kind(operation, status, &json!({"code": code, "description": "words"}));
        assert_eq!(found, refused(wanted, code, None), "{code}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let rows = [
        (Fetch, "P0200"),
        (Fetch, "P0300"),
        (Lookup, "P0402"),
        (Cancel, "P0500"),
        (Refund, "P0600"),
        (Refunds, "P0700"),
        (Refunds, "P0800"),
        (Capture, "P1000"),
    ];
    for (operation, code) in rows {
        assert_eq!(kind(operation, 404, &json!({"code": code})), Kind::NotFound, "{code}");
    }
}

/// I1: after trouble at their side a payment may be there, so it is never just made again.
#[test]
fn i1_trouble_at_their_side_leaves_an_effect_unknown() {
    let rows = [
        (Create, "P0198"),
        (Cancel, "P0598"),
        (Refund, "P0698"),
        (Capture, "P1098"),
        (Create, "P0999"),
        (Create, "P0102"),
        (Create, "P7777"),
    ];
    for (operation, code) in rows {
        for status in [500, 502, 503, 504, 599] {
            assert_eq!(kind(operation, status, &json!({"code": code})), Kind::OutcomeUnknown, "{code}");
            assert_eq!(kind_of(operation, &answer(status, "<html>")), Kind::OutcomeUnknown);
        }
    }
    assert_eq!(kind(Create, 422, &json!({"code": "P0198"})), Kind::OutcomeUnknown);
}

#[test]
fn trouble_at_their_side_makes_a_read_unavailable() {
    let rows = [
        (Fetch, "P0298"),
        (Fetch, "P0398"),
        (Lookup, "P0498"),
        (Refunds, "P0798"),
        (Refunds, "P0898"),
        (Fetch, "P0999"),
    ];
    for (operation, code) in rows {
        let found = kind(operation, 500, &json!({"code": code}));
        assert_eq!(found, Kind::Unavailable { after: None }, "{code}");
    }
}

#[test]
fn a_refused_key_is_unauthorized_whatever_the_body() {
    for body in ["", "<html>Unauthorized", r#"{"code":"P0102"}"#, r#"{"code":401,"message":"x"}"#] {
        assert_eq!(kind_of(Create, &answer(401, body)), Kind::Unauthorized);
        assert_eq!(kind_of(Fetch, &answer(401, body)), Kind::Unauthorized);
    }
}

#[test]
fn too_many_requests_waits_as_long_as_it_is_told_to() {
    let rows = [
        (None, 1),
        (Some("7"), 7),
        (Some("0"), 0),
        (Some("86400"), 3600),
        (Some("soon"), 1),
        (Some("-1"), 1),
    ];
    for (header, seconds) in rows {
        let mut answer = answer(429, r#"{"code":"P0900","description":"Too many requests"}"#);
        if let Some(text) = header {
            answer.headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        }
        let after = Some(Duration::from_secs(seconds));
        assert_eq!(kind_of(Create, &answer), Kind::Unavailable { after }, "{header:?}");
    }
}

#[test]
fn an_answer_that_is_not_theirs_is_unreadable() {
    for status in [301, 302, 400, 403, 404, 408, 422] {
        for body in ["", "<html>blocked", "{}", "[]", r#"{"code":7}"#] {
            assert_eq!(kind_of(Create, &answer(status, body)), Kind::Unreadable, "{status} {body}");
            assert_eq!(kind_of(Fetch, &answer(status, body)), Kind::Unreadable, "{status} {body}");
        }
    }
}

#[test]
fn their_field_is_named_as_the_booking_site_wrote_it() {
    let details = "/options/govuk_pay/prefilled_cardholder_details";
    let line = |name: &str| Some(format!("{details}/billing_address/{name}"));
    let plain = |pointer: &str| Some(pointer.to_owned());
    let rows = [
        ("amount", plain("/amount/value")),
        ("reference", plain("/reference")),
        ("description", plain("/description")),
        ("metadata", plain("/metadata")),
        ("delayed_capture", plain("/capture")),
        ("language", plain("/options/govuk_pay/language")),
        ("email", plain("/options/govuk_pay/email")),
        ("cardholder_name", Some(format!("{details}/cardholder_name"))),
        ("line1", line("line1")),
        ("postcode", line("postcode")),
        ("country", line("country")),
        ("return_url", None),
    ];
    for (field, pointer) in rows {
        let found = kind(Create, 422, &json!({"code": "P0102", "field": field}));
        assert_eq!(found, refused(InvalidField, "P0102", pointer.as_deref()), "{field}");
    }
    let refund = kind(Refund, 422, &json!({"code": "P0602", "field": "amount"}));
    assert_eq!(refund, refused(InvalidField, "P0602", Some("/amount")));
}

/// I11: their words are cut to a code before they go anywhere.
#[test]
fn i11_a_code_is_made_safe() {
    let odd = format!("P01\n02<script>\u{1b}[31m{}", "x".repeat(100));
    let Kind::Refused(refusal) = kind(Create, 422, &json!({"code": odd})) else { panic!("a refusal") };
    assert_eq!(refusal.provider_code, format!("P0102script31m{}", "x".repeat(26)));
}
