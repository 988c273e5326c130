//! The rules of a create request; the first that is broken is answered.
//!
//! `[doc]` PROVIDERS §3.2 and create_a_payment_reference; codes §3.1.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::config::Account;
use super::errors::ApiError;
use super::firewall::check_text;
use super::validate_extras::{metadata, prefilled};

/// The largest amount, in pence.
const MAX_AMOUNT: i64 = 10_000_000;
/// `[doc]` PROVIDERS §3.2: the largest at Worldpay and the smallest at Stripe.
const MAX_WORLDPAY: i64 = 500_000;
const MIN_STRIPE: i64 = 30;

const CODE: &str = "P0102";

/// A create request that passed. The amount is in pence, always GBP.
#[derive(Deserialize, Serialize)]
pub struct Wish {
    pub amount: i64,
    pub reference: String,
    pub description: String,
    pub return_url: Option<String>,
    pub email: Option<String>,
    pub language: String,
    pub delayed_capture: bool,
    pub moto: bool,
    pub metadata: Option<Map<String, Value>>,
    pub prefilled: Value,
    /// The agreement that pays, for recurring payments.
    pub agreement: Option<String>,
}

/// Reads and checks a body.
pub fn wish(body: &[u8], account: &Account) -> Result<Wish, ApiError> {
    let value: Value = serde_json::from_slice(body).map_err(|_| unreadable("P0197"))?;
    check_text(&value)?;
    let Value::Object(fields) = value else {
        return Err(unreadable("P0197"));
    };
    let moto = flag(&fields, "moto")?;
    let agreement = authorization(&fields, moto, account)?;
    Ok(Wish {
        amount: amount(&fields, account)?,
        reference: sentence(&fields, "reference")?,
        description: sentence(&fields, "description")?,
        return_url: if agreement.is_some() { None } else { Some(return_url(&fields, account)?) },
        email: email(&fields)?,
        language: language(&fields)?,
        delayed_capture: flag(&fields, "delayed_capture")?,
        moto,
        metadata: metadata(&fields)?,
        prefilled: prefilled(&fields)?,
        agreement,
    })
}

/// The body is no JSON object.
pub fn unreadable(code: &str) -> ApiError {
    ApiError::new(400, code, "Unable to parse JSON")
}

/// A whole number of pence that must be there.
pub fn pence(fields: &Map<String, Value>, missing: &str, invalid: &str) -> Result<i64, ApiError> {
    match fields.get("amount") {
        None | Some(Value::Null) => Err(ApiError::missing(missing, "amount")),
        Some(value) => value
            .as_i64()
            .ok_or_else(|| ApiError::wrong_type(invalid, "amount", "Must be a valid numeric format")),
    }
}

fn amount(fields: &Map<String, Value>, account: &Account) -> Result<i64, ApiError> {
    let amount = pence(fields, "P0101", CODE)?;
    let least = match account.provider.as_str() {
        "stripe" => MIN_STRIPE,
        _ if account.zero_amount => 0,
        _ => 1,
    };
    let most = if account.provider == "worldpay" { MAX_WORLDPAY } else { MAX_AMOUNT };
    if amount < least {
        return Err(ApiError::invalid(CODE, "amount", &format!("Must be greater than or equal to {least}")));
    }
    if amount > most {
        return Err(ApiError::invalid(CODE, "amount", &format!("Must be less than or equal to {most}")));
    }
    Ok(amount)
}

/// An optional text. `null` counts as absent.
pub fn text<'a>(fields: &'a Map<String, Value>, name: &str, why: &str) -> Result<Option<&'a str>, ApiError> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ApiError::wrong_type(CODE, name, why)),
    }
}

/// Refuses a text of more than `most` characters.
pub fn at_most(text: &str, most: usize, name: &str) -> Result<(), ApiError> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(ApiError::invalid(CODE, name, &format!("Must be less than or equal to {most} characters length")))
}

