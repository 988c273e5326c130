//! Bank 131's JSON (docs, "Objects", "Methods" and "Webhooks"). Unknown fields are let through.
//!
//! Their side is PHP, which writes an empty object as `[]`: what may be empty is read as a [`Value`].

use bellhop_domain::money::Money;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where our ids stand in the metadata.
pub(super) const SESSION_KEY: &str = "bellhop_session";
/// Likewise the attempt's.
pub(super) const ATTEMPT_KEY: &str = "bellhop_attempt";
/// Likewise the booking's reference.
pub(super) const REFERENCE_KEY: &str = "bellhop_reference";
/// Likewise what the customer was called.
pub(super) const CUSTOMER_KEY: &str = "bellhop_customer";
/// Likewise which way in was taken.
pub(super) const FLOW_KEY: &str = "bellhop_flow";

/// The body of `session/create`, `session/init/payment` and `session/start/payment`.
#[derive(Serialize)]
pub(super) struct NewPayment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_details: Option<&'a Value>,
    pub amount_details: AmountDetails,
    pub customer: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_options: Option<PaymentOptions<'a>>,
    pub metadata: Map<String, Value>,
}

/// `payment_options`.
#[derive(Serialize)]
pub(super) struct PaymentOptions<'a> {
    pub return_url: &'a str,
}

/// The body of `session/capture` and `session/refund`; of others without an amount.
#[derive(Serialize)]
pub(super) struct OfSession<'a> {
    pub session_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_details: Option<AmountDetails>,
}

/// The body of `token`.
#[derive(Serialize)]
pub(super) struct NewToken<'a> {
    pub acquiring_widget: AcquiringWidget<'a>,
}

/// `acquiring_widget`. Both ways back lead to our landing, which asks the bank what happened.
#[derive(Serialize)]
pub(super) struct AcquiringWidget<'a> {
    pub session_id: &'a str,
    pub success_return_url: &'a str,
    pub failure_return_url: &'a str,
}

/// An amount in minor units, its currency in lower case.
#[derive(Serialize, Deserialize)]
pub(super) struct AmountDetails {
    pub amount: u64,
    pub currency: String,
}

/// Any answer.
#[derive(Deserialize)]
pub(super) struct Envelope {
    pub status: Option<String>,
    pub session: Option<Session>,
    /// Whoever has it can pay this session, once and within a day.
    pub public_token: Option<SecretString>,
}

/// The half of an answer that says why not. `description` is not read: it may repeat what was sent.
#[derive(Deserialize)]
pub(super) struct Refused {
    pub error: ErrorBody,
}

/// `error` of an answer.
#[derive(Deserialize)]
pub(super) struct ErrorBody {
    pub code: String,
}

/// A session.
#[derive(Deserialize)]
pub(super) struct Session {
    pub id: String,
    pub status: String,
    pub next_action: Option<String>,
    /// Version 2's name.
    payment_list: Option<Vec<Payment>>,
    /// Version 1's name.
    acquiring_payments: Option<Vec<Payment>>,
    #[serde(default)]
    error: Value,
}

/// A payment within it.
#[derive(Deserialize)]
pub(super) struct Payment {
    pub status: String,
    pub amount_details: AmountDetails,
    #[serde(default)]
    amounts: Value,
    #[serde(default)]
    customer: Value,
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    pub customer_interaction: Value,
    refunds: Option<Vec<Refund>>,
    #[serde(default)]
    error: Value,
}

/// A refund of it, or a chargeback.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub id: String,
    pub status: String,
    pub amount_details: AmountDetails,
    #[serde(default)]
    pub created_at: String,
}

/// A webhook message: only what says where to look.
#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(rename = "type")]
    pub kind: String,
    pub session: Option<Named>,
}

/// The session of a message.
#[derive(Deserialize)]
pub(super) struct Named {
    pub id: String,
    #[serde(default)]
    payment_list: Value,
    #[serde(default)]
    acquiring_payments: Value,
}

impl Named {
    /// Our session, where a payment of it echoes it.
    pub fn ours(&self) -> Option<String> {
        let lists = [&self.payment_list, &self.acquiring_payments];
        let payments = lists.into_iter().filter_map(Value::as_array).flatten();
        payments.filter_map(|one| one.get("metadata")).find_map(|all| echoed(all, SESSION_KEY))
    }
}

impl AmountDetails {
    /// `money` as they write it.
    pub fn of(money: Money) -> Self {
        Self { amount: money.minor(), currency: money.currency().code().to_ascii_lowercase() }
    }

    /// The amount; `None` in a currency that ISO 4217 does not have.
    pub fn money(&self) -> Option<Money> {
        let currency = Money::currency_of(&self.currency.to_ascii_uppercase()).ok()?;
        Money::new(self.amount, currency).ok()
    }
}

impl Session {
    /// Its payments, whatever the version calls them.
    pub fn payments(&self) -> &[Payment] {
        let list = self.payment_list.as_deref().filter(|list| !list.is_empty());
        list.or(self.acquiring_payments.as_deref()).unwrap_or_default()
    }

    /// Why it ended.
    pub fn reason(&self) -> Option<&str> {
        self.error.get("code")?.as_str()
    }
}

impl Payment {
    /// Its refunds, as they stand there.
    pub fn refunds(&self) -> &[Refund] {
        self.refunds.as_deref().unwrap_or_default()
    }

    /// Why it failed.
    pub fn reason(&self) -> Option<&str> {
        self.error.get("code")?.as_str()
    }

    /// What its customer is called.
    pub fn customer(&self) -> Option<&str> {
        self.customer.get("reference")?.as_str()
    }

    /// What the payer was charged, where that is told.
    pub fn gross(&self) -> Option<AmountDetails> {
        AmountDetails::deserialize(self.amounts.get("gross")?).ok()
    }

    /// A text of ours that the metadata echoes.
    pub fn echoed(&self, key: &str) -> Option<String> {
        echoed(&self.metadata, key)
    }
}

/// A text of ours in metadata, which may come back as an object or as the text of one.
fn echoed(metadata: &Value, key: &str) -> Option<String> {
    let text = |all: &Value| all.get(key)?.as_str().map(str::to_owned);
    match metadata.as_str() {
        Some(written) => text(&serde_json::from_str(written).ok()?),
        None => text(metadata),
    }
}
