//! Who pays: a map in the session's row.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `n`, `e` | name, e-mail address |
//! | `ph` | telephone: `c` calling code, `n` number |
//! | `ad` | address: `1`, `2` lines, `p` postal code, `t` city, `c` country |

use super::{Reader, Writer, text};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::store::StoreError;
use bellhop_domain::wish::{Address, Payer, Phone};

const NAME: &str = "n";
const EMAIL: &str = "e";
const PHONE: &str = "ph";
const CALLING_CODE: &str = "c";
const NUMBER: &str = "n";
const ADDRESS: &str = "ad";
const LINE1: &str = "1";
const LINE2: &str = "2";
const POSTCODE: &str = "p";
const CITY: &str = "t";
const COUNTRY: &str = "c";

pub(super) fn write(payer: &Payer) -> AttributeValue {
    let mut map = Writer::default();
    map.optional(NAME, payer.name.as_ref().map(text))
        .optional(EMAIL, payer.email.as_ref().map(text))
        .optional(PHONE, payer.phone.as_ref().map(write_phone))
        .optional(ADDRESS, payer.address.as_ref().map(write_address));
    AttributeValue::M(map.0)
}

pub(super) fn read(map: Reader<'_>) -> Result<Payer, StoreError> {
    Ok(Payer {
        name: map.maybe_text(NAME)?,
        email: map.maybe_text(EMAIL)?,
        phone: map.map(PHONE, "py.ph.")?.map(read_phone).transpose()?,
        address: map.map(ADDRESS, "py.ad.")?.map(read_address).transpose()?,
    })
}

fn write_phone(phone: &Phone) -> AttributeValue {
    let mut map = Writer::default();
    map.text(CALLING_CODE, &phone.country_code).text(NUMBER, &phone.number);
    AttributeValue::M(map.0)
}

fn read_phone(map: Reader<'_>) -> Result<Phone, StoreError> {
    Ok(Phone { country_code: map.text(CALLING_CODE)?, number: map.text(NUMBER)? })
}

fn write_address(address: &Address) -> AttributeValue {
    let mut map = Writer::default();
    map.optional(LINE1, address.line1.as_ref().map(text))
        .optional(LINE2, address.line2.as_ref().map(text))
        .optional(POSTCODE, address.postcode.as_ref().map(text))
        .optional(CITY, address.city.as_ref().map(text))
        .optional(COUNTRY, address.country.as_ref().map(text));
    AttributeValue::M(map.0)
}

fn read_address(map: Reader<'_>) -> Result<Address, StoreError> {
    Ok(Address {
        line1: map.maybe_text(LINE1)?,
        line2: map.maybe_text(LINE2)?,
        postcode: map.maybe_text(POSTCODE)?,
        city: map.maybe_text(CITY)?,
        country: map.maybe_text(COUNTRY)?,
    })
}
