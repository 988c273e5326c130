//! A wish as Powens would take it: every documented field and limit, checked before any call.
//!
//! Source: docs, "PaymentInitRequest" and "IdentityRequest", and the one-time guide.

use super::rules::{OPTIONS, Rule, complain, fields, plain_iban};
use super::wire::{NewInstruction, NewPayment};
use crate::faults::{Faults, below};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Currency;
use bellhop_domain::provider::CreatePayment;
use bellhop_domain::wish::{Capture, FieldError, Wish};
use secrecy::ExposeSecret;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

const AT: &str = "/options/powens";
pub(super) const GBP: Currency = Currency::GBP;

/// The most that one SEPA transfer carries, 999,999,999.99, in cents (EPC 125-05, AT-T002).
const MAX_MINOR: u64 = 99_999_999_999;

/// What a bank's statement shows: 140 characters by SEPA, 18 in the United Kingdom.
pub(super) const MAX_LABEL: usize = 140;
const MAX_LABEL_GBP: usize = 18;

/// Every wrong field of `wish`.
pub(super) fn check(wish: &Wish) -> Vec<FieldError> {
    let mut faults = Faults::default();
    money(wish, &mut faults);
    fields(AT, &wish.options.0, OPTIONS, &mut faults);
    label_of(wish, &mut faults);
    date_of(&wish.options.0, &mut faults);
    faults.none_or(()).err().unwrap_or_default()
}

/// The body of the create call; `None` when the wish does not pass.
pub(super) fn body<'a>(payment: &'a CreatePayment<'_>) -> Option<NewPayment<'a>> {
    let (wish, options) = (payment.wish, &payment.wish.options.0);
    let line = NewInstruction {
        label: label(wish),
        amount: RawValue::from_string(wish.amount.to_decimal()).ok()?,
        currency: wish.amount.currency().code(),
        execution_date_type: options.get("execution_date_type")?,
        execution_date: options.get("execution_date"),
        reference_id: reference_id(payment.attempt, wish.amount.currency()),
        beneficiary: beneficiary(options)?,
        beneficiary_identity: options.get("beneficiary_identity")?,
    };
    Some(NewPayment {
        client_redirect_uri: payment.common.url.as_str(),
        client_state: payment.common.state.expose_secret(),
        instructions: [line],
        payer_identity: options.get("payer_identity")?,
    })
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

/// The payer's statement says the option or the description; in pounds there is room for the booking's
/// reference alone, and it is what proves the payment ours.
fn label(wish: &Wish) -> &str {
    let own = wish.options.0.get("label").and_then(Value::as_str);
    match own {
        _ if wish.amount.currency() == GBP => wish.reference.as_str(),
        own => own.unwrap_or(wish.description.as_str()),
    }
}

fn label_of(wish: &Wish, faults: &mut Faults) {
    let own = wish.options.0.contains_key("label");
    match wish.amount.currency() == GBP {
        true if own => faults.add(&below(AT, "label"), "is only for EUR"),
        true => complain("/reference", label(wish), Rule::Line(MAX_LABEL_GBP), faults),
        false if own => {}
        false => complain("/description", label(wish), Rule::Line(MAX_LABEL), faults),
    }
}

fn date_of(options: &Map<String, Value>, faults: &mut Faults) {
    let deferred = options.get("execution_date_type").is_some_and(|kind| kind == "deferred");
    let (at, given) = (below(AT, "execution_date"), options.contains_key("execution_date"));
    faults.unless(given || !deferred, &at, "is required");
    faults.unless(deferred || !given, &at, "is only for deferred");
}

/// The account that is paid, its IBAN as machines write it.
fn beneficiary(options: &Map<String, Value>) -> Option<Value> {
    let mut all = options.get("beneficiary")?.clone();
    let text = all.get_mut("identification")?;
    *text = plain_iban(text.as_str()?).into();
    Some(all)
}
