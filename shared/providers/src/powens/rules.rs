//! What Powens takes in the options of a payment, as data (docs, "PaymentInitRequest", "IdentityRequest").

use super::order::MAX_LABEL;
use crate::faults::{Faults, below};
use bellhop_domain::Timestamp;
use iban_validation_rs::validate_iban_str;
use serde_json::{Map, Value};

/// What a value has to be: a text, but for the last two.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// One line of so many characters.
    Line(usize),
    /// Likewise, and it may hold line breaks.
    Lines(usize),
    /// `2026-11-20`.
    Date,
    /// ISO 3166-1 alpha-2.
    Country,
    /// One of these and nothing else.
    Only(&'static [&'static str]),
    /// An IBAN whose form and check digits are right.
    Iban,
    /// These fields and no other.
    Object(&'static [Field]),
    /// A person or a company.
    Identity,
}

use Rule::{Country, Date, Identity, Line, Lines, Object, Only};

/// A field: its name, whether it has to be there, and what it has to be.
pub(super) type Field = (&'static str, bool, Rule);

/// Bulk and periodic payments are not one booking's.
pub(super) const OPTIONS: &[Field] = &[
    ("label", false, Line(MAX_LABEL)),
    ("execution_date_type", true, Only(&["first_open_day", "instant", "deferred"])),
    ("execution_date", false, Date),
    ("beneficiary", true, Object(BENEFICIARY)),
    ("beneficiary_identity", true, Identity),
    ("payer_identity", true, Identity),
];

const BENEFICIARY: &[Field] = &[
    ("scheme_name", true, Only(&["iban"])),
    ("identification", true, Rule::Iban),
    ("label", true, Line(255)),
];

const PERSON: &[Field] = &[
    ("kind", true, Only(&["individual"])),
    ("first_name", true, Line(255)),
    ("last_name", true, Line(255)),
    ("birth_date", false, Date),
    ("birth_city", false, Line(255)),
    ("birth_country", false, Country),
    ("nationality", false, Line(255)),
    ("postal_address", false, Lines(512)),
    ("external_ref", false, Line(255)),
];

const COMPANY: &[Field] = &[
    ("kind", true, Only(&["corporate"])),
    ("org_name", true, Line(255)),
    ("org_legal_status", true, Line(255)),
    ("scheme_name", true, Line(255)),
    ("identification", true, Line(255)),
    ("org_hq_address", false, Lines(512)),
    ("external_ref", false, Line(255)),
];

/// A company's number in the French register: its only length that is documented.
const SIREN_DIGITS: usize = 9;

/// Checks every field of an object, and that there is no other.
pub(super) fn fields(at: &str, given: &Map<String, Value>, known: &[Field], faults: &mut Faults) {
    let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
    faults.names(at, given, &names);
    for (name, needed, rule) in known {
        let at = below(at, name);
        match (rule, given.get(*name)) {
            (_, None) => faults.unless(!needed, &at, "is required"),
            (Object(known), Some(Value::Object(given))) => fields(&at, given, known, faults),
            (Identity, Some(Value::Object(given))) => identity(&at, given, faults),
            (Object(_) | Identity, Some(_)) => faults.add(&at, "must be an object"),
            (rule, Some(Value::String(text))) => complain(&at, text, *rule, faults),
            (_, Some(_)) => faults.add(&at, "must be a text"),
        }
    }
}

fn identity(at: &str, given: &Map<String, Value>, faults: &mut Faults) {
    let text = |name| given.get(name).and_then(Value::as_str);
    match text("kind") {
        Some("individual") => fields(at, given, PERSON, faults),
        Some("corporate") => fields(at, given, COMPANY, faults),
        _ => faults.add(&below(at, "kind"), "must be individual or corporate"),
    }
    if let (Some("siren"), Some(number)) = (text("scheme_name"), text("identification")) {
        let fine = number.len() == SIREN_DIGITS && number.bytes().all(|b| b.is_ascii_digit());
        faults.unless(fine, &below(at, "identification"), "must be nine digits");
    }
}

/// Complains about a text that is not what it has to be.
pub(super) fn complain(at: &str, text: &str, rule: Rule, faults: &mut Faults) {
    let odd = |c: char| c.is_control() && !(matches!(rule, Lines(_)) && c == '\n');
    match rule {
        Line(_) | Lines(_) if text.trim().is_empty() => faults.add(at, "must not be empty"),
        Line(_) | Lines(_) if text.contains(odd) => faults.add(at, "must not hold control characters"),
        Line(max) | Lines(max) if text.chars().count() > max => {
            faults.add(at, format!("is longer than {max} characters"));
        }
        Line(_) | Lines(_) | Object(_) | Identity => {}
        Date => faults.unless(is_date(text), at, "must be a date such as 2026-11-20"),
        Country => faults.unless(is_country(text), at, "must be two upper-case letters"),
        Only(words) => faults.unless(words.contains(&text), at, &format!("must be {}", words.join(" or "))),
        Rule::Iban => faults.unless(validate_iban_str(&plain_iban(text)).is_ok(), at, "is not an IBAN"),
    }
}

/// An IBAN as machines write it (ISO 13616, electronic format).
pub(super) fn plain_iban(text: &str) -> String {
    text.replace(' ', "").to_ascii_uppercase()
}

/// A day of the calendar, written with hyphens.
fn is_date(text: &str) -> bool {
    text.len() == 10 && format!("{text}T00:00:00Z").parse::<Timestamp>().is_ok()
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}
