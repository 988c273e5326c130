//! The rules of metadata and of the cardholder's prefilled details.
//!
//! `[doc]` PROVIDERS §3.2, custom_metadata; `[code]` the texts.

use serde_json::{Map, Value};

use super::errors::ApiError;
use super::validate::{at_most, text};

const CODE: &str = "P0102";

/// 1-15 keys of 1-30 characters; text of at most 100 characters, number or boolean.
pub fn metadata(fields: &Map<String, Value>) -> Result<Option<Map<String, Value>>, ApiError> {
    let given = match fields.get("metadata") {
        None => return Ok(None),
        Some(Value::Object(given)) => given,
        Some(_) => {
            return Err(ApiError::wrong_type(CODE, "metadata", "Must be an object of JSON key-value pairs"));
        }
    };
    let refuse = |why| Err(ApiError::invalid(CODE, "metadata", why));
    if !(1..=15).contains(&given.len()) {
        return refuse("Must have between 1 and 15 key-value pairs");
    }
    let mut kept: Map<String, Value> = Map::new();
    for (key, value) in given {
        if key.trim().is_empty() || key.chars().count() > 30 {
            return refuse("Keys must be between 1 and 30 characters long");
        }
        if let Some(why) = wrong_value(value) {
            return refuse(why);
        }
        // [doc] Keys that differ only in case are the same key; one is kept.
        if !kept.keys().any(|known| known.eq_ignore_ascii_case(key)) {
            kept.insert(key.clone(), value.clone());
        }
    }
    Ok(Some(kept))
}

fn wrong_value(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("Value must not be null"),
        Value::Array(_) | Value::Object(_) => Some("Values must be of type String, Boolean or Number"),
        Value::String(text) if text.chars().count() > 100 => {
            Some("Values must be no greater than 100 characters long")
        }
        _ => None,
    }
}

/// The cardholder's name and address, as they will stand in the page's form.
pub fn prefilled(fields: &Map<String, Value>) -> Result<Value, ApiError> {
    const NAME: &str = "prefilled_cardholder_details";
    const TEXT: &str = "Field must be a string";
    let Some(details) = object(fields, NAME)? else {
        return Ok(Value::Null);
    };
    if let Some(name) = text(details, "cardholder_name", TEXT)? {
        at_most(name, 255, "cardholder_name")?;
    }
    if let Some(address) = object(details, "billing_address")? {
        // [inf] The documentation limits the whole, not each line: the figures are those of the page's own fields.
        for (name, most) in [("line1", 255), ("line2", 255), ("postcode", 25), ("city", 255)] {
            if let Some(line) = text(address, name, TEXT)? {
                at_most(line, most, name)?;
            }
        }
        let country = text(address, "country", TEXT)?;
        if country.is_some_and(|country| country.chars().count() != 2) {
            return Err(ApiError::invalid(CODE, "country", "Must be exactly 2 characters length"));
        }
    }
    Ok(Value::Object(details.clone()))
}

fn object<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a Map<String, Value>>, ApiError> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(ApiError::wrong_type(CODE, name, "Must be a valid object")),
    }
}
