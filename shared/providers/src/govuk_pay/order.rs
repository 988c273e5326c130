//! A wish as GOV.UK Pay would take it: every documented field and limit, checked before any call.
//!
//! Limits: `CreateCardPaymentRequest.java`, `Address.java` and `RequestJsonParser.java` of
//! alphagov/pay-publicapi, and the docs' "Create a payment". An expiry cannot be asked for: theirs is
//! fixed, and the schedule knows it.

use super::config::Settings;
use super::wire::{ATTEMPT_KEY, NewPayment, SESSION_KEY};
use crate::faults::{Faults, Limit, below};
use bellhop_domain::money::Currency;
use bellhop_domain::provider::CreatePayment;
use bellhop_domain::wish::{Capture, FieldError, Payer, Wish};
use serde_json::{Map, Value, json};

pub(super) const OPTIONS: &str = "/options/govuk_pay";
pub(super) const DETAILS: &str = "/options/govuk_pay/prefilled_cardholder_details";
const KNOWN: [&str; 4] = ["language", "email", "metadata", "prefilled_cardholder_details"];
const LINES: [&str; 5] = ["line1", "line2", "postcode", "city", "country"];

/// Fifteen keys, of which two are ours.
const MAX_KEYS: usize = 13;

/// Their firewall refuses these signs anywhere in a request (docs, P0920).
const fn limit(max: usize) -> Limit {
    Limit { max, forbidden: "<>\"\\|" }
}

/// A wish that passed.
pub(super) struct Order<'a> {
    wish: &'a Wish,
    language: &'static str,
    email: Option<&'a str>,
    metadata: Map<String, Value>,
    details: Map<String, Value>,
}

impl<'a> Order<'a> {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(settings: &Settings, wish: &'a Wish) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        faults.names(OPTIONS, &wish.options.0, &KNOWN);
        amount(settings, wish, &mut faults);
        line("/reference", wish.reference.as_str(), &mut faults);
        line("/description", wish.description.as_str(), &mut faults);
        let order = Self {
            wish,
            language: language(wish, &mut faults),
            email: email(wish, &mut faults),
            metadata: metadata(wish, &mut faults),
            details: details(wish, &mut faults),
        };
        faults.none_or(order)
    }

    /// The body of the create call, with our ids where they are echoed.
    pub fn body(&'a self, payment: &'a CreatePayment<'_>) -> NewPayment<'a> {
        let mut metadata = self.metadata.clone();
        metadata.insert(SESSION_KEY.to_owned(), payment.session.to_string().into());
        metadata.insert(ATTEMPT_KEY.to_owned(), payment.attempt.to_string().into());
        NewPayment {
            amount: self.wish.amount.minor(),
            reference: self.wish.reference.as_str(),
            description: self.wish.description.as_str(),
            return_url: payment.landing.as_str(),
            delayed_capture: self.wish.capture == Capture::Manual,
            language: self.language,
            email: self.email,
            metadata,
            prefilled_cardholder_details: &self.details,
        }
    }
}

fn amount(settings: &Settings, wish: &Wish, faults: &mut Faults) {
    let (pence, at) = (wish.amount.minor(), "/amount/value");
    let pounds = wish.amount.currency() == Currency::GBP;
    faults.unless(pounds, "/amount/currency", "must be GBP");
    match pence {
        0 => faults.unless(settings.zero_amount, at, "must not be 0"),
        _ if pence < settings.minimum => {
            faults.add(at, format!("must be at least {}", settings.minimum));
        }
        _ if pence > settings.maximum => {
            faults.add(at, format!("must be at most {}", settings.maximum));
        }
        _ => {}
    }
}

fn line(pointer: &str, text: &str, faults: &mut Faults) {
    faults.text(pointer, text, limit(255));
    let text = text.to_ascii_lowercase();
    let url = text.contains("://") || text.contains("www.");
    faults.unless(!url, pointer, "must not hold a URL");
}

/// The option, or else the payer's own language where they have pages in it, or English.
fn language(wish: &Wish, faults: &mut Faults) -> &'static str {
    let own = wish.locale.split(['-', '_']).next().unwrap_or_default();
    match wish.options.0.get("language").map(Value::as_str) {
        None if own.eq_ignore_ascii_case("cy") => "cy",
        None | Some(Some("en")) => "en",
        Some(Some("cy")) => "cy",
        Some(_) => {
            faults.add(&below(OPTIONS, "language"), "must be en or cy");
            "en"
        }
    }
}

