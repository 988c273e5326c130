//! Powens' webhook messages, for the suite.

use super::{CURRENT, PREVIOUS, golden, secret};
use crate::conformance::{Ability, Covers, Message, Notify, Place, Signer};
use data_encoding::BASE64;
use ring::hmac;
use serde_json::{Value, json};

pub(super) const SIGNATURE: Place = Place::Header("BI-Signature");
pub(super) const DATE: Place = Place::Header("BI-Signature-Date");
const SENT_AT: &str = "2026-11-20T12:00:00.577831Z";

/// What is known of webhook messages.
pub(super) fn notify() -> Notify {
    Notify {
        about: |payment, _session| about(payment),
        sign,
        proofs: vec![SIGNATURE, DATE],
        covers: Covers::Body,
        hints: Ability::Lacks("a payment echoes no session"),
        previous: Ability::Has(()),
        elsewhere: Ability::Lacks("only the one event is registered, and its message is the payment"),
        unset: Ability::Has(with_secrets(json!([]))),
        blank: vec![with_secrets(json!([""])), with_secrets(json!([CURRENT, " "]))],
    }
}

/// The whole secret with other webhook secrets.
pub(super) fn with_secrets(webhook_secrets: Value) -> Value {
    let mut secret = secret();
    secret["webhook_secrets"] = webhook_secrets;
    secret
}

/// The id as a number, or as the text that it is where it is none.
pub(super) fn id_of(payment: &str) -> String {
    payment.parse::<u64>().map_or_else(|_| json!(payment).to_string(), |id| id.to_string())
}

fn about(payment: &str) -> Message {
    let id = format!("\"id\": {},", id_of(payment));
    let body = golden!("webhook").replace("\"id\": 1975,", &id).into_bytes();
    Message { body, ..Message::bare() }
}

fn sign(message: Message, signer: Signer) -> Message {
    let secret = match signer {
        Signer::Current => CURRENT,
        Signer::Previous => PREVIOUS,
        Signer::Stranger => "webhook_test_other",
        Signer::Nobody => "",
    };
    let head = format!("{}.{}.{SENT_AT}.", message.method, message.path);
    let signed = [head.as_bytes(), message.body.as_slice()].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = BASE64.encode(hmac::sign(&key, &signed).as_ref());
    message.with(SIGNATURE, &[&tag]).with(DATE, &[SENT_AT])
}
