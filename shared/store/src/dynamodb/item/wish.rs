//! What the booking site wished for: attributes of the session's row.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `ac` | account, `provider/name` |
//! | `a`, `k` | minor units, currency |
//! | `d`, `ru`, `lo`, `cp` | description, return URL, language, capture |
//! | `py` | payer: see `payer.rs` |
//! | `md`, `op` | metadata and the provider's options, as JSON text |
//!
//! A fraction in the options is read back as the nearest 64-bit number.
//!
//! The reference is read from the key of the reference index.

use super::super::keys;
use super::{Reader, Writer, payer, text};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::money::Money;
use bellhop_domain::store::StoreError;
use bellhop_domain::text::{Description, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const ACCOUNT: &str = "ac";
const AMOUNT: &str = "a";
const CURRENCY: &str = "k";
const DESCRIPTION: &str = "d";
const RETURN_URL: &str = "ru";
const LOCALE: &str = "lo";
const CAPTURE: &str = "cp";
const PAYER: &str = "py";
const METADATA: &str = "md";
const OPTIONS: &str = "op";

pub(super) fn write(row: &mut Writer, wish: &Wish) {
    let named = wish.payer != Payer::default();
    row.text(ACCOUNT, &wish.account)
        .number(AMOUNT, wish.amount.minor())
        .text(CURRENCY, wish.amount.currency().code())
        .text(DESCRIPTION, &wish.description)
        .text(RETURN_URL, wish.return_url.url())
        .text(LOCALE, &wish.locale)
        .text(CAPTURE, wish.capture)
        .optional(PAYER, named.then(|| payer::write(&wish.payer)))
        .optional(METADATA, json(&metadata_json(&wish.metadata)))
        .optional(OPTIONS, json(&wish.options.0));
}

pub(super) fn read(row: Reader<'_>, mode: Mode) -> Result<Wish, StoreError> {
    let test = matches!(mode, Mode::Test);
    Ok(Wish {
        account: row.parsed(ACCOUNT, AccountRef::parse)?,
        amount: amount(row)?,
        reference: row.parsed(keys::REFERENCE_PK, keys::parse_reference_pk)?,
        description: row.parsed(DESCRIPTION, |text| Description::parse(text).ok())?,
        return_url: row.parsed(RETURN_URL, |url| ReturnUrl::parse(url, test).ok())?,
        locale: row.text(LOCALE)?,
        capture: row.parsed(CAPTURE, Capture::parse)?,
        payer: match row.map(PAYER, "py.")? {
            Some(map) => payer::read(map)?,
            None => Payer::default(),
        },
        metadata: row.maybe_parsed(METADATA, metadata)?.unwrap_or_default(),
        options: Options(row.maybe_parsed(OPTIONS, object)?.unwrap_or_default()),
    })
}

fn amount(row: Reader<'_>) -> Result<Money, StoreError> {
    let currency = row.parsed(CURRENCY, |code| Money::currency_of(code).ok())?;
    Money::new(row.number(AMOUNT)?, currency).map_err(|_| row.corrupt(AMOUNT))
}

/// A JSON object as text; nothing when it is empty.
pub(super) fn json(map: &Map<String, Value>) -> Option<AttributeValue> {
    (!map.is_empty()).then(|| text(Value::Object(map.clone())))
}

/// Reads a JSON object.
pub(super) fn object(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(json).ok()
}

fn metadata_json(metadata: &BTreeMap<String, String>) -> Map<String, Value> {
    let entries = metadata.iter();
    entries.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
}

fn metadata(json: &str) -> Option<BTreeMap<String, String>> {
    serde_json::from_str(json).ok()
}
