//! A wish as Powens would take it: every documented field and limit, checked before any call.
//!
//! Source: docs, "PaymentInitRequest" and "IdentityRequest", and the one-time guide.

use super::rules::{BENEFICIARY, COMPANY, PERSON, Rule, complain, fields};
use super::wire::{NewInstruction, NewPayment};
use crate::faults::{Faults, below};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Currency;
use bellhop_domain::provider::CreatePayment;
use bellhop_domain::wish::{Capture, FieldError, Wish};
use iban::{Iban, IbanLike};
use secrecy::ExposeSecret;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

pub(super) const OPTIONS: &str = "/options/powens";
pub(super) const GBP: Currency = Currency::GBP;

const KNOWN: [&str; 6] = [
    "label",
    "execution_date_type",
    "execution_date",
    "beneficiary",
    "beneficiary_identity",
    "payer_identity",
];

/// Bulk and periodic payments are not one booking's.
const KINDS: [&str; 3] = ["first_open_day", "instant", "deferred"];

/// The most that one SEPA transfer carries, 999,999,999.99, in cents (EPC 125-05, AT-T002).
const MAX_MINOR: u64 = 99_999_999_999;

/// What a bank's statement shows: 140 characters by SEPA, 18 in the United Kingdom.
const MAX_LABEL: usize = 140;
const MAX_LABEL_GBP: usize = 18;

/// A wish that passed.
pub(super) struct Order<'a> {
    wish: &'a Wish,
    label: &'a str,
    kind: &'a str,
    date: Option<&'a str>,
    beneficiary: Map<String, Value>,
    beneficiary_identity: Map<String, Value>,
    payer_identity: Map<String, Value>,
}

impl<'a> Order<'a> {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(wish: &'a Wish) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        faults.names(OPTIONS, &wish.options.0, &KNOWN);
        money(wish, &mut faults);
        let (kind, date) = execution(wish, &mut faults);
        let order = Self {
            wish,
            label: label(wish, &mut faults),
            kind,
            date,
            beneficiary: beneficiary(wish, &mut faults),
            beneficiary_identity: identity(wish, "beneficiary_identity", &mut faults),
            payer_identity: identity(wish, "payer_identity", &mut faults),
        };
        faults.none_or(order)
    }

    /// The body of the create call; `None` when the amount cannot be written.
    pub fn body(&'a self, payment: &'a CreatePayment<'_>) -> Option<NewPayment<'a>> {
        let amount = self.wish.amount;
        let line = NewInstruction {
            label: self.label,
            amount: RawValue::from_string(amount.to_decimal()).ok()?,
            currency: amount.currency().code(),
            execution_date_type: self.kind,
            execution_date: self.date,
            reference_id: reference_id(payment.attempt, amount.currency()),
            beneficiary: &self.beneficiary,
            beneficiary_identity: &self.beneficiary_identity,
        };
        Some(NewPayment {
            client_redirect_uri: payment.common.url.as_str(),
            client_state: payment.common.state.expose_secret(),
            instructions: [line],
            payer_identity: &self.payer_identity,
        })
    }
}

/// Our end-to-end id: the attempt without its prefix, whose `_` banks do not carry. It takes 31
/// characters in a SEPA transfer and 18 in the United Kingdom, where the last, most random ones stand.
pub(super) fn reference_id(attempt: AttemptId, currency: Currency) -> String {
    let id = attempt.to_string().split_off(AttemptId::PREFIX.len());
    let cut = if currency == GBP { id.len().saturating_sub(MAX_LABEL_GBP) } else { 0 };
    id.chars().skip(cut).collect()
}

fn money(wish: &Wish, faults: &mut Faults) {
    let (minor, currency) = (wish.amount.minor(), wish.amount.currency());
    let taken = matches!(currency, Currency::EUR | GBP);
    faults.unless(taken, "/amount/currency", "must be EUR or GBP");
    faults.unless(minor > 0, "/amount/value", "must not be 0");
    faults.unless(minor <= MAX_MINOR, "/amount/value", "must be at most 99999999999");
    let at_once = wish.capture == Capture::Automatic;
    faults.unless(at_once, "/capture", "must be automatic: a transfer cannot be held");
}

/// The payer's statement says the description or the option; in pounds there is room for the booking's
/// reference alone, and it is what proves the payment ours.
fn label<'a>(wish: &'a Wish, faults: &mut Faults) -> &'a str {
    let at = below(OPTIONS, "label");
    let option = wish.options.0.get("label");
    let (at, text, max) = match option.map(Value::as_str) {
        None if wish.amount.currency() == GBP => ("/reference", wish.reference.as_str(), MAX_LABEL_GBP),
        None => ("/description", wish.description.as_str(), MAX_LABEL),
        Some(Some(text)) if wish.amount.currency() != GBP => (at.as_str(), text, MAX_LABEL),
        Some(_) => {
            faults.add(&at, "must be a text, and is only for EUR");
            return "";
        }
    };
    complain(at, text, Rule::Line(max), faults);
    text
}

fn execution<'a>(wish: &'a Wish, faults: &mut Faults) -> (&'a str, Option<&'a str>) {
    let given = |name| wish.options.0.get(name).map(Value::as_str);
    let kind = given("execution_date_type").flatten().unwrap_or_default();
    let known = KINDS.contains(&kind);
    faults.unless(
        known,
        &below(OPTIONS, "execution_date_type"),
        "must be first_open_day, instant or deferred",
    );
    let (at, date) = (below(OPTIONS, "execution_date"), given("execution_date"));
    match (kind, date) {
        ("deferred", Some(Some(date))) => complain(&at, date, Rule::Date, faults),
        ("deferred", None) => faults.add(&at, "is required"),
        ("deferred", Some(None)) => faults.add(&at, "must be a text"),
        (_, Some(_)) => faults.add(&at, "is only for deferred"),
        (_, None) => {}
    }
    (kind, date.flatten())
}

/// An object that has to be there.
fn object<'a>(wish: &'a Wish, at: &str, name: &str, faults: &mut Faults) -> Option<&'a Map<String, Value>> {
    let value = wish.options.0.get(name);
    faults.unless(value.is_some(), at, "is required");
    faults.object(at, value?)
}

/// The account that is paid, its IBAN as machines write it.
fn beneficiary(wish: &Wish, faults: &mut Faults) -> Map<String, Value> {
    let at = below(OPTIONS, "beneficiary");
    let Some(given) = object(wish, &at, "beneficiary", faults) else {
        return Map::new();
    };
    fields(&at, given, BENEFICIARY, faults);
    let mut all = given.clone();
    let iban = given.get("identification").and_then(Value::as_str);
    if let Some(iban) = iban.and_then(|text| text.parse::<Iban>().ok()) {
        all.insert("identification".to_owned(), iban.electronic_str().into());
    }
    all
}

/// A person or a company.
fn identity(wish: &Wish, name: &str, faults: &mut Faults) -> Map<String, Value> {
    let at = below(OPTIONS, name);
    let Some(given) = object(wish, &at, name, faults) else {
        return Map::new();
    };
    match given.get("kind").and_then(Value::as_str) {
        Some("individual") => fields(&at, given, PERSON, faults),
        Some("corporate") => fields(&at, given, COMPANY, faults),
        _ => faults.add(&below(&at, "kind"), "must be individual or corporate"),
    }
    given.clone()
}
