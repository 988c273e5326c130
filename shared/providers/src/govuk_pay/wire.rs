//! GOV.UK Pay's JSON, as `openapi/publicapi_spec.json` of alphagov/pay-publicapi describes it.
//!
//! Unknown fields are let through: they add some without notice (docs, "API versioning").

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where our ids stand in a payment's metadata.
pub(super) const SESSION_KEY: &str = "bellhop_session";
/// Likewise the attempt's.
pub(super) const ATTEMPT_KEY: &str = "bellhop_attempt";

/// The body of `POST /v1/payments`. An expiry of our own cannot be asked for.
#[derive(Serialize)]
pub(super) struct NewPayment<'a> {
    pub amount: u64,
    pub reference: &'a str,
    pub description: &'a str,
    pub return_url: &'a str,
    pub delayed_capture: bool,
    pub language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<&'a str>,
    pub metadata: Map<String, Value>,
    #[serde(skip_serializing_if = "is_empty")]
    pub prefilled_cardholder_details: &'a Map<String, Value>,
}

/// A payment: the answer to create and get, and a result of a search.
#[derive(Deserialize)]
pub(super) struct Payment {
    pub payment_id: String,
    /// Pence. Not an integer, or negative: unreadable.
    pub amount: u64,
    /// Pence with the corporate card surcharge; only there when there is one.
    pub total_amount: Option<u64>,
    pub reference: String,
    pub state: State,
    pub metadata: Option<Map<String, Value>>,
    pub refund_summary: Option<RefundSummary>,
    pub settlement_summary: Option<SettlementSummary>,
    #[serde(default)]
    pub created_date: String,
    #[serde(rename = "_links")]
    pub links: Option<Links>,
}

/// `state`: the word, and why for some.
#[derive(Deserialize)]
pub(super) struct State {
    pub status: String,
    pub code: Option<String>,
}

/// `refund_summary`; `amount_submitted` counts refunds that are under way or done.
#[derive(Deserialize)]
pub(super) struct RefundSummary {
    #[serde(default)]
    pub amount_submitted: u64,
}

/// `settlement_summary`; the date stands there once the card's bank has paid.
#[derive(Deserialize)]
pub(super) struct SettlementSummary {
    pub captured_date: Option<String>,
}

/// `_links`; only what a payer is sent to.
#[derive(Deserialize)]
pub(super) struct Links {
    pub next_url: Option<Link>,
}

/// A link.
#[derive(Deserialize)]
pub(super) struct Link {
    pub href: String,
}

/// The answer to a search; results are read one by one, so that one odd payment spoils no other.
#[derive(Deserialize)]
pub(super) struct SearchResults {
    pub results: Vec<Value>,
}

/// The body of `POST /v1/payments/{id}/refunds`.
#[derive(Serialize)]
pub(super) struct NewRefund {
    pub amount: u64,
    pub refund_amount_available: u64,
}

/// A refund.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub refund_id: String,
    pub amount: u64,
    pub status: String,
    #[serde(default)]
    pub created_date: String,
}

/// The answer to `GET /v1/payments/{id}/refunds`.
#[derive(Deserialize)]
pub(super) struct RefundList {
    #[serde(rename = "_embedded")]
    pub embedded: EmbeddedRefunds,
}

/// `_embedded` of a list of refunds.
#[derive(Deserialize)]
pub(super) struct EmbeddedRefunds {
    pub refunds: Vec<Refund>,
}

/// An error body. `description` is not read: it repeats what was sent.
#[derive(Deserialize)]
pub(super) struct RequestError {
    pub code: String,
    pub field: Option<String>,
}

/// A webhook message: only what says where to look.
#[derive(Deserialize)]
pub(super) struct Message {
    pub resource_type: String,
    pub resource_id: Option<String>,
    pub resource: Option<Value>,
}

impl Payment {
    /// A text of ours that the payment's metadata echoes.
    pub fn echoed(&self, key: &str) -> Option<&str> {
        self.metadata.as_ref()?.get(key)?.as_str()
    }
}

fn is_empty(map: &&Map<String, Value>) -> bool {
    map.is_empty()
}
