//! Webhook messages, for the suite.

use super::{golden, key, secret};
use crate::bank131::keys::SigningKey;
use crate::conformance::{Ability, Covers, Message, Notify, Place, Signer};
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

pub(super) const SIGN: Place = Place::Header("X-PARTNER-SIGN");

/// What is known of webhook messages.
pub(super) fn notify() -> Notify {
    let other = |body: Value| Message { body: body.to_string().into(), ..Message::bare() };
    Notify {
        about,
        sign,
        proofs: vec![SIGN],
        covers: Covers::Body,
        hints: Ability::Has(()),
        previous: Ability::Has(()),
        elsewhere: Ability::Has(vec![
            other(json!({"type": "passport_verified"})),
            other(json!({"type": "of_tomorrow", "session": null})),
        ]),
        unset: Ability::Has(with_keys(json!([]))),
        blank: vec![with_keys(json!([""])), with_keys(json!([key!("bank.pub"), " "]))],
    }
}

/// The whole secret with other keys of the bank.
pub(super) fn with_keys(keys: Value) -> Value {
    let mut secret = secret();
    secret["bank_public_keys"] = keys;
    secret
}

fn about(payment: &str, session: &str) -> Message {
    let mut body: Value = serde_json::from_str(golden!("webhook_finished")).unwrap();
    body["session"]["id"] = payment.into();
    body["session"]["payment_list"][0]["metadata"]["bellhop_session"] = session.into();
    Message { body: body.to_string().into_bytes(), ..Message::bare() }
}

/// The key of this text.
pub(super) fn signing(pem: &str) -> SigningKey {
    SigningKey::read(&pem.into()).unwrap()
}

pub(super) fn sign(message: Message, signer: Signer) -> Message {
    let pem = match signer {
        Signer::Current => key!("bank"),
        Signer::Previous => key!("bank_before"),
        Signer::Stranger => key!("stranger"),
        // A hash that no key was used on.
        Signer::Nobody => {
            let hash = BASE64.encode(digest(&SHA256, &message.body).as_ref());
            return message.with(SIGN, &[&hash]);
        }
    };
    let signature = signing(pem).sign(&message.body).unwrap();
    message.with(SIGN, &[&signature])
}
