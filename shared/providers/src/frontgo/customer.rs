//! Who pays, as Front wants to know it: the options, and where they are silent the payer of the wish.

use super::options::{LINE, Part, Rule, SAID};
use super::wire::{Address, Customer};
use crate::faults::{Faults, Limit};
use bellhop_domain::wish::{Payer, Wish};

const KNOWN: [&str; 9] = [
    "type",
    "country_code",
    "msisdn",
    "email",
    "name",
    "preferred_language",
    "personal_number",
    "organization_id",
    "address",
];
const LINES: [&str; 4] = ["street", "zip", "city", "country"];
const LANGUAGES: [&str; 5] = ["en", "no", "sv", "da", "de"];

/// For a payer who speaks none of them; Norwegian is their own default, for payers in Norway.
const FOREIGN: &str = "en";

const CODE: Rule = (is_calling_code, "must be + and up to four digits");
const NUMBER: Rule = (is_number, "must be 4 to 15 digits, without the country code");
const EMAIL: Rule = (is_email, "must be an e-mail address");
const COUNTRY: Rule = (is_country, "must be an ISO 3166-1 alpha-2 code");
const PERSONAL: Rule = (|text| text.len() == 11 && is_digits(text), "must be exactly 11 digits");
const ORGANIZATION: Rule = (is_digits, "must hold nothing but digits");

/// Reads the customer of `wish`.
pub(super) fn read<'a>(wish: &'a Wish, root: &Part<'a>, faults: &mut Faults) -> Customer<'a> {
    let part = root.part("customer_details", &KNOWN, faults);
    let payer = &wish.payer;
    let phone = payer.phone.as_ref();
    let kind = part.word("type", &["private", "corporate"], faults).unwrap_or("private");
    let (personal_number, organization_id) = numbers(&part, kind == "corporate", faults);
    let code = phone.map(|phone| phone.country_code.as_str());
    let number = phone.map(|phone| phone.number.as_str());
    let mut field = |name, own, rule| needed(&part, name, own, rule, faults);
    Customer {
        kind,
        country_code: field("country_code", ("/payer/phone/country_code", code), CODE),
        msisdn: field("msisdn", ("/payer/phone/number", number), NUMBER),
        email: field("email", ("/payer/email", payer.email.as_deref()), EMAIL),
        name: field("name", ("/payer/name", payer.name.as_deref()), SAID),
        preferred_language: language(wish, &part, faults),
        personal_number,
        organization_id,
        address: address(payer, &part, faults),
    }
}

/// One of the two: the organization's is needed where there is one, the person's never is.
fn numbers<'a>(part: &Part<'a>, corporate: bool, faults: &mut Faults) -> (Option<&'a str>, Option<&'a str>) {
    let person = part.text("personal_number", LINE, PERSONAL, faults);
    let organization = part.text("organization_id", LINE, ORGANIZATION, faults);
    let at = part.at("organization_id");
    if corporate {
        faults.unless(part.value("organization_id").is_some(), &at, "is needed for a corporate customer");
        faults.unless(person.is_none(), &part.at("personal_number"), "is for a private customer");
    } else {
        faults.unless(organization.is_none(), &at, "is for a corporate customer");
    }
    (person, organization)
}

/// The payer's second line has no place with them, and is left out.
fn address<'a>(payer: &'a Payer, customer: &Part<'a>, faults: &mut Faults) -> Address<'a> {
    let part = customer.part("address", &LINES, faults);
    let own = payer.address.as_ref();
    let line = |of: fn(&bellhop_domain::wish::Address) -> &Option<String>| own.and_then(|a| of(a).as_deref());
    let mut field = |name, own, rule| needed(&part, name, own, rule, faults);
    Address {
        street: field("street", ("/payer/address/line1", line(|a| &a.line1)), SAID),
        zip: field("zip", ("/payer/address/postcode", line(|a| &a.postcode)), SAID),
        city: field("city", ("/payer/address/city", line(|a| &a.city)), SAID),
        country: field("country", ("/payer/address/country", line(|a| &a.country)), COUNTRY),
    }
}

/// The option `name`, or else what the payer says, which then has to be there.
fn needed<'a>(
    part: &Part<'a>,
    name: &str,
    (at, own): (&str, Option<&'a str>),
    rule: Rule,
    faults: &mut Faults,
) -> &'a str {
    if part.value(name).is_some() {
        return part.text(name, LINE, rule, faults).unwrap_or_default();
    }
    match own {
        Some(text) => {
            faults.text(at, text, Limit { max: LINE, forbidden: "" });
            faults.unless(rule.0(text), at, rule.1);
        }
        None => faults.add(at, "is needed by this provider"),
    }
    own.unwrap_or_default()
}

/// The option, or else the payer's own language where they have pages in it.
fn language(wish: &Wish, part: &Part<'_>, faults: &mut Faults) -> &'static str {
    let own = wish.locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let own = match own.as_str() {
        "nb" | "nn" => "no",
        other => LANGUAGES.iter().find(|known| **known == other).copied().unwrap_or(FOREIGN),
    };
    part.word("preferred_language", &LANGUAGES, faults).unwrap_or(own)
}

pub(super) fn is_digits(text: &str) -> bool {
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
