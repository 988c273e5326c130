//! Requests that are right, and ways to change them.

use serde_json::{Value, json};

use crate::stage::{CLIENT, CLIENT_SECRET, RETURN};

/// A token request that is right, with some fields changed or, by null, taken away.
pub fn credentials(more: Value) -> Value {
    let right = json!({
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "scope": "payments:admin",
    });
    changed(right, more)
}

/// A create request that is right, with some fields of its instruction changed.
pub fn wish(more: Value) -> Value {
    let right = json!({
        "label": "Two nights, double room",
        "amount": "50.90",
        "currency": "EUR",
        "execution_date_type": "first_open_day",
        "reference_id": "RES-1",
        "beneficiary": {
            "scheme_name": "iban",
            "identification": "FR1420041010050500013M02606",
            "label": "ACME Corp.",
        },
        "beneficiary_identity": {
            "kind": "corporate",
            "org_name": "ACME Corp.",
            "org_legal_status": "SARL",
            "scheme_name": "siren",
            "identification": "012345678",
        },
    });
    wish_of(vec![changed(right, more)])
}

/// A create request of these instructions.
pub fn wish_of(instructions: Vec<Value>) -> Value {
    json!({
        "client_redirect_uri": RETURN,
        "client_state": "session 1",
        "instructions": instructions,
        "payer_identity": {
            "kind": "individual",
            "first_name": "Germaine",
            "last_name": "Michu",
            "birth_date": "1963-01-01",
            "birth_city": "Paris",
            "birth_country": "FR",
            "nationality": "French",
        },
    })
}

fn changed(mut right: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        right[name] = value.clone();
    }
    right
}
