//! Mews' webhook messages, for the suite.

use super::{CURRENT, PAYMENT, PREVIOUS, golden, secret};
use crate::conformance::{Ability, Covers, Message, Notify, Place, Signer};
use serde_json::{Value, json};

/// What is known of webhook messages.
pub(super) fn notify() -> Notify {
    Notify {
        about: |payment, _session| about(payment),
        sign,
        proofs: vec![Place::Path],
        covers: Covers::Nothing("the secret in our address is all they have to show"),
        hints: Ability::Lacks("a message holds ids of theirs alone"),
        previous: Ability::Has(()),
        elsewhere: Ability::Has(vec![
            sent(&golden!("webhook").replace("PaymentUpdated", "MessageAdded")),
            sent(&golden!("webhook").replace("PaymentUpdated", "PaymentRequestUpdated")),
            sent(r#"{"Events": []}"#),
            sent(r#"{"Events": [{"Discriminator": "OfTomorrow"}]}"#),
        ]),
        unset: Ability::Has(with_secrets(json!([]))),
        blank: vec![with_secrets(json!([""])), with_secrets(json!([CURRENT, " ".repeat(20)]))],
    }
}

/// The whole secret with other webhook secrets.
pub(super) fn with_secrets(webhook_secrets: Value) -> Value {
    let mut secret = secret();
    secret["webhook_secrets"] = webhook_secrets;
    secret
}

/// A message as it is sent, but for the last step of the address.
pub(super) fn sent(body: &str) -> Message {
    Message { path: "/webhooks/mews/harbour/none".to_owned(), ..Message::bare() }.filled(body)
}

fn about(payment: &str) -> Message {
    sent(&golden!("webhook").replace(&format!("\"{PAYMENT}\""), &json!(payment).to_string()))
}

pub(super) fn sign(message: Message, signer: Signer) -> Message {
    let secret = match signer {
        Signer::Current => CURRENT,
        Signer::Previous => PREVIOUS,
        Signer::Stranger => "webhook-other-0123456789",
        Signer::Nobody => "",
    };
    message.with(Place::Path, &[secret])
}
