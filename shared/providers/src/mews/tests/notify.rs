//! The secret in our address, and what a proven message names.

use super::messages::{sent, sign};
use super::{CURRENT, PAYMENT, adapter, adapter_at, bare_secret, golden};
use crate::conformance::{Message, Signer};
use bellhop_domain::notification::VerifyError;
use serde_json::json;

fn at(path: &str) -> Message {
    Message { path: path.to_owned(), ..sent(golden!("webhook")) }
}

fn named(message: &Message) -> Result<Vec<String>, VerifyError> {
    let found = message.read(&adapter())?;
    Ok(found.into_iter().map(|one| one.payment.as_str().to_owned()).collect())
}

#[test]
fn only_payments_are_named() {
    assert_eq!(named(&sign(sent(golden!("webhook")), Signer::Current)), Ok(vec![PAYMENT.to_owned()]));
}

#[test]
fn a_stage_before_the_path_does_no_harm() {
    assert_eq!(named(&at(&format!("/prod/webhooks/mews/harbour/{CURRENT}"))).map(|all| all.len()), Ok(1));
}

#[test]
fn the_secret_of_one_account_opens_no_other() {
    for path in [
        format!("/webhooks/mews/haven/{CURRENT}"),
        format!("/webhooks/powens/harbour/{CURRENT}"),
        format!("/webhooks/mews/{CURRENT}"),
        format!("/webhooks/mews/harbour/{CURRENT}/"),
        format!("/{CURRENT}"),
        CURRENT.to_owned(),
        "/webhooks/mews/harbour".to_owned(),
        "/webhooks/mews/harbour/".to_owned(),
        String::new(),
    ] {
        assert_eq!(named(&at(&path)), Err(VerifyError::BadProof), "{path}");
    }
}

/// No content type is sent, and "Updated" comes with every "Added".
#[test]
fn hundreds_of_changes_name_each_payment_once() {
    let id = |number: usize| format!("{number:08}-edad-47f9-8348-acfb00b9f569");
    let event = |number| json!({"Discriminator": "PaymentUpdated", "Value": {"Id": id(number)}});
    let events: Vec<_> = (0..600).map(|number| event(number % 300)).collect();
    let message = sign(sent(&json!({"Events": events}).to_string()), Signer::Current);
    assert!(message.headers.is_empty());
    assert_eq!(named(&message), Ok((0..300).map(id).collect()));
}

#[test]
fn a_payment_without_a_proper_id_is_unreadable() {
    for value in [json!(null), json!({}), json!({"Id": 7}), json!({"Id": "21639c17"}), json!("x")] {
        let body = json!({"Events": [{"Discriminator": "PaymentUpdated", "Value": value}]});
        let message = sign(sent(&body.to_string()), Signer::Current);
        assert_eq!(named(&message), Err(VerifyError::Unreadable("Id")), "{body}");
    }
}

/// Nothing could be made of their ids, so nothing is kept for them.
#[test]
fn without_the_connector_a_proven_message_names_nothing() {
    let alone = adapter_at("https://api.mews.example", &bare_secret());
    assert_eq!(sign(sent(golden!("webhook")), Signer::Current).read(&alone), Ok(Vec::new()));
    let forged = sign(sent(golden!("webhook")), Signer::Stranger).read(&alone);
    assert_eq!(forged, Err(VerifyError::BadProof));
}
