//! Powens' JSON (docs, "Payments" and "Authentication"). Unknown fields are let through.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The answer to `POST /auth/token`. It names no life.
#[derive(Deserialize)]
pub(super) struct Token {
    pub token: SecretString,
}

/// The body of `POST /payments`.
#[derive(Serialize)]
pub(super) struct NewPayment<'a> {
    /// Without a query, and registered with the client.
    pub client_redirect_uri: &'a str,
    /// Comes back to our landing as `state`.
    pub client_state: &'a str,
    pub instructions: [NewInstruction<'a>; 1],
    pub payer_identity: &'a Value,
}

/// A line: one transfer.
#[derive(Serialize)]
pub(super) struct NewInstruction<'a> {
    pub label: &'a str,
    /// A decimal number in major units, never through a float.
    pub amount: Box<RawValue>,
    pub currency: &'static str,
    pub execution_date_type: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_date: Option<&'a Value>,
    pub reference_id: String,
    pub beneficiary: Value,
    pub beneficiary_identity: &'a Value,
}

/// A payment: the answer to create and get, and one of a list.
#[derive(Deserialize)]
pub(super) struct Payment {
    pub id: u64,
    pub state: String,
    pub error_code: Option<String>,
    pub instructions: Vec<Instruction>,
}

/// A line of it.
#[derive(Deserialize)]
pub(super) struct Instruction {
    pub reference_id: Option<String>,
    pub label: Option<String>,
    /// The day of a deferred transfer.
    pub execution_date: Option<String>,
    /// A number, such as `1.0000000000`.
    pub amount: Box<RawValue>,
    pub currency: CurrencyObject,
}

/// A currency goes in as a text and comes out as this.
#[derive(Deserialize)]
pub(super) struct CurrencyObject {
    pub id: String,
}

/// The answer to `GET /payments`; read one by one, so that one odd payment spoils no other.
#[derive(Deserialize)]
pub(super) struct List {
    pub payments: Vec<Box<RawValue>>,
}

/// The answer to `POST /payments/{id}/scopedtoken`: whoever has the token can pay this payment for seven days.
#[derive(Deserialize)]
pub(super) struct ScopedToken {
    pub token: SecretString,
    pub id_payment: u64,
}

/// An error body. `description` and `message` are not read: they may repeat what was sent.
#[derive(Deserialize)]
pub(super) struct RequestError {
    pub code: String,
}

/// A webhook message is the payment; only what says where to look is read.
#[derive(Deserialize)]
pub(super) struct Message {
    pub id: u64,
}
