//! Reading the card form.

use std::collections::HashMap;

use super::card::passes_luhn;
use super::page_views::Mistake;
use crate::clock::year_and_month;

/// `[doc]` testing_govuk_pay: this card type is not taken; the payer may try another.
const NOT_TAKEN: &str = "6759649826438453";

/// The fields of a sent form.
pub type Fields = HashMap<String, String>;

/// A field without the blanks around it.
pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(|value| value.trim()).unwrap_or_default()
}

/// A number without the blanks and dashes that people type.
pub fn digits(fields: &Fields, name: &str) -> String {
    field(fields, name).chars().filter(|sign| !matches!(sign, ' ' | '-')).collect()
}

/// The last two digits of a year.
pub fn short_year(year: &str) -> &str {
    year.get(year.len().saturating_sub(2)..).unwrap_or_default()
}

/// What is wrong with a sent form; nothing when it may go to the gateway.
pub fn mistakes(fields: &Fields, now: i64) -> Vec<Mistake> {
    let number = digits(fields, "cardNo");
    let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cvc = field(fields, "cvc");
    let mut found = Vec::new();
    let mut expect = |good: bool, mistake: Mistake| {
        if !good {
            found.push(mistake);
        }
    };
    let plausible = numeric(&number) && (12..=19).contains(&number.len()) && passes_luhn(&number);
    expect(plausible, ("cardNo", "Enter a valid card number"));
    expect(number != NOT_TAKEN, ("cardNo", "Maestro is not accepted"));
    expect(in_future(fields, now), ("expiryMonth", "Enter a valid expiry date"));
    expect(numeric(cvc) && (3..=4).contains(&cvc.len()), ("cvc", "Enter a valid card security code"));
    for (name, text) in [
        ("cardholderName", "Enter the name as it appears on the card"),
        ("addressLine1", "Enter a building name, number and street"),
        ("addressCity", "Enter a town or city"),
        ("addressPostcode", "Enter a postcode"),
    ] {
        expect(!field(fields, name).is_empty(), (name, text));
    }
    found
}

fn in_future(fields: &Fields, now: i64) -> bool {
    let month: u32 = field(fields, "expiryMonth").parse().unwrap_or_default();
    let year: Result<u32, _> = short_year(field(fields, "expiryYear")).parse();
    year.is_ok_and(|year| (1..=12).contains(&month) && year * 100 + month >= year_and_month(now))
}