/// Reference or description: 1 to 255 characters and no address of a page in it.
fn sentence(fields: &Map<String, Value>, name: &str) -> Result<String, ApiError> {
    let text = text(fields, name, "Must be a valid string format")?.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| ApiError::missing("P0101", name))?;
    at_most(text, 255, name)?;
    let lower = text.to_ascii_lowercase();
    // [inf] The documentation forbids it and does not name the answer.
    if ["http://", "https://", "www."].iter().any(|mark| lower.contains(mark)) {
        return Err(ApiError::invalid(CODE, name, "Must not contain URLs"));
    }
    Ok(text.to_owned())
}

fn return_url(fields: &Map<String, Value>, account: &Account) -> Result<String, ApiError> {
    const WHY: &str = "Must be a valid URL format";
    let url = text(fields, "return_url", WHY)?.ok_or_else(|| ApiError::missing("P0101", "return_url"))?;
    at_most(url, 2000, "return_url")?;
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !matches!(scheme, "http" | "https") || host.is_empty() || url.contains(char::is_whitespace) {
        return Err(ApiError::invalid(CODE, "return_url", WHY));
    }
    // [doc] PROVIDERS §3.2: http on test accounts only.
    if account.live && scheme == "http" {
        return Err(ApiError::new(
            422,
            "P0920",
            "Invalid attribute value: return_url. Must be a valid https URL",
        ));
    }
    Ok(url.to_owned())
}

fn email(fields: &Map<String, Value>) -> Result<Option<String>, ApiError> {
    const WHY: &str = "Must be a valid email format";
    let Some(email) = text(fields, "email", WHY)? else {
        return Ok(None);
    };
    at_most(email, 254, "email")?;
    match email.split_once('@') {
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() && !domain.contains('@') => {
            Ok(Some(email.to_owned()))
        }
        _ => Err(ApiError::invalid(CODE, "email", WHY)),
    }
}

fn language(fields: &Map<String, Value>) -> Result<String, ApiError> {
    const WHY: &str = "Must be \"en\" or \"cy\"";
    match text(fields, "language", WHY)?.unwrap_or("en") {
        known @ ("en" | "cy") => Ok(known.to_owned()),
        _ => Err(ApiError::invalid(CODE, "language", WHY)),
    }
}

fn flag(fields: &Map<String, Value>, name: &str) -> Result<bool, ApiError> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(ApiError::wrong_type(CODE, name, "Must be true or false")),
    }
}

/// Which way of paying: none for `web`, the agreement for `agreement`. `[doc]` PROVIDERS §3.1: P0103 to P0104, P0195,
/// P0196. `moto_api` is never enabled here.
fn authorization(
    fields: &Map<String, Value>,
    moto: bool,
    account: &Account,
) -> Result<Option<String>, ApiError> {
    const WHY: &str = "Must be one of web, agreement, moto_api";
    let unexpected = |names: &[&str]| {
        let found = names.iter().find(|name| fields.get(**name).is_some_and(|value| !value.is_null()));
        found.map_or(Ok(()), |name| Err(ApiError::unexpected(name)))
    };
    match text(fields, "authorisation_mode", WHY)?.unwrap_or("web") {
        "web" if moto && !account.moto => Err(ApiError::new(
            422,
            "P0196",
            "MOTO payments are not enabled for this account. \
             Please contact support if you would like to process MOTO payments",
        )),
        "web" => unexpected(&["agreement_id"]).map(|()| None),
        "agreement" => {
            unexpected(&["return_url", "email", "prefilled_cardholder_details"])?;
            let id = text(fields, "agreement_id", "Must be a valid agreement ID")?;
            let id = id.ok_or_else(|| ApiError::missing("P0101", "agreement_id"))?;
            let known = account.agreements.iter().any(|known| known == id);
            known
                .then(|| Some(id.to_owned()))
                .ok_or_else(|| ApiError::invalid("P0103", "agreement_id", "Agreement does not exist"))
        }
        "moto_api" => {
            unexpected(&["return_url"])?;
            let why = "Using authorisation_mode of moto_api is not allowed for this account";
            Err(ApiError::new(422, "P0195", why))
        }
        _ => Err(ApiError::invalid(CODE, "authorisation_mode", WHY)),
    }
}
