//! A wish as Mews would take it, in one of two ways: every documented field, checked before any call.
//!
//! Source: docs, "On session payments" and "Create reservation group". The amount is not sent: what a
//! request asks for follows from the rate, and what was paid is compared.

use super::config::Settings;
use super::currencies;
use super::ids::{Id, PaymentId};
use super::notes::{attempts_in, signed};
use super::rules::{GIVEN, GROUP, PERSON, RESERVATION, translated};
use crate::faults::{Faults, below};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::wish::{Capture, FieldError, Wish};
use serde_json::{Map, Value};

pub(super) const OPTIONS: &str = "/options/mews";

/// More rooms than one booking is for.
const MAX_RESERVATIONS: usize = 50;

const NOTES: &str = "Notes";

/// A wish that passed.
#[derive(Debug)]
pub(super) enum Order {
    /// A payment request that the booking site names: nothing is booked.
    Given(PaymentId),
    /// A booking to be made.
    Booking(Booking),
}

/// A booking to be made, in their words.
pub(super) struct Booking {
    body: Map<String, Value>,
    reservations: Vec<Map<String, Value>>,
}

impl std::fmt::Debug for Booking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Booking(..)")
    }
}

/// Whether the wish names a payment request that is there already.
pub(super) fn is_given(wish: &Wish) -> bool {
    GIVEN.iter().any(|(name, ..)| wish.options.0.contains_key(*name))
}

impl Order {
    /// Reads `wish`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(settings: &Settings, wish: &Wish) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        currencies::check(wish, &mut faults);
        let at_once = wish.capture == Capture::Automatic;
        faults.unless(at_once, "/capture", "must be automatic: a payment request is charged at once");
        let order = if is_given(wish) {
            given(&wish.options.0, &mut faults)
        } else {
            Some(Self::Booking(Booking::read(settings, &wish.options.0, &mut faults)))
        };
        faults.none_or(order)?.ok_or_else(|| vec![FieldError::new(OPTIONS, "names no payment request")])
    }
}

fn given(options: &Map<String, Value>, faults: &mut Faults) -> Option<Order> {
    let ids = translated(OPTIONS, options, GIVEN, faults);
    let id = |name: &str| ids.get(name).and_then(Value::as_str).and_then(Id::parse);
    Some(Order::Given(PaymentId::of(id("PaymentRequestId")?, id("ReservationGroupId")?)))
}

impl Booking {
    fn read(settings: &Settings, options: &Map<String, Value>, faults: &mut Faults) -> Self {
        let mut body = translated(OPTIONS, options, GROUP, faults);
        hotel(settings, &mut body, faults);
        let both = body.contains_key("LanguageCode") == body.contains_key("CultureCode");
        faults.unless(both, &below(OPTIONS, "language_code"), "goes with culture_code, or neither");
        let people = [("customer", "Customer"), ("booker", "Booker")];
        for (name, theirs) in people {
            if let Some(person) = person(name, options, faults) {
                body.insert(theirs.to_owned(), person.into());
            }
        }
        let subscribes = body.get("Customer").is_some_and(|one| one["SendMarketingEmails"] == true);
        faults.unless(
            !(subscribes && body.contains_key("Booker")),
            &below(&below(OPTIONS, "customer"), "send_marketing_emails"),
            "must not be true where there is a booker: it is the booker who is asked",
        );
        Self { body, reservations: reservations(options, faults) }
    }

    /// The body of the create call, with `attempt` in the notes of each reservation.
    pub fn body(self, attempt: AttemptId) -> Map<String, Value> {
        let Self { mut body, reservations } = self;
        let reservations = reservations.into_iter().map(|mut one| {
            let notes = signed(one.get(NOTES).and_then(Value::as_str), attempt);
            one.insert(NOTES.to_owned(), notes.into());
            Value::from(one)
        });
        body.insert("Reservations".to_owned(), reservations.collect());
        body
    }
}

/// One account is one hotel, as a look has to name it: the option may only say so again.
fn hotel(settings: &Settings, body: &mut Map<String, Value>, faults: &mut Faults) {
    let named = body.remove("HotelId");
    let same = named.is_none_or(|named| named == settings.hotel.as_str());
    faults.unless(same, &below(OPTIONS, "hotel_id"), "is not the hotel of this account");
    if let Some(own) = &settings.configuration {
        body.entry("ConfigurationId").or_insert_with(|| own.as_str().into());
    }
    let configured = body.contains_key("ConfigurationId");
    faults.unless(configured, &below(OPTIONS, "configuration_id"), "is required: the account has none");
}

fn person(name: &str, options: &Map<String, Value>, faults: &mut Faults) -> Option<Map<String, Value>> {
    let at = below(OPTIONS, name);
    let given = faults.object(&at, options.get(name)?)?;
    Some(translated(&at, given, PERSON, faults))
}

fn reservations(options: &Map<String, Value>, faults: &mut Faults) -> Vec<Map<String, Value>> {
    let at = below(OPTIONS, "reservations");
    let Some(given) = options.get("reservations") else {
        return Vec::new();
    };
    let all = given.as_array().filter(|all| (1..=MAX_RESERVATIONS).contains(&all.len()));
    faults.unless(all.is_some(), &at, "must be a list of 1 to 50");
    let numbered = all.into_iter().flatten().enumerate();
    numbered.filter_map(|(number, one)| reservation(&below(&at, &number.to_string()), one, faults)).collect()
}

fn reservation(at: &str, given: &Value, faults: &mut Faults) -> Option<Map<String, Value>> {
    let all = translated(at, faults.object(at, given)?, RESERVATION, faults);
    let text = |name: &str| all.get(name).and_then(Value::as_str);
    // Both are in UTC and to the second, so they order as texts.
    if let (Some(start), Some(end)) = (text("StartUtc"), text("EndUtc")) {
        faults.unless(start < end, &below(at, "end_utc"), "must be after start_utc");
    }
    let count = |name: &str| all.get(name).and_then(Value::as_u64);
    if let (Some(adults), Some(children)) = (count("AdultCount"), count("ChildCount")) {
        faults.unless(adults + children > 0, &below(at, "adult_count"), "leaves nobody to stay");
    }
    let free = text(NOTES).is_none_or(|notes| attempts_in(notes).next().is_none());
    faults.unless(free, &below(at, "notes"), "must not hold the id of an attempt");
    Some(all)
}
