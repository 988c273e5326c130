//! Which webhook messages are believed, and what they say.

use super::{CURRENT, ID, PREVIOUS, adapter, golden, session};
use crate::govuk_pay::GovukPay;
use bellhop_domain::Timestamp;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError, verify};
use data_encoding::HEXLOWER;
use ring::hmac;
use serde_json::{Value, json};

fn tag(secret: &str, body: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::sign(&key, body.as_bytes()).as_ref().to_vec()
}

fn header(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

pub(super) fn signed(secret: &str, body: &str) -> (String, String) {
    header("Pay-Signature", HEXLOWER.encode(&tag(secret, body)))
}

fn read_with(
    provider: &GovukPay,
    headers: &[(String, String)],
    body: &str,
) -> Result<Vec<Notification>, VerifyError> {
    let raw = RawNotification {
        method: "POST",
        path: "/webhooks/govuk_pay/harbour",
        query: "",
        headers,
        body: body.as_bytes(),
    };
    let verified = verify(provider, &raw, Timestamp::UNIX_EPOCH)?;
    Ok(verified.iter().map(|one| one.get().clone()).collect())
}

fn read(headers: &[(String, String)], body: &str) -> Result<Vec<Notification>, VerifyError> {
    read_with(&adapter(&json!({})), headers, body)
}

fn of_message(message: &Value) -> Result<Vec<Notification>, VerifyError> {
    let body = message.to_string();
    read(&[signed(CURRENT, &body)], &body)
}

#[test]
fn a_proven_message_names_its_payment_and_session() {
    for body in [golden!("webhook_captured"), golden!("webhook_declined")] {
        for secret in [CURRENT, PREVIOUS] {
            let found = read(&[signed(secret, body)], body).unwrap();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].payment.as_str(), ID);
            assert_eq!(found[0].session, Some(session()));
        }
    }
}

/// The proof of a known message, worked out with another tool:
/// `openssl dgst -sha256 -hmac webhook_test_current`.
#[test]
fn the_proof_is_plain_hmac_sha256_in_lower_case_hex() {
    let body = r#"{"resource_type":"dispute"}"#;
    let known = "2e494b43dddc5aac00e40566b6dd21234aca69f47623a9501bab53d1709d09b1";
    assert_eq!(read(&[header("pay-signature", known)], body), Ok(Vec::new()));
}

#[test]
fn unknown_events_are_still_a_look_and_other_resources_are_none() {
    let payment =
        |kind: &str, event: &str| json!({"resource_type": kind, "resource_id": ID, "event_type": event});
    for kind in ["payment", "PAYMENT", "Payment"] {
        assert_eq!(of_message(&payment(kind, "card_payment_new")).unwrap().len(), 1);
    }
    assert_eq!(of_message(&payment("dispute", "dispute_created")), Ok(Vec::new()));
    assert_eq!(of_message(&json!({"resource_type": "agreement"})), Ok(Vec::new()));
}

#[test]
fn a_session_that_is_not_ours_is_no_session() {
    for odd in [json!("ses_nonsense"), json!(7), json!({"a": 1})] {
        let resource = json!({"metadata": {"bellhop_session": odd}});
        let message = json!({"resource_type": "payment", "resource_id": ID, "resource": resource});
        assert_eq!(of_message(&message).unwrap()[0].session, None);
    }
    let bare = json!({"resource_type": "payment", "resource_id": ID, "resource": null});
    assert_eq!(of_message(&bare).unwrap()[0].session, None);
}

#[test]
fn a_proven_message_that_makes_no_sense_is_unreadable() {
    let rows = [
        (json!([]), "body"),
        (json!({"resource_id": ID}), "body"),
        (json!({"resource_type": 1, "resource_id": ID}), "body"),
        (json!({"resource_type": "payment"}), "resource_id"),
        (json!({"resource_type": "payment", "resource_id": ""}), "resource_id"),
        (json!({"resource_type": "payment", "resource_id": "../x"}), "resource_id"),
    ];
    for (message, what) in rows {
        assert_eq!(of_message(&message), Err(VerifyError::Unreadable(what)), "{message}");
    }
    let body = "<html>";
    let found = read(&[signed(CURRENT, body)], body);
    assert_eq!(found, Err(VerifyError::Unreadable("body")));
}
