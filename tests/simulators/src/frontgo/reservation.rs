//! One reservation: what was asked, what happened, what money moved.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::amount::Amount;
use super::state::State;
use super::validate::{Product, Wish};
use crate::clock::rfc3339;
use crate::ids;

/// A reservation and its whole history. Times are milliseconds since the epoch.
#[derive(Deserialize, Serialize)]
pub struct Reservation {
    pub uuid: String,
    pub customer: String,
    /// The last part of its page's address.
    pub page: String,
    pub created: i64,
    pub updated: i64,
    pub wish: Wish,
    pub state: State,
    /// The lines of the order, then those of charges.
    pub lines: Vec<Line>,
    /// What the card's bank holds now.
    pub held: Amount,
    pub reserved: Amount,
    pub reserved_at: Option<i64>,
    /// What the payer paid with: `visa` or `mastercard`.
    pub method: Option<String>,
    pub takings: Vec<Taking>,
    pub refunds: Vec<Refund>,
    /// When the rest of the hold is let go.
    pub release_due: Option<i64>,
    /// Whether the payer proved who they are, where `secureDetails` asks for it.
    pub verified: bool,
    /// Every opening of the page: when, and what came of it.
    pub visits: Vec<(i64, Cow<'static, str>)>,
    pub history: Vec<Value>,
}

/// A product with the id that captures and refunds name.
#[derive(Deserialize, Serialize)]
pub struct Line {
    pub id: i64,
    pub product: Product,
    /// Whether it came with a charge and not with the order.
    pub charged: bool,
}

/// From where money came.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Captured,
    Charged,
}

impl Source {
    /// The word of a refund's `source`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Charged => "charged",
        }
    }

    /// A new id: CAP or CHA and ten digits. `[doc]` PROVIDERS §2.2.
    pub fn new_id(self) -> String {
        match self {
            Self::Captured => numbered("CAP"),
            Self::Charged => numbered("CHA"),
        }
    }
}

/// Money that was taken: a capture or a charge.
#[derive(Deserialize, Serialize)]
pub struct Taking {
    pub uuid: String,
    pub source: Source,
    pub at: i64,
    pub amount: Amount,
    /// Which line gave how much.
    pub shares: Vec<(i64, Amount)>,
}

/// Money on its way back.
#[derive(Deserialize, Serialize)]
pub struct Refund {
    pub at: i64,
    pub due: i64,
    pub amount: Amount,
    pub shares: Vec<(i64, Amount)>,
    /// The capture or charge that it is from.
    pub reference: String,
    pub source: Source,
    /// `pending`, `done` or `failed`.
    pub standing: Cow<'static, str>,
}

/// A prefix and ten digits, as `RES4161996022`.
pub fn numbered(prefix: &str) -> String {
    let random = page_name();
    let number = u64::from_str_radix(random.get(..15).unwrap_or_default(), 16).unwrap_or_default();
    format!("{prefix}{:010}", number % 10_000_000_000)
}

/// 32 hexadecimal digits, as in the address `.../aa7ec3f47b0d45b286bcc595ab0d9613` of seed 001.
pub fn page_name() -> String {
    ids::dashed().replace('-', "")
}

impl Reservation {
    /// A new reservation in `SENT`, its lines numbered from `first_line`.
    pub fn new(wish: Wish, first_line: i64, now: i64) -> Self {
        let line = |(id, product): (i64, &Product)| Line { id, product: product.clone(), charged: false };
        let mut reservation = Self {
            uuid: numbered("RES"),
            customer: numbered("CSRT"),
            page: page_name(),
            created: now,
            updated: now,
            lines: (first_line..).zip(&wish.products).map(line).collect(),
            wish,
            state: State::Sent,
            held: Amount::default(),
            reserved: Amount::default(),
            reserved_at: None,
            method: None,
            takings: Vec::new(),
            refunds: Vec::new(),
            release_due: None,
            verified: false,
            visits: Vec::new(),
            history: Vec::new(),
        };
        reservation.note(now, "state", json!({"status": State::Sent.word()}));
        reservation
    }

    /// Appends to the history: what happened, the details, and the money after it. Nothing is ever taken out.
    pub fn note(&mut self, now: i64, what: &str, details: Value) {
        let mut entry = Map::new();
        entry.insert("at".to_owned(), json!(rfc3339(now)));
        entry.insert("what".to_owned(), json!(what));
        if let Value::Object(details) = details {
            entry.extend(details);
        }
        let money = [
            ("authorized", self.held),
            ("captured", self.taken(Source::Captured)),
            ("charged", self.taken(Source::Charged)),
            ("refunded", self.refunded()),
        ];
        entry.extend(money.map(|(name, amount)| (name.to_owned(), json!(amount))));
        self.history.push(Value::Object(entry));
    }

    /// Sets the state and notes it.
    pub fn enter(&mut self, next: State, now: i64) {
        self.state = next;
        self.updated = now;
        self.note(now, "state", json!({"status": next.word()}));
    }

    /// What was captured, or charged, altogether.
    pub fn taken(&self, source: Source) -> Amount {
        let own = self.takings.iter().filter(|taking| taking.source == source);
        own.map(|taking| taking.amount).sum()
    }

    /// What a line gave to captures.
    pub fn captured_of(&self, line: i64) -> Amount {
        let shares = self.takings.iter().filter(|taking| taking.source == Source::Captured);
        let shares = shares.flat_map(|taking| &taking.shares);
        shares.filter(|(id, _)| *id == line).map(|(_, amount)| *amount).sum()
    }

    /// What reached the payer again.
    pub fn refunded(&self) -> Amount {
        let done = self.refunds.iter().filter(|refund| refund.standing == "done");
        done.map(|refund| refund.amount).sum()
    }

    /// Whether a capture was made: there is one at most. `[inf]` PROVIDERS §2.3.
    pub fn has_capture(&self) -> bool {
        self.takings.iter().any(|taking| taking.source == Source::Captured)
    }

    /// Whether a payer who opens the page now can pay.
    pub fn payable(&self, now: i64) -> bool {
        self.state.payable() && now < self.wish.due
    }
}
