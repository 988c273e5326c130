//! GOV.UK Pay's webhook messages, for the suite.

use super::notify::signed;
use super::{CURRENT, KEY, PREVIOUS, golden};
use crate::conformance::{Ability, Covers, Message, Notify, Place, Signer, patched};
use serde_json::json;

/// What is known of webhook messages.
pub(super) fn notify() -> Notify {
    let other = |kind: &str| Message {
        body: json!({"resource_type": kind, "resource_id": "x"}).to_string().into(),
        ..Message::bare()
    };
    Notify {
        about: |payment, session| {
            let resource = json!({"metadata": {"bellhop_session": session}});
            let patch = json!({"resource_id": payment, "resource": resource});
            let body = patched(golden!("webhook_captured"), &patch).into_bytes();
            Message { body, ..Message::bare() }
        },
        sign,
        proofs: vec![Place::Header("Pay-Signature")],
        covers: Covers::Body,
        hints: Ability::Has(()),
        previous: Ability::Has(()),
        elsewhere: Ability::Has(vec![other("dispute"), other("agreement")]),
        unset: Ability::Has(json!({"api_key": KEY, "webhook_secrets": []})),
        blank: vec![
            json!({"api_key": KEY, "webhook_secrets": [""]}),
            json!({"api_key": KEY, "webhook_secrets": [CURRENT, " "]}),
        ],
    }
}

pub(super) fn sign(message: Message, signer: Signer) -> Message {
    let secret = match signer {
        Signer::Current => CURRENT,
        Signer::Previous => PREVIOUS,
        Signer::Stranger => "webhook_test_other",
        Signer::Nobody => "",
    };
    let body = std::str::from_utf8(&message.body).unwrap();
    let (_, hex) = signed(secret, body);
    message.with(Place::Header("Pay-Signature"), &[&hex])
}
