//! Front's callbacks, for the suite and the tests of this adapter.

use super::{CURRENT, KEY, PREVIOUS};
use crate::conformance::{Ability, Covers, Message, Notify, Place, Signer};
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use serde_json::json;
use url::form_urlencoded::{Serializer, parse};

pub(super) const CHECKSUM: Place = Place::Query("checksum");

/// What is known of callbacks.
pub(super) fn notify() -> Notify {
    Notify {
        about: |payment, _| about(payment),
        sign: |message, signer| match signer {
            Signer::Current => signed(message, CURRENT),
            Signer::Previous => signed(message, PREVIOUS),
            Signer::Stranger => signed(message, "callback_test_other"),
            Signer::Nobody => signed(message, ""),
        },
        proofs: vec![CHECKSUM],
        covers: Covers::Query,
        hints: Ability::Lacks("a callback names the reservation alone"),
        previous: Ability::Has(()),
        elsewhere: Ability::Lacks("orders and reservations are named alike"),
        unset: Ability::Has(json!({"api_key": KEY, "webhook_secrets": []})),
        blank: vec![
            json!({"api_key": KEY, "webhook_secrets": [""]}),
            json!({"api_key": KEY, "webhook_secrets": [CURRENT, " "]}),
        ],
    }
}

/// A callback in the documented order, without its checksum.
pub(super) fn about(payment: &str) -> Message {
    let pairs = [
        ("orderUuid", payment),
        ("status", "Reserved"),
        ("paymentMethod", "Visa & Co."),
        ("amount", "145.00"),
        ("createdAt", "1795176000"),
        ("timestamp", "1795176001"),
    ];
    with_query(&Serializer::new(String::new()).extend_pairs(pairs).finish())
}

pub(super) fn with_query(query: &str) -> Message {
    Message { method: "GET", query: query.to_owned(), ..Message::bare() }
}

/// SHA-256 of everything that came and the secret.
pub(super) fn signed(message: Message, secret: &str) -> Message {
    let values = parse(message.query.as_bytes()).filter(|(name, _)| name != "checksum");
    let text: String = values.map(|(_, value)| value.into_owned()).collect();
    message.with(CHECKSUM, &[&sum(&(text + secret))])
}

pub(super) fn sum(text: &str) -> String {
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}
