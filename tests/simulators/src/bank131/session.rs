//! A session and its whole history.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::payment::{Payment, Trouble};
use super::wish::{WidgetWish, Wish};
use super::words::{SessionStatus, Stage, Version};
use crate::clock::rfc3339;

/// `[SG]` PROVIDERS §5.2: a public token lives 24 hours.
const TOKEN_MS: i64 = 86_400_000;

/// `created`, `updated` and `finished` are microseconds since the epoch; other times are milliseconds.
#[derive(Clone, Deserialize, Serialize)]
pub struct Session {
    pub id: String,
    pub version: Version,
    pub status: SessionStatus,
    pub created: i64,
    pub updated: i64,
    pub finished: Option<i64>,
    pub wish: Wish,
    pub stage: Stage,
    /// When time does something to it.
    pub deadline: Option<i64>,
    pub payment: Option<Payment>,
    pub error: Option<Trouble>,
    pub tokens: Vec<PublicToken>,
    /// The widget that the payer used.
    pub widget: Option<WidgetWish>,
    /// `[doc]` `session/init/payment/sync` sends no webhooks.
    pub silent: bool,
    /// What a test changes on the way from the session to its payment.
    pub in_flight: InFlight,
    /// Calls that had an effect.
    pub confirms: u32,
    pub cancels: u32,
    pub captures: u32,
    pub idempotency_key: Option<String>,
    pub history: Vec<Value>,
}

/// Another amount or reference than was asked for.
#[derive(Clone, Default, Deserialize, Serialize)]
pub struct InFlight {
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub reference: Option<String>,
}

/// A token for the widget. `[SG]` PROVIDERS §5.2: for one operation.
#[derive(Clone, Deserialize, Serialize)]
pub struct PublicToken {
    pub value: String,
    pub widget: WidgetWish,
    pub issued: i64,
    pub used: bool,
}

impl PublicToken {
    /// Whether the widget takes it.
    pub fn is_good(&self, now: i64) -> bool {
        !self.used && now < self.expires()
    }

    /// When it stops to be good.
    pub fn expires(&self) -> i64 {
        self.issued + TOKEN_MS
    }
}

impl Session {
    /// A new session in `created`.
    pub fn new(id: String, version: Version, wish: Wish, now: i64) -> Self {
        let mut session = Self {
            id,
            version,
            status: SessionStatus::Created,
            created: now * 1000,
            updated: now * 1000,
            finished: None,
            wish,
            stage: Stage::Open,
            deadline: None,
            payment: None,
            error: None,
            tokens: Vec::new(),
            widget: None,
            silent: false,
            in_flight: InFlight::default(),
            confirms: 0,
            cancels: 0,
            captures: 0,
            idempotency_key: None,
            history: Vec::new(),
        };
        session.note(now, "created", json!({}));
        session
    }

    /// Appends to the history: what happened, the details, and the money after it. Nothing is ever taken out.
    pub fn note(&mut self, now: i64, what: &str, details: Value) {
        let payment = self.payment.as_ref();
        let mut entry = Map::new();
        entry.insert("at".to_owned(), json!(rfc3339(now)));
        entry.insert("what".to_owned(), json!(what));
        if let Value::Object(details) = details {
            entry.extend(details);
        }
        entry.insert("authorized".to_owned(), json!(payment.map_or(0, |payment| payment.authorized)));
        entry.insert("captured".to_owned(), json!(payment.map_or(0, |payment| payment.captured)));
        self.history.push(Value::Object(entry));
    }

    /// Moves `updated_at` on: never the same twice, however frozen the clock.
    pub fn touch(&mut self, now: i64) {
        self.updated = (now * 1000).max(self.updated + 1);
    }

    /// The partner's reference.
    pub fn reference(&self) -> Option<&str> {
        self.wish.customer.as_ref().map(|customer| customer.reference.as_str())
    }

    /// Whether somebody can still make money move: with a good token, a confirmation, or 3-D Secure.
    pub fn is_payable(&self, now: i64) -> bool {
        match self.stage {
            Stage::Open => self.tokens.iter().any(|token| token.is_good(now)),
            Stage::Working | Stage::Confirm | Stage::Payer => true,
            Stage::Capture | Stage::Unsure | Stage::Over => false,
        }
    }

    /// Where the payer goes at the end. `[doc]` PROVIDERS §5.4: no parameters.
    pub fn way_back(&self) -> Option<&str> {
        let worked = matches!(self.stage, Stage::Capture) || self.status == SessionStatus::Accepted;
        match &self.widget {
            Some(widget) if worked => widget.success_return_url.as_deref(),
            Some(widget) => widget.failure_return_url.as_deref(),
            None => self.wish.return_url(),
        }
    }
}
