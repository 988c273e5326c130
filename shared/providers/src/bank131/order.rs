//! A wish as Bank 131 would take it: every documented field, checked before any call.
//!
//! Source: docs, "Payments" and "Methods". No length is documented but the one of the fast payment
//! system: the others are bounds against slips.

use super::config::Settings;
use super::way::{self, Way};
use super::wire::{
    ATTEMPT_KEY, AmountDetails, CUSTOMER_KEY, FLOW_KEY, NewPayment, PaymentOptions, REFERENCE_KEY,
    SESSION_KEY,
};
use crate::faults::{Faults, Limit, below};
use bellhop_domain::ids::{AttemptId, SessionId};
use bellhop_domain::money::Currency;
use bellhop_domain::wish::{Capture, FieldError, Wish};
use serde_json::{Map, Value, json};
use url::Url;

pub(super) use super::way::Flow;

pub(super) const OPTIONS: &str = "/options/bank131";
const KNOWN: [&str; 6] = ["flow", "card_id", "recurrent_token", "qr", "customer", "confirm"];

/// `next_action` of a session that waits for our word, and of one that holds money.
pub(super) const UNCONFIRMED: &str = "confirm";
/// Likewise for a capture.
pub(super) const HELD: &str = "capture";

/// No limit is documented: a bound against a slip.
const MAX_MINOR: u64 = 99_999_999_999;

const LINE: Limit = Limit { max: 255, forbidden: "" };

/// A wish that passed.
pub(super) struct Order<'a> {
    wish: &'a Wish,
    way: Way,
    customer: Map<String, Value>,
}

impl<'a> Order<'a> {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(settings: &Settings, wish: &'a Wish) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        way::no_card_data(wish, &mut faults);
        faults.names(OPTIONS, &way::harmless(&wish.options.0), &KNOWN);
        money(wish, &mut faults);
        notes(wish, &mut faults);
        confirm(settings, wish, &mut faults);
        let order =
            Self { wish, way: Way::read(settings, wish, &mut faults), customer: customer(wish, &mut faults) };
        let held = wish.capture == Capture::Manual;
        let can_hold = settings.holds && !order.way.is_qr();
        faults.unless(can_hold || !held, "/capture", "must be automatic: this account or way cannot hold");
        faults.none_or(order)
    }

    /// Which way in.
    pub const fn flow(&self) -> Flow {
        self.way.flow
    }

    /// The body of the call that opens a session, or that starts the payment of this one.
    pub fn body(
        &'a self,
        session: Option<SessionId>,
        attempt: AttemptId,
        landing: &'a Url,
    ) -> NewPayment<'a> {
        let notes = self.wish.metadata.iter().map(|(key, text)| (key.as_str(), text.clone()));
        let ours = [
            (ATTEMPT_KEY, attempt.to_string()),
            (REFERENCE_KEY, self.wish.reference.as_str().to_owned()),
            (FLOW_KEY, self.flow().as_str().to_owned()),
        ];
        let customer = self.customer.get("reference").and_then(Value::as_str);
        let customer = customer.map(|reference| (CUSTOMER_KEY, reference.to_owned()));
        let session = session.map(|id| (SESSION_KEY, id.to_string()));
        let metadata =
            notes.chain(ours).chain(customer).chain(session).map(|(key, text)| (key.to_owned(), text.into()));
        let by_card = self.flow() != Flow::Widget;
        NewPayment {
            session_id: None,
            payment_details: self.way.details.as_ref(),
            amount_details: AmountDetails::of(self.wish.amount),
            customer: &self.customer,
            payment_options: by_card.then(|| PaymentOptions { return_url: landing.as_str() }),
            metadata: metadata.collect(),
        }
    }
}

fn money(wish: &Wish, faults: &mut Faults) {
    let (minor, currency) = (wish.amount.minor(), wish.amount.currency());
    let taken = matches!(currency, Currency::RUB | Currency::USD | Currency::EUR);
    faults.unless(taken, "/amount/currency", "must be RUB, USD or EUR");
    faults.unless(minor > 0, "/amount/value", "must not be 0");
    faults.unless(minor <= MAX_MINOR, "/amount/value", "must be at most 99999999999");
}

