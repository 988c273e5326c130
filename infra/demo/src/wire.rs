//! The API's JSON, as far as the site reads it. Fields that it does not know are passed over.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the site asks for: `POST /v1/sessions`.
#[derive(Debug, Serialize)]
pub struct NewSession<'a> {
    /// Who takes the money.
    pub provider: &'a str,
    /// The price.
    pub amount: Amount,
    /// The booking.
    pub reference: &'a str,
    /// What the payer is told.
    pub description: &'a str,
    /// Where the payer comes back to.
    pub return_url: String,
    /// Ours: the room.
    pub metadata: BTreeMap<&'a str, &'a str>,
    /// What differs from provider to provider: `payer`, `locale`, `capture`, and `options` under its name.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// An amount in minor units.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Amount {
    /// Such as pence of a pound.
    pub value: u64,
    /// ISO 4217.
    pub currency: String,
}

/// A session.
#[derive(Debug, Clone, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Its status; new words may come.
    pub status: String,
    /// Nothing more will happen: the one thing to rely on behind an unknown status.
    pub finished: bool,
    /// Who takes the money.
    #[serde(default)]
    pub provider: String,
    /// The price.
    pub amount: Amount,
    /// Held and not taken, in minor units.
    #[serde(default)]
    pub authorized: u64,
    /// Taken, in minor units.
    #[serde(default)]
    pub captured: u64,
    /// Given back, in minor units.
    #[serde(default)]
    pub refunded: u64,
    /// The booking.
    pub reference: String,
    /// What is paid for.
    pub description: String,
    /// Where the payer pays.
    pub pay_url: Option<String>,
    /// Until when the payer may pay, RFC 3339.
    pub expires_at: String,
    /// Money came after the end.
    #[serde(default)]
    pub paid_late: bool,
    /// The payments made for it, where they were asked for.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
    /// Its history, where it was asked for.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// One payment at a provider.
#[derive(Debug, Clone, Deserialize)]
pub struct Attempt {
    /// Its id.
    pub id: String,
    /// Its status.
    pub status: String,
    /// The provider's id.
    pub provider_payment_id: Option<String>,
    /// Why it did not work.
    pub failure: Option<Failure>,
}

/// Why an attempt did not work.
#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    /// In one word.
    pub code: String,
}

/// One line of a session's history.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// Its number, from 1.
    pub sequence: u64,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status after it.
    pub status: String,
    /// What made the service look.
    #[serde(default)]
    pub cause: String,
    /// When, RFC 3339.
    #[serde(rename = "created_at")]
    pub at: String,
}

/// A list of sessions, oldest first.
#[derive(Debug, Deserialize)]
pub struct List {
    /// The sessions.
    pub data: Vec<Session>,
}

/// What went wrong (RFC 9457).
#[derive(Debug, Clone, Deserialize)]
pub struct Problem {
    /// In one word.
    #[serde(default)]
    pub code: String,
    /// In a few.
    pub title: String,
    /// In a sentence.
    #[serde(default)]
    pub detail: String,
    /// The HTTP status.
    pub status: u16,
    /// The fields that are wrong.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What support asks for.
    #[serde(default)]
    pub request_id: String,
    /// Where the way out is.
    #[serde(default, rename = "_links")]
    pub links: BTreeMap<String, Link>,
}

/// A field that is wrong.
#[derive(Debug, Clone, Deserialize)]
pub struct FieldError {
    /// Which: a JSON pointer.
    pub pointer: String,
    /// What is wrong with it.
    pub detail: String,
}

/// A link.
#[derive(Debug, Clone, Deserialize)]
pub struct Link {
    /// Where to.
    pub href: String,
}

impl Problem {
    /// The session that stands in the way, by the link to it.
    pub fn session_id(&self) -> Option<&str> {
        let href = &self.links.get("session")?.href;
        let id = href.rsplit('/').next()?;
        let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        (id.starts_with("ses_") && id.bytes().all(fine)).then_some(id)
    }

    /// The first call for this booking is still at work: ask again in a moment.
    pub fn is_in_flight(&self) -> bool {
        self.status == 409 && self.code == "request_in_flight"
    }

    /// The booking has a session already.
    pub fn is_taken(&self) -> bool {
        self.status == 409 && !self.is_in_flight()
    }
}
