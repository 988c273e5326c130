//! Proofs that were worked out with other tools, and what exactly they cover.

use super::messages::{DATE, SIGNATURE};
use super::{BASE, adapter, payment_id};
use crate::conformance::{Message, Place};
use bellhop_domain::notification::VerifyError;
use serde_json::{Value, json};

/// The documentation's example, signed by
/// `openssl dgst -sha256 -hmac webhook_test_current -binary | base64`.
fn documented() -> Message {
    let message = Message { path: "/v1/webhook-listener".to_owned(), ..Message::bare() };
    let message = message.filled(r#"{"id": 1, "state": "done"}"#);
    let message = message.with(SIGNATURE, &["wtPuVaVtoa5s+wWQ32t34vQYTK0cHqNfVhBU2WY8OFo="]);
    message.with(DATE, &["2022-06-27T11:08:52.577831Z"])
}

/// Signed with Python's `hmac` and the secret before the current one, for the path as they call it.
fn behind_a_stage() -> Message {
    let message = Message { path: "/webhooks/powens/harbour".to_owned(), ..Message::bare() };
    let message = message.filled(r#"{"id":1975}"#);
    let message = message.with(SIGNATURE, &["g79vavoo1yYHpVqHZiAc2tB2QsdYJ4NAyVvDUVvKyec="]);
    message.with(DATE, &["2026-11-20T12:00:00.000001Z"])
}

fn settings(path: Option<&str>) -> Value {
    match path {
        Some(path) => json!({"base_url": BASE, "webhook_path": path}),
        None => json!({"base_url": BASE}),
    }
}

#[test]
fn the_documented_proof_holds_years_later() {
    let found = documented().read(&adapter(&settings(None))).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].payment.as_str(), found[0].session), ("1", None));
}

#[test]
fn the_proof_covers_the_path_as_they_call_it() {
    let public = adapter(&settings(Some("/prod/webhooks/powens/harbour")));
    assert_eq!(behind_a_stage().read(&public).unwrap()[0].payment, payment_id());
    let bare = adapter(&settings(None));
    assert_eq!(behind_a_stage().read(&bare), Err(VerifyError::BadProof));
}

#[test]
fn another_method_path_or_date_breaks_the_proof() {
    let provider = adapter(&settings(None));
    let get = Message { method: "GET", ..documented() };
    let elsewhere = Message { path: "/v1/webhook-listener/".to_owned(), ..documented() };
    let redated = documented().with(DATE, &["2022-06-27T11:08:52.577832Z"]);
    let moved = documented().with(DATE, &["2022-06-27T11:08:52.577831Z.x"]);
    for other in [get, elsewhere, redated, moved] {
        assert_eq!(other.read(&provider), Err(VerifyError::BadProof), "{other:?}");
    }
}

#[test]
fn a_proof_in_another_alphabet_is_none() {
    let provider = adapter(&settings(None));
    let hex = "c2d3ee55a56da1ae6cfb0590df6b77e2f4184cad1c1ea35f561054d9663c385a";
    let url_safe = "wtPuVaVtoa5s-wWQ32t34vQYTK0cHqNfVhBU2WY8OFo=";
    let unpadded = "wtPuVaVtoa5s+wWQ32t34vQYTK0cHqNfVhBU2WY8OFo";
    for odd in [hex, url_safe, unpadded] {
        let message = documented().with(SIGNATURE, &[odd]);
        assert_eq!(message.read(&provider), Err(VerifyError::BadProof), "{odd}");
    }
}

/// A query is not known to be covered by the proof, so nothing is read from it.
#[test]
fn a_query_says_nothing() {
    let provider = adapter(&settings(None));
    let asked = documented().with(Place::Query("id"), &["7"]);
    assert_eq!(asked.read(&provider), documented().read(&provider));
}