/// The option, or else the payer's own address.
fn email<'a>(wish: &'a Wish, faults: &mut Faults) -> Option<&'a str> {
    if let Some(option) = wish.options.0.get("email") {
        return faults.text_of(&below(OPTIONS, "email"), option, limit(254));
    }
    let own = wish.payer.email.as_deref();
    own.inspect(|text| faults.text("/payer/email", text, limit(254)))
}

/// The booking site's notes, and those of the option, which may be numbers and truths too.
fn metadata(wish: &Wish, faults: &mut Faults) -> Map<String, Value> {
    let at = below(OPTIONS, "metadata");
    let typed = wish.options.0.get("metadata");
    let typed = typed.and_then(|value| faults.object(&at, value));
    let mut all = typed.cloned().unwrap_or_default();
    for (key, value) in &all {
        note(&below(&at, key), key, value, faults);
    }
    for (key, text) in &wish.metadata {
        let (at, value) = (below("/metadata", key), Value::from(text.as_str()));
        note(&at, key, &value, faults);
        let twice = all.insert(key.clone(), value).is_some();
        faults.unless(!twice, &at, "stands in the options too");
    }
    let few = all.len() <= MAX_KEYS;
    faults.unless(few, "/metadata", "has more than 13 keys; two more are ours");
    all
}

fn note(at: &str, key: &str, value: &Value, faults: &mut Faults) {
    let ours = key == SESSION_KEY || key == ATTEMPT_KEY;
    faults.unless(!ours, at, "is a key of ours");
    faults.unless(!key.is_empty(), at, "has an empty key");
    faults.text(at, key, limit(30));
    match value {
        Value::String(text) => faults.text(at, text, limit(100)),
        Value::Number(_) | Value::Bool(_) => {}
        _ => faults.add(at, "must be a text, a number, true or false"),
    }
}

/// What the page is filled in with: the option, or else what is known of the payer.
fn details(wish: &Wish, faults: &mut Faults) -> Map<String, Value> {
    let Some(option) = wish.options.0.get("prefilled_cardholder_details") else {
        return of_payer(&wish.payer, faults);
    };
    let Some(fields) = faults.object(DETAILS, option) else {
        return Map::new();
    };
    faults.names(DETAILS, fields, &["cardholder_name", "billing_address"]);
    if let Some(name) = fields.get("cardholder_name") {
        faults.text_of(&below(DETAILS, "cardholder_name"), name, limit(255));
    }
    let at = below(DETAILS, "billing_address");
    let lines = fields.get("billing_address");
    if let Some(lines) = lines.and_then(|value| faults.object(&at, value)) {
        address(&at, lines, faults);
    }
    fields.clone()
}

fn of_payer(payer: &Payer, faults: &mut Faults) -> Map<String, Value> {
    let mut fields = Map::new();
    if let Some(name) = &payer.name {
        faults.text("/payer/name", name, limit(255));
        fields.insert("cardholder_name".to_owned(), name.as_str().into());
    }
    if let Some(known) = &payer.address {
        let values = [&known.line1, &known.line2, &known.postcode, &known.city, &known.country];
        let lines = LINES.iter().zip(values);
        let lines = lines.filter_map(|(name, value)| Some(((*name).to_owned(), json!(value.as_ref()?))));
        let lines: Map<String, Value> = lines.collect();
        address("/payer/address", &lines, faults);
        fields.insert("billing_address".to_owned(), lines.into());
    }
    fields
}

fn address(at: &str, lines: &Map<String, Value>, faults: &mut Faults) {
    faults.names(at, lines, &LINES);
    for (name, value) in lines {
        let (at, max) = (below(at, name), if name == "postcode" { 25 } else { 255 });
        let text = faults.text_of(&at, value, limit(max)).unwrap_or_default();
        let code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        faults.unless(name != "country" || code, &at, "must be two upper-case letters");
    }
}
