//! A wish as Front would take it: every documented field and rule, checked before any call.

use super::config::Settings;
use super::fields::ORDER;
use super::options::Part;
use super::products::{self, Basket};
use super::wire::{CURRENCY, NewReservation};
use crate::faults::Faults;
use bellhop_domain::Timestamp;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::CreatePayment;
use bellhop_domain::wish::{FieldError, Wish};
use serde_json::{Map, Value, json};

/// A wish that passed.
pub(super) struct Order<'a> {
    wish: &'a Wish,
    fields: Map<String, Value>,
    basket: Basket<'a>,
}

impl<'a> Order<'a> {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(settings: &Settings, wish: &'a Wish) -> Result<Self, Vec<FieldError>> {
        let faults = &mut Faults::default();
        let root = Part::root(&wish.options.0, ORDER, faults);
        amount(settings, wish, faults);
        let fields = root.read(wish, ORDER, faults);
        if let Some(sent) = fields.get("customerDetails") {
            numbers(sent, root.value("customer_details"), faults);
        }
        let order = Self { wish, fields, basket: products::read(settings, wish, &root, faults) };
        std::mem::take(faults).none_or(order)
    }

    /// The body of the create call, with our ids where they are echoed. The order's date is the
    /// attempt's: there is no clock here.
    pub fn body(mut self, payment: &CreatePayment<'_>) -> NewReservation<'a> {
        let landing = payment.landing.as_str();
        let own = [
            ("orderDate", json!(made_at(payment.attempt).to_string())),
            ("dueDateForPaymentLink", json!(due(payment.expires_at).to_string())),
            // Comes back as `referenceNumber`.
            ("referenceNo", json!(self.wish.reference.as_str())),
            ("customerReference", json!(payment.attempt.to_string())),
            (
                "callback",
                json!({"callbackUrl": payment.notify.as_str(), "success": landing, "failure": landing}),
            ),
        ];
        self.fields.extend(own.map(|(name, value)| (name.to_owned(), value)));
        let numbered = self.basket.products.into_iter().enumerate();
        NewReservation {
            products: numbered.map(|(number, one)| (number.to_string(), one)).collect(),
            order_summary: self.basket.summary,
            fields: self.fields,
        }
    }
}

/// One of the two: the organization's is needed where there is one, the person's never is.
fn numbers(sent: &Value, given: Option<&Value>, faults: &mut Faults) {
    let at = |name: &str| format!("/options/frontgo/customer_details/{name}");
    let organization = at("organization_id");
    if sent["type"] == "corporate" {
        let there = given.is_some_and(|given| !given["organization_id"].is_null());
        faults.unless(there, &organization, "is needed for a corporate customer");
        let personless = sent["personalNumber"].is_null();
        faults.unless(personless, &at("personal_number"), "is for a private customer");
    } else {
        faults.unless(sent["organizationId"].is_null(), &organization, "is for a corporate customer");
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
}
