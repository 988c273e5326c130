//! Who pays and who is paid. `[doc]` PROVIDERS §4.2 and guide, IdentityRequest.

use super::dates;
use super::errors::ApiError;
use super::reader::{ANY, NAME, Reader};

/// What a person must have `[inf]`: what every documented example has and no bank could do without.
const INDIVIDUAL: [&str; 2] = ["first_name", "last_name"];
/// What a company must have. `[doc]`
const CORPORATE: [&str; 4] = ["org_name", "org_legal_status", "scheme_name", "identification"];
/// `[doc]` Texts and their longest length.
const TEXTS: [(&str, usize); 13] = [
    ("external_ref", NAME),
    ("first_name", NAME),
    ("last_name", NAME),
    ("birth_date", ANY),
    ("birth_city", ANY),
    ("birth_country", ANY),
    ("nationality", ANY),
    ("postal_address", ADDRESS),
    ("org_name", NAME),
    ("org_legal_status", ANY),
    ("org_hq_address", ADDRESS),
    ("scheme_name", ANY),
    ("identification", ANY),
];
/// `[doc]` The longest address.
const ADDRESS: usize = 512;
/// `[inf]` Digits of a French company number; every documented one has nine.
const SIREN_DIGITS: usize = 9;

/// Refuses an identity that lacks something.
pub fn check(identity: &Reader<'_>) -> Result<(), ApiError> {
    let needed: &[&str] = match identity.required("kind", ANY)? {
        "individual" => &INDIVIDUAL,
        "corporate" => &CORPORATE,
        _ => return Err(identity.invalid("kind", "must be individual or corporate")),
    };
    for name in needed {
        identity.required(name, ANY)?;
    }
    for (name, most) in TEXTS {
        identity.text(name, most)?;
    }
    check_birth_date(identity)?;
    check_company_number(identity)
}

fn check_birth_date(identity: &Reader<'_>) -> Result<(), ApiError> {
    match identity.text("birth_date", ANY)? {
        Some(date) if dates::day(date).is_none() => {
            Err(identity.invalid("birth_date", "must be a date, as 1963-01-01"))
        }
        _ => Ok(()),
    }
}

fn check_company_number(identity: &Reader<'_>) -> Result<(), ApiError> {
    let number = identity
        .text("identification", ANY)?
        .filter(|_| matches!(identity.text("scheme_name", ANY), Ok(Some("siren"))));
    match number {
        Some(number) if number.len() != SIREN_DIGITS || !number.bytes().all(|b| b.is_ascii_digit()) => {
            Err(identity.invalid("identification", "must have nine digits"))
        }
        _ => Ok(()),
    }
}