/// The booking site's own notes stand beside ours.
fn notes(wish: &Wish, faults: &mut Faults) {
    let ours = [SESSION_KEY, ATTEMPT_KEY, REFERENCE_KEY, CUSTOMER_KEY, FLOW_KEY];
    for (key, text) in &wish.metadata {
        let at = below("/metadata", key);
        faults.unless(!ours.contains(&key.as_str()), &at, "is a key of ours");
        faults.text(&at, text, LINE);
    }
}

/// Whether the bank waits for a word is set for the whole project: what the booking site relies on
/// has to be what stands there.
fn confirm(settings: &Settings, wish: &Wish, faults: &mut Faults) {
    let at = below(OPTIONS, "confirm");
    let set = if settings.auto_confirm { "automatic" } else { "manual" };
    match wish.options.0.get("confirm").map(Value::as_str) {
        None => {}
        Some(Some(word @ ("automatic" | "manual"))) => {
            faults.unless(word == set, &at, &format!("must be {set}: that is how this account is set up"));
        }
        Some(_) => faults.add(&at, "must be automatic or manual"),
    }
}

/// Who pays: the option, or else the booking and what is known of the payer.
fn customer(wish: &Wish, faults: &mut Faults) -> Map<String, Value> {
    let at = below(OPTIONS, "customer");
    let Some(given) = wish.options.0.get("customer") else {
        return of_payer(wish, faults);
    };
    let Some(fields) = faults.object(&at, given) else {
        return Map::new();
    };
    faults.names(&at, fields, &["reference", "contacts"]);
    let reference = below(&at, "reference");
    match fields.get("reference") {
        Some(text) => {
            let text = faults.text_of(&reference, text, LINE).unwrap_or("-");
            faults.unless(!text.trim().is_empty(), &reference, "must not be empty");
        }
        None => faults.add(&reference, "is required"),
    }
    if let Some(all) = fields.get("contacts") {
        contacts(&below(&at, "contacts"), all, faults);
    }
    fields.clone()
}

/// A list of objects, each with one address or one number (their SDK, `CustomerContact.php`).
fn contacts(at: &str, all: &Value, faults: &mut Faults) {
    let Some(list) = all.as_array() else {
        return faults.add(at, "must be a list");
    };
    for (number, contact) in list.iter().enumerate() {
        let at = below(at, &number.to_string());
        let Some(fields) = faults.object(&at, contact) else {
            continue;
        };
        faults.names(&at, fields, &["email", "phone"]);
        faults.unless(!fields.is_empty(), &at, "must hold email or phone");
        if let Some(email) = fields.get("email") {
            let at = below(&at, "email");
            let text = faults.text_of(&at, email, LINE).unwrap_or("@");
            faults.unless(text.contains('@'), &at, "is not an e-mail address");
        }
        if let Some(phone) = fields.get("phone") {
            let at = below(&at, "phone");
            let text = faults.text_of(&at, phone, LINE).unwrap_or("0");
            faults.unless(is_phone(text), &at, "must be 5 to 15 digits, with or without a plus");
        }
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn of_payer(wish: &Wish, faults: &mut Faults) -> Map<String, Value> {
    let email = wish.payer.email.as_deref();
    let email =
        email.inspect(|text| faults.text("/payer/email", text, LINE)).map(|text| json!({"email": text}));
    let phone = wish.payer.phone.as_ref().map(|phone| {
        let all = phone.country_code.chars().chain(phone.number.chars());
        let number: String = all.filter(|c| c.is_ascii_digit()).collect();
        json!({"phone": number})
    });
    let contacts: Vec<Value> = email.into_iter().chain(phone).collect();
    let reference = ("reference".to_owned(), wish.reference.as_str().into());
    let contacts = (!contacts.is_empty()).then(|| ("contacts".to_owned(), contacts.into()));
    [reference].into_iter().chain(contacts).collect()
}
