//! What Mews takes in the objects of a booking, as data (docs, "Create reservation group").
//!
//! It documents no limits to texts; those here keep a booking readable and far below our own of a body.

use super::ids::Id;
use crate::faults::{Faults, below};
use bellhop_domain::Timestamp;
use bellhop_domain::text::free_text;
use serde_json::{Map, Value};

/// What a field has to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// An id of theirs.
    Id,
    /// A list of ids of theirs.
    Ids,
    /// One line of so many characters.
    Line(usize),
    /// An address with an `@`.
    Email,
    /// ISO 3166-1 alpha-2.
    Country,
    /// `true`, `false`, or null for "as it is".
    Flag,
    /// Of people.
    Count,
    /// RFC 3339 in UTC.
    Time,
    /// It is read elsewhere.
    Apart,
}

/// A field: our name, theirs, whether it has to be there, and what it has to be.
pub(super) type Field = (&'static str, &'static str, bool, Rule);

/// A payment request that is there already.
pub(super) const GIVEN: &[Field] = &[
    ("payment_request_id", "PaymentRequestId", true, Rule::Id),
    ("reservation_group_id", "ReservationGroupId", true, Rule::Id),
];

/// A group to be made. No card: `CreditCardData` is for whoever collects cards, and we do not.
pub(super) const GROUP: &[Field] = &[
    ("hotel_id", "HotelId", false, Rule::Id),
    ("configuration_id", "ConfigurationId", false, Rule::Id),
    ("availability_block_id", "AvailabilityBlockId", false, Rule::Id),
    ("language_code", "LanguageCode", false, Rule::Line(10)),
    ("culture_code", "CultureCode", false, Rule::Line(10)),
    ("customer", "Customer", true, Rule::Apart),
    ("booker", "Booker", false, Rule::Apart),
    ("reservations", "Reservations", true, Rule::Apart),
];

/// The customer or the booker.
pub(super) const PERSON: &[Field] = &[
    ("email", "Email", true, Rule::Email),
    ("first_name", "FirstName", true, Rule::Line(255)),
    ("last_name", "LastName", true, Rule::Line(255)),
    ("telephone", "Telephone", false, Rule::Line(50)),
    ("nationality_code", "NationalityCode", false, Rule::Country),
    ("send_marketing_emails", "SendMarketingEmails", false, Rule::Flag),
];

/// One reservation.
pub(super) const RESERVATION: &[Field] = &[
    ("room_category_id", "RoomCategoryId", true, Rule::Id),
    ("start_utc", "StartUtc", true, Rule::Time),
    ("end_utc", "EndUtc", true, Rule::Time),
    ("rate_id", "RateId", true, Rule::Id),
    ("adult_count", "AdultCount", true, Rule::Count),
    ("child_count", "ChildCount", true, Rule::Count),
    ("product_ids", "ProductIds", false, Rule::Ids),
    ("voucher_code", "VoucherCode", false, Rule::Line(255)),
    ("notes", "Notes", false, Rule::Line(1000)),
];

const MAX_IDS: usize = 100;
const MAX_PEOPLE: u64 = 999;

/// The object at `at` in their words. Tells every wrong field, and every one that is none of these.
pub(super) fn translated(
    at: &str,
    given: &Map<String, Value>,
    known: &[Field],
    faults: &mut Faults,
) -> Map<String, Value> {
    let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
    faults.names(at, given, &names);
    let mut all = Map::new();
    for (name, theirs, needed, rule) in known {
        let at = below(at, name);
        match given.get(*name).map(|value| read(value, *rule)) {
            Some(Ok(Some(value))) => drop(all.insert((*theirs).to_owned(), value)),
            Some(Ok(None)) => {}
            Some(Err(detail)) => faults.add(&at, detail),
            None => faults.unless(!needed, &at, "is required"),
        }
    }
    all
}

/// The value as they take it; `None` for one that is read elsewhere.
fn read(value: &Value, rule: Rule) -> Result<Option<Value>, &'static str> {
    let text = value.as_str();
    let found = match rule {
        Rule::Apart => return Ok(None),
        Rule::Id => text.and_then(Id::parse).map(|id| id.as_str().into()).ok_or("must be an id of Mews"),
        Rule::Ids => ids(value).ok_or("must be at most 100 ids of Mews"),
        Rule::Line(max) => line(value, max),
        Rule::Email => {
            let line = line(value, 255)?;
            text.is_some_and(|text| text.contains('@')).then_some(line).ok_or("must be an e-mail address")
        }
        Rule::Country => {
            let country = |text: &&str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
            text.filter(country).map(Value::from).ok_or("must be two upper-case letters")
        }
        Rule::Flag if value.is_null() || value.is_boolean() => Ok(value.clone()),
        Rule::Flag => Err("must be true, false or null"),
        Rule::Count => {
            let count = value.as_u64().filter(|count| *count <= MAX_PEOPLE);
            count.map(Value::from).ok_or("must be a whole number, 999 at most")
        }
        Rule::Time => {
            text.and_then(time).map(Value::from).ok_or("must be a time such as 2026-11-20T14:00:00Z")
        }
    };
    found.map(Some)
}

fn line(value: &Value, max: usize) -> Result<Value, &'static str> {
    let text = value.as_str().ok_or("must be a text")?;
    free_text(text, max).map(Value::from).map_err(|invalid| invalid.0)
}

fn ids(value: &Value) -> Option<Value> {
    let all = value.as_array().filter(|all| all.len() <= MAX_IDS)?;
    let ids = all.iter().map(|one| Some(Value::from(Id::parse(one.as_str()?)?.as_str())));
    ids.collect::<Option<Vec<Value>>>().map(Value::from)
}

/// To the second, as all times of theirs.
fn time(text: &str) -> Option<String> {
    let time: Timestamp = text.strip_suffix('Z').and(text.parse().ok())?;
    (time.subsec_nanosecond() == 0).then(|| time.to_string())
}
