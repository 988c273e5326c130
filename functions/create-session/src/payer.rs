//! Who pays, as far as the booking site says.

use bellhop_domain::text::{Invalid, free_text};
use bellhop_domain::wish::{Address, Payer, Phone};
use bellhop_runtime::http::reader::{Field, Fields};

/// Reads the `payer` object.
pub fn payer(mut fields: Fields<'_>) -> Payer {
    Payer {
        name: short(fields.field("name")),
        email: fields.field("email").parsed(email),
        phone: fields.field("phone").object().and_then(phone),
        address: fields.field("address").object().map(address),
    }
}

fn phone(mut fields: Fields<'_>) -> Option<Phone> {
    let country_code = fields.field("country_code").required().parsed(calling_code);
    let number = fields.field("number").required().parsed(|text| digits(text, 4..=14));
    Some(Phone { country_code: country_code?, number: number? })
}

fn address(mut fields: Fields<'_>) -> Address {
    Address {
        line1: short(fields.field("line1")),
        line2: short(fields.field("line2")),
        postcode: short(fields.field("postcode")),
        city: short(fields.field("city")),
        country: fields.field("country").parsed(country),
    }
}

fn short(field: Field<'_>) -> Option<String> {
    field.parsed(|text| free_text(text, 255).map(str::to_owned))
}

fn email(text: &str) -> Result<String, Invalid> {
    let text = free_text(text, 254)?;
    let sound = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace)
    });
    if sound { Ok(text.to_owned()) } else { Err(Invalid("is not an e-mail address")) }
}

fn calling_code(text: &str) -> Result<String, Invalid> {
    let digits_of = text.strip_prefix('+').ok_or(Invalid("must begin with +"))?;
    digits(digits_of, 1..=3).map(|_| text.to_owned())
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Result<String, Invalid> {
    let fine = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fine {
        Ok(text.to_owned())
    } else {
        Err(Invalid("has the wrong number of digits, or other characters"))
    }
}

fn country(text: &str) -> Result<String, Invalid> {
    let fine = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    if fine { Ok(text.to_owned()) } else { Err(Invalid("is not an ISO 3166-1 alpha-2 code")) }
}
