//! A wish as Front would take it: every documented field and rule, checked before any call.
//!
//! docs, "create-session-for-reservation" and the older "submit-reservation".

use super::config::Settings;
use super::customer::is_digits;
use super::options::{LINE, NOTES, Part, Rule, SAID};
use super::products::Basket;
use super::wire::{CURRENCY, Callback, Choices, Customer, NewReservation, SendBy, Via};
use super::{customer, products};
use crate::faults::Faults;
use bellhop_domain::Timestamp;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::CreatePayment;
use bellhop_domain::wish::{Capture, FieldError, Wish};

const KNOWN: [&str; 9] = [
    "customer_details",
    "send_order_by",
    "products",
    "order_summary",
    "charge_validity",
    "customer_notes",
    "tnc",
    "submit_payment",
    "settings",
];

/// How long a later charge may come: a text of digits (docs).
const MINUTES: Rule = (is_digits, "must be minutes, in digits");

/// A wish that passed.
pub(super) struct Order<'a> {
    wish: &'a Wish,
    customer: Customer<'a>,
    basket: Basket<'a>,
    send: SendBy,
    charge_validity: Option<&'a str>,
    customer_notes: Option<&'a str>,
    tnc: Option<&'a str>,
    via: Via,
    choices: Choices,
}

impl<'a> Order<'a> {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(settings: &Settings, wish: &'a Wish) -> Result<Self, Vec<FieldError>> {
        let faults = &mut Faults::default();
        let root = Part::root(&wish.options.0, &KNOWN, faults);
        amount(settings, wish, faults);
        let send = root.part("send_order_by", &["sms", "email"], faults);
        let via = root.part("submit_payment", &["via"], faults);
        let choices = root.part("settings", &["secure_details", "is_charge_partially_refundable"], faults);
        let order = Self {
            wish,
            customer: customer::read(wish, &root, faults),
            basket: products::read(settings, wish, &root, faults),
            send: SendBy {
                sms: send.flag("sms", faults).unwrap_or_default(),
                email: send.flag("email", faults).unwrap_or_default(),
            },
            charge_validity: root.text("charge_validity", LINE, MINUTES, faults),
            customer_notes: root.text("customer_notes", NOTES, SAID, faults),
            tnc: root.text("tnc", NOTES, SAID, faults),
            via: Via { via: via.word("via", &["visa", "mastercard"], faults).unwrap_or("visa") },
            choices: Choices {
                secure_details: choices.flag("secure_details", faults),
                is_charge_partially_refundable: choices.flag("is_charge_partially_refundable", faults),
            },
        };
        std::mem::take(faults).none_or(order)
    }

    /// The body of the create call, with our ids where they are echoed. The order's date is the
    /// attempt's: there is no clock here.
    pub fn body(&'a self, payment: &'a CreatePayment<'_>) -> NewReservation<'a> {
        let numbered = self.basket.products.iter().enumerate();
        NewReservation {
            customer_details: &self.customer,
            order_date: made_at(payment.attempt).to_string(),
            due_date_for_payment_link: due(payment.expires_at).to_string(),
            reference_no: self.wish.reference.as_str(),
            customer_reference: payment.attempt.to_string(),
            send_order_by: self.send,
            products: numbered.map(|(number, one)| (number.to_string(), one)).collect(),
            order_summary: self.basket.summary,
            charge_validity: self.charge_validity,
            customer_notes: self.customer_notes,
            tnc: self.tnc,
            submit_payment: self.via,
            callback: Callback {
                callback_url: payment.notify.as_str(),
                success: payment.landing.as_str(),
                failure: payment.landing.as_str(),
            },
            settings: self.choices,
        }
    }
}

/// When an attempt was made, in Unix seconds: the first 48 bits of a UUIDv7 are its milliseconds
/// (RFC 9562, section 5.7).
pub(super) fn made_at(attempt: AttemptId) -> u64 {
    let millis = u128::from_be_bytes(attempt.to_bytes()) >> 80;
    u64::try_from(millis / 1000).unwrap_or_default()
}

/// Rounded up: the payer's last second is theirs.
fn due(expires_at: Timestamp) -> i64 {
    expires_at.as_second() + i64::from(expires_at.subsec_nanosecond() > 0)
}

fn amount(settings: &Settings, wish: &Wish, faults: &mut Faults) {
    let (ore, at) = (wish.amount.minor(), "/amount/value");
    faults.unless(wish.amount.currency() == CURRENCY, "/amount/currency", "must be NOK");
    if ore < settings.minimum {
        faults.add(at, format!("must be at least {}", settings.minimum));
    }
    if ore > settings.maximum {
        faults.add(at, format!("must be at most {}", settings.maximum));
    }
    let held = wish.capture == Capture::Manual;
    faults.unless(held, "/capture", "must be manual: this provider holds money until it is captured");
}
