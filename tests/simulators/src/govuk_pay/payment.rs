//! One payment: what was asked, what happened, what money moved.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::state::State;
use super::validate::Wish;
use crate::clock::rfc3339;
use crate::ids;

/// A payment and its whole history. Amounts are pence, times milliseconds since the epoch.
#[derive(Deserialize, Serialize)]
pub struct Payment {
    pub id: String,
    pub account: usize,
    pub created: i64,
    pub updated: i64,
    pub wish: Wish,
    pub state: State,
    /// An authorization is under way at the bank: a cancel is refused with 409.
    pub in_flight: bool,
    pub disputed: bool,
    pub card: Option<Value>,
    pub authorized: i64,
    pub captured: i64,
    pub refunds: Vec<Refund>,
    pub capture_submitted: Option<i64>,
    pub capture_due: Option<i64>,
    pub captured_at: Option<i64>,
    pub settled_at: Option<i64>,
    pub tokens: Vec<Token>,
    /// The value of the session cookie that opens this payment's pages.
    pub session: String,
    pub states: Vec<(i64, State)>,
    /// How the payment looked after each change: what a lagging search shows.
    pub views: Vec<(i64, Value)>,
    history: Vec<Value>,
}

/// A one-time address of the payment page.
#[derive(Deserialize, Serialize)]
pub struct Token {
    pub value: String,
    pub issued: i64,
    /// Every visit: when, and what came of it.
    pub opened: Vec<(i64, String)>,
}

/// Money on its way back.
#[derive(Deserialize, Serialize)]
pub struct Refund {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    /// `submitted`, `success` or `error`.
    pub status: String,
}

impl Payment {
    /// A new payment in `created`.
    pub fn new(account: usize, wish: Wish, now: i64) -> Self {
        let mut payment = Self {
            id: ids::short(),
            account,
            created: now,
            updated: now,
            wish,
            state: State::Created,
            in_flight: false,
            disputed: false,
            card: None,
            authorized: 0,
            captured: 0,
            refunds: Vec::new(),
            capture_submitted: None,
            capture_due: None,
            captured_at: None,
            settled_at: None,
            tokens: Vec::new(),
            session: ids::dashed(),
            states: vec![(now, State::Created)],
            views: Vec::new(),
            history: Vec::new(),
        };
        payment.note(now, "state", json!({"state": State::Created.shown()}));
        payment
    }

    /// Appends to the history: what happened, the details, and the money after it. Nothing is ever taken out.
    pub fn note(&mut self, now: i64, what: &str, details: Value) {
        let mut entry = Map::new();
        entry.insert("at".to_owned(), json!(rfc3339(now)));
        entry.insert("what".to_owned(), json!(what));
        if let Value::Object(details) = details {
            entry.extend(details);
        }
        entry.insert("authorized".to_owned(), json!(self.authorized));
        entry.insert("captured".to_owned(), json!(self.captured));
        entry.insert("refunded".to_owned(), json!(self.refunded()));
        self.history.push(Value::Object(entry));
    }

    /// Everything that was noted, oldest first.
    pub fn history(&self) -> &[Value] {
        &self.history
    }

    /// Pence given back or promised back.
    pub fn refund_submitted(&self) -> i64 {
        self.refunds.iter().filter(|refund| refund.status != "error").map(|refund| refund.amount).sum()
    }

    /// Pence that reached the payer again.
    pub fn refunded(&self) -> i64 {
        self.refunds.iter().filter(|refund| refund.status == "success").map(|refund| refund.amount).sum()
    }

    /// Pence that may still be refunded.
    pub fn refundable(&self) -> i64 {
        self.wish.amount - self.refund_submitted()
    }

    /// `[doc]` PROVIDERS §3.2 and refunding_payments: pending before the capture, unavailable for what failed.
    pub fn refund_status(&self) -> &'static str {
        match self.state {
            _ if self.disputed => "unavailable",
            State::Success if self.captured == 0 => "pending",
            State::Success if self.refundable() == 0 => "full",
            State::Success => "available",
            state if state.finished() => "unavailable",
            _ => "pending",
        }
    }

    /// Makes a new one-time token. `[code]` PROVIDERS §3.4: every GET of an unfinished payment makes one.
    pub fn mint(&mut self, now: i64) -> String {
        let value = ids::dashed();
        self.tokens.push(Token { value: value.clone(), issued: now, opened: Vec::new() });
        value
    }

    /// The number of page visits of all tokens.
    pub fn times_opened(&self) -> usize {
        self.tokens.iter().map(|token| token.opened.len()).sum()
    }
}
