//! Requests that are right, ways to change them, and how a partner signs them.

use bellhop_simulators::bank131::TEST_ONLY_PARTNER_PRIVATE_KEY;
use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::RETURN;

/// What `session/create` and `session/init/payment` need, with some fields changed or, by null, taken away.
pub fn wish(more: Value) -> Value {
    let mut wish = json!({
        "customer": {"reference": "BOOKING-1", "contacts": [{"email": "ada@example.org"}]},
        "amount_details": {"amount": 10000, "currency": "rub"},
        "metadata": "order 1",
    });
    for (name, value) in more.as_object().unwrap() {
        wish[name] = value.clone();
    }
    wish
}

/// `payment_details` of a stored card.
pub fn stored(token: &str) -> Value {
    json!({"type": "card", "card": {"type": "tokenized_card", "tokenized_card": {"token": token}}})
}

/// A payment in one call, with a stored card.
pub fn at_once(token: &str) -> Value {
    wish(json!({"payment_details": stored(token), "payment_options": {"return_url": RETURN}}))
}

/// A session's id.
pub fn id(session: &Value) -> String {
    session["id"].as_str().unwrap().to_owned()
}

/// The signature of a body, as the partner makes it.
pub fn signed(body: &str) -> String {
    let der: String = TEST_ONLY_PARTNER_PRIVATE_KEY.lines().filter(|line| !line.starts_with('-')).collect();
    let pair = RsaKeyPair::from_pkcs8(&BASE64.decode(der.as_bytes()).unwrap()).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body.as_bytes(), &mut signature).unwrap();
    BASE64.encode(&signature)
}

/// Insists on an error answer with this status and code.
pub fn refuses(answer: &Answer, (status, code): (u16, &str), case: &dyn std::fmt::Display) {
    assert_eq!(answer.status, status, "{case}: {}", answer.body);
    let body = answer.json();
    assert_eq!((&body["status"], &body["error"]["code"]), (&json!("error"), &json!(code)), "{case}");
    assert!(body["error"]["description"].is_string(), "{case}");
}
