//! Every field of a create but the amounts, as data: docs, "create-session-for-reservation" and the
//! older "submit-reservation". Our options have their names, in snake case.

use super::options::{LINE, NOTES, Rule, SAID};
use bellhop_domain::wish::{Address, Payer};

/// What a field has to be, and what is sent where it is not given.
#[derive(Clone, Copy)]
pub(super) enum Want {
    /// A text of at most so many characters, or null.
    Text(usize, Rule),
    /// A text that has to be there: the option, or what the payer has at this pointer.
    Payer(&'static str, fn(&Payer) -> Option<&str>, Rule),
    /// One of these words, or the first.
    Word(&'static [&'static str]),
    /// A language, or the payer's own.
    Language,
    /// A truth, or false.
    Flag,
    /// A truth, or nothing: then the account decides.
    Choice,
    /// An object.
    Object(&'static [Field]),
    /// Holds amounts, and is read apart.
    Amounts,
}

use Want::{Amounts, Choice, Flag, Language, Object, Text, Word};

/// A field's name, and what it has to be.
pub(super) type Field = (&'static str, Want);

pub(super) const ORDER: &[Field] = &[
    ("customer_details", Object(CUSTOMER)),
    ("send_order_by", Object(&[("sms", Flag), ("email", Flag)])),
    ("products", Amounts),
    ("order_summary", Amounts),
    // How long a later charge may come.
    ("charge_validity", Text(LINE, (is_digits, "must be minutes, in digits"))),
    ("customer_notes", Text(NOTES, SAID)),
    ("tnc", Text(NOTES, SAID)),
    ("submit_payment", Object(&[("via", Word(&["visa", "mastercard"]))])),
    ("settings", Object(&[("secure_details", Choice), ("is_charge_partially_refundable", Choice)])),
];

const CUSTOMER: &[Field] = &[
    ("type", Word(&["private", "corporate"])),
    (
        "country_code",
        Want::Payer("/payer/phone/country_code", |p| Some(&p.phone.as_ref()?.country_code), CODE),
    ),
    ("msisdn", Want::Payer("/payer/phone/number", |p| Some(&p.phone.as_ref()?.number), NUMBER)),
    ("email", Want::Payer("/payer/email", |p| p.email.as_deref(), EMAIL)),
    ("name", Want::Payer("/payer/name", |p| p.name.as_deref(), SAID)),
    ("preferred_language", Language),
    ("personal_number", Text(LINE, PERSONAL)),
    ("organization_id", Text(LINE, (is_digits, "must hold nothing but digits"))),
    ("address", Object(ADDRESS)),
];

/// The payer's second line has no place with them, and is left out.
const ADDRESS: &[Field] = &[
    ("street", Want::Payer("/payer/address/line1", |p| line(p, |a| &a.line1), SAID)),
    ("zip", Want::Payer("/payer/address/postcode", |p| line(p, |a| &a.postcode), SAID)),
    ("city", Want::Payer("/payer/address/city", |p| line(p, |a| &a.city), SAID)),
    ("country", Want::Payer("/payer/address/country", |p| line(p, |a| &a.country), COUNTRY)),
];

const CODE: Rule = (is_calling_code, "must be + and up to four digits");
const NUMBER: Rule = (is_number, "must be 4 to 15 digits, without the country code");
const EMAIL: Rule = (is_email, "must be an e-mail address");
const COUNTRY: Rule = (is_country, "must be an ISO 3166-1 alpha-2 code");
const PERSONAL: Rule = (|text| text.len() == 11 && is_digits(text), "must be exactly 11 digits");

fn line(payer: &Payer, of: fn(&Address) -> &Option<String>) -> Option<&str> {
    of(payer.address.as_ref()?).as_deref()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_calling_code(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| is_digits(digits) && digits.len() <= 4)
}

fn is_number(text: &str) -> bool {
    is_digits(text) && (4..=15).contains(&text.len())
}

fn is_email(text: &str) -> bool {
    let host = |host: &str| host.split('.').all(|label| !label.is_empty()) && host.contains('.');
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain && text.split_once('@').is_some_and(|(name, at)| !name.is_empty() && !at.contains('@') && host(at))
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}
