//! A reservation group: its reservations, what was asked for them, and what was paid. Times are milliseconds since the
//! epoch.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::money::Money;
use super::state::{Kind, PaymentState, RequestState, Standing};
use super::wish::{Guest, Stay};
use crate::clock::rfc3339;
use crate::ids;

/// A group and its whole history.
#[derive(Clone, Deserialize, Serialize)]
pub struct Group {
    pub id: String,
    pub customer_id: String,
    pub customer: Guest,
    /// `PaymentCardId`, when a card was given at creation.
    pub card_id: Option<String>,
    pub created: i64,
    pub updated: i64,
    pub reservations: Vec<Reservation>,
    pub requests: Vec<PaymentRequest>,
    pub payments: Vec<Payment>,
    history: Vec<Value>,
}

/// A room for some nights.
#[derive(Clone, Deserialize, Serialize)]
pub struct Reservation {
    pub id: String,
    /// The confirmation number.
    pub number: u64,
    pub note_id: String,
    pub stay: Stay,
    /// What it costs, once in each currency of the rate.
    pub prices: Vec<Money>,
    pub standing: Standing,
    pub updated: i64,
    /// When it is canceled if it is still optional.
    pub released: Option<i64>,
}

/// What asks the payer for money.
#[derive(Clone, Deserialize, Serialize)]
pub struct PaymentRequest {
    pub id: String,
    pub state: RequestState,
    pub amount: Money,
    pub expires: i64,
    pub created: i64,
    pub updated: i64,
    /// When the automatic settlement charges, and how often it will still fail.
    pub settlement: Option<(i64, u32)>,
    /// Every opening of its page: when, and where the payer was to return to.
    pub opened: Vec<(i64, Option<String>)>,
}

/// An attempt, a refund or a chargeback.
#[derive(Clone, Deserialize, Serialize)]
pub struct Payment {
    pub id: String,
    /// The request that it is for.
    pub request: String,
    pub kind: Kind,
    pub state: PaymentState,
    /// In the request's currency.
    pub amount: Money,
    /// In the currency of the charge.
    pub charge: Money,
    /// `[doc]` CO/operations/payments.md#payment-origin.
    pub origin: String,
    /// The payment that a refund or chargeback is of.
    pub of: Option<String>,
    pub created: i64,
    pub updated: i64,
    pub charged: Option<i64>,
    /// What time alone makes of it.
    pub next: Option<(i64, PaymentState)>,
    /// Whether the payer has yet to answer 3-D Secure.
    pub awaits_payer: bool,
}

impl Group {
    /// A group without reservations.
    pub fn new(customer: Guest, now: i64) -> Self {
        let mut group = Self {
            id: ids::dashed(),
            customer_id: ids::dashed(),
            customer,
            card_id: None,
            created: now,
            updated: now,
            reservations: Vec::new(),
            requests: Vec::new(),
            payments: Vec::new(),
            history: Vec::new(),
        };
        group.note(now, "created", json!({}));
        group
    }

    /// Appends to the history: what happened, the details, and the money after it. Nothing is ever taken out.
    pub fn note(&mut self, now: i64, what: &str, details: Value) {
        self.updated = now;
        let mut entry = Map::new();
        entry.insert("at".to_owned(), json!(rfc3339(now)));
        entry.insert("what".to_owned(), json!(what));
        if let Value::Object(details) = details {
            entry.extend(details);
        }
        let charged: i64 = self.requests.iter().map(|request| self.charged_for(&request.id)).sum();
        entry.insert("charged".to_owned(), json!(charged));
        self.history.push(Value::Object(entry));
    }

    /// Everything that was noted, oldest first.
    pub fn history(&self) -> &[Value] {
        &self.history
    }

    /// The payment request with this id.
    pub fn request(&self, id: &str) -> Option<&PaymentRequest> {
        self.requests.iter().find(|request| request.id == id)
    }

    /// The payment with this id.
    pub fn payment(&self, id: &str) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.id == id)
    }

    /// Attempts of a payer or of the automatic settlement for one request, oldest first.
    pub fn attempts(&self, request: &str) -> impl DoubleEndedIterator<Item = &Payment> {
        self.payments
            .iter()
            .filter(move |payment| payment.request == request && payment.kind == Kind::Payment)
    }

    /// Minor units that were charged for a request, refunds not counted.
    pub fn charged_for(&self, request: &str) -> i64 {
        let charged = self.attempts(request).filter(|payment| payment.state == PaymentState::Charged);
        charged.map(|payment| payment.amount.minor).sum()
    }

    /// Minor units of a payment that went back, or are on their way back.
    pub fn returned(&self, payment: &str) -> i64 {
        let given = [PaymentState::Pending, PaymentState::Charged];
        let back = self.payments.iter().filter(|one| one.of.as_deref() == Some(payment));
        back.filter(|one| given.contains(&one.state)).map(|one| one.amount.minor).sum()
    }

    /// What all reservations cost together, in each currency that all of them have.
    pub fn total(&self) -> Vec<Money> {
        let Some((first, others)) = self.reservations.split_first() else {
            return Vec::new();
        };
        let sum = |price: &Money| {
            let in_it = |one: &Reservation| {
                let same = one.prices.iter().find(|other| other.currency == price.currency);
                same.map(|price| price.minor)
            };
            let rest = others.iter().map(in_it).sum::<Option<i64>>()?;
            Some(Money::of(price.minor + rest, &price.currency))
        };
        first.prices.iter().filter_map(sum).collect()
    }
}

impl Reservation {
    /// A new reservation.
    pub fn new(number: u64, stay: Stay, prices: Vec<Money>, now: i64) -> Self {
        Self {
            id: ids::dashed(),
            number,
            note_id: ids::dashed(),
            stay,
            prices,
            standing: Standing::Confirmed,
            updated: now,
            released: None,
        }
    }
}

impl PaymentRequest {
    /// A request that can be paid until `expires`.
    pub fn new(amount: Money, expires: i64, now: i64) -> Self {
        Self {
            id: ids::dashed(),
            state: RequestState::Pending,
            amount,
            expires,
            created: now,
            updated: now,
            settlement: None,
            opened: Vec::new(),
        }
    }

    /// Whether a payer can pay it now.
    pub fn is_payable(&self, now: i64) -> bool {
        self.state == RequestState::Pending && now < self.expires
    }
}
