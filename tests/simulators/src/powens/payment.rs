//! One payment: what was asked, what happened, what money moved.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::config::Bank;
use super::dates;
use super::flow::{Stage, UseCase};
use super::future::Step;
use super::instruction::{Execution, Instruction};
use super::state::State;
use super::validate::Wish;
use crate::clock::rfc3339;

/// A payment and its whole history. Times are milliseconds since the epoch.
#[derive(Deserialize, Serialize)]
pub struct Payment {
    pub id: u64,
    pub created: i64,
    pub updated: i64,
    pub wish: Wish,
    pub state: State,
    pub error_code: Option<String>,
    pub bank_message: Option<String>,
    /// `cancelling`, or nothing.
    pub state_detail: Option<Cow<'static, str>>,
    /// What the payer has to do; `confirm` when the client has to.
    pub action: Option<Cow<'static, str>>,
    pub validate_uri: Option<String>,
    pub bank: Option<Bank>,
    pub use_case: Option<UseCase>,
    pub stage: Stage,
    /// When the payer's bank took the order.
    pub validated: Option<i64>,
    pub bank_payment_id: Option<String>,
    pub future: VecDeque<Step>,
    pub next_step: Option<i64>,
    /// Until when the client may confirm.
    pub confirm_until: Option<i64>,
    /// Minor units on their way.
    pub authorized: i64,
    /// Minor units that the bank moved.
    pub captured: i64,
    pub tokens: Vec<ScopedToken>,
    history: Vec<Value>,
}

/// A token that lets a payer validate the payment.
#[derive(Deserialize, Serialize)]
pub struct ScopedToken {
    pub value: String,
    pub issued: i64,
    pub expires: i64,
    /// Every opening of the webview with it: when, and what came of it.
    pub opened: Vec<(i64, Cow<'static, str>)>,
}

impl Payment {
    /// A new payment in `created`.
    pub fn new(id: u64, wish: Wish, now: i64) -> Self {
        let mut payment = Self {
            id,
            created: now,
            updated: now,
            wish,
            state: State::Created,
            error_code: None,
            bank_message: None,
            state_detail: None,
            action: None,
            validate_uri: None,
            bank: None,
            use_case: None,
            stage: Stage::Choose,
            validated: None,
            bank_payment_id: None,
            future: VecDeque::new(),
            next_step: None,
            confirm_until: None,
            authorized: 0,
            captured: 0,
            tokens: Vec::new(),
            history: Vec::new(),
        };
        payment.note(now, "state", json!({"state": State::Created.word()}));
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
        self.history.push(Value::Object(entry));
    }

    /// Everything that was noted, oldest first.
    pub fn history(&self) -> &[Value] {
        &self.history
    }

    /// The transfer that decides about label, reference and execution. There is always one.
    pub fn first(&self) -> Option<&Instruction> {
        self.wish.instructions.first()
    }

    /// Whether it has more than one transfer.
    pub fn is_bulk(&self) -> bool {
        self.wish.instructions.len() > 1
    }

    /// Whether it is executed at once.
    pub fn is_instant(&self) -> bool {
        self.execution() == Execution::Instant
    }

    /// When the first day of a deferred execution begins.
    pub fn execution_begins(&self) -> Option<i64> {
        dates::begins(self.execution().day()?.at(0, 0, 0, 0))
    }

    /// The whole amount in minor units.
    pub fn minor(&self) -> i64 {
        let places = self.first().map_or(0, |first| first.currency.precision);
        self.wish.total().minor(places)
    }

    /// Whether somebody could still pay: unfinished, and somebody holds a token that is good.
    pub fn is_payable(&self, now: i64) -> bool {
        let unfinished = self.state.awaits_payer() && self.stage != Stage::Waiting;
        unfinished && self.tokens.iter().any(|token| now < token.expires)
    }

    /// Takes away what only an unfinished payment has.
    pub fn settle_down(&mut self) {
        self.action = None;
        self.state_detail = None;
        self.validate_uri = None;
        self.confirm_until = None;
        self.next_step = None;
        self.future.clear();
        self.stage = Stage::Over;
    }

    fn execution(&self) -> Execution {
        self.first().map_or(Execution::FirstOpenDay, |first| first.execution)
    }
}
