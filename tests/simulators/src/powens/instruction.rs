//! One transfer of a payment. `[doc]` PROVIDERS §4.2 and guide.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::currency::Currency;
use super::dates;
use super::errors::ApiError;
use super::reader::{ANY, Reader};
use super::{iban, identity};
use crate::ids;

/// When a transfer is executed.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Execution {
    FirstOpenDay,
    Instant,
    Deferred(#[serde(with = "dates::text")] Date),
}

impl Execution {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstOpenDay => "first_open_day",
            Self::Instant => "instant",
            Self::Deferred(_) => "deferred",
        }
    }

    /// The day of a deferred transfer.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Deferred(day) => Some(day),
            _ => None,
        }
    }
}

/// A transfer that was asked for.
#[derive(Deserialize, Serialize)]
pub struct Instruction {
    pub label: String,
    pub amount: Amount,
    /// The amount's JSON text, as it was sent.
    pub amount_sent: String,
    pub currency: Currency,
    pub execution: Execution,
    /// Ours, or made up as in `10mrPLcJVSlf7YFnX6MsfmRfnQT-1`.
    pub reference: String,
    pub payee: String,
    pub iban: String,
}

/// Reads and checks one entry of `instructions`; `amount` is the JSON text of its amount.
pub fn read(entry: &Reader<'_>, amount: Option<&str>, now: i64) -> Result<Instruction, ApiError> {
    let label = entry.required("label", ANY)?.to_owned();
    let currency = currency(entry)?;
    let (amount, amount_sent) = checked_amount(entry, amount, currency)?;
    let execution = execution(entry, now)?;
    let reference = reference(entry, currency)?;
    let (payee, iban) = beneficiary(&entry.object("beneficiary")?)?;
    identity::check(&entry.object("beneficiary_identity")?)?;
    Ok(Instruction { label, amount, amount_sent, currency, execution, reference, payee, iban })
}

fn currency(entry: &Reader<'_>) -> Result<Currency, ApiError> {
    let code = entry.required("currency", ANY)?;
    Currency::named(code).ok_or_else(|| entry.invalid("currency", "is not a known currency"))
}

/// More than nothing, and no finer than the currency `[inf]`.
fn checked_amount(
    entry: &Reader<'_>,
    sent: Option<&str>,
    currency: Currency,
) -> Result<(Amount, String), ApiError> {
    entry.required_value("amount")?;
    let sent = sent.unwrap_or_default();
    let amount = Amount::parse(sent).ok_or_else(|| entry.invalid("amount", "must be a number"))?;
    if !amount.is_payable(currency.precision) {
        let why = "must be more than 0 and have no more places than the currency";
        return Err(entry.invalid("amount", why));
    }
    Ok((amount, sent.to_owned()))
}

/// `execution_date` belongs to `deferred` alone, and lies in the future. `periodic` is another product.
fn execution(entry: &Reader<'_>, now: i64) -> Result<Execution, ApiError> {
    const DATE: &str = "execution_date";
    let kind = entry.required("execution_date_type", ANY)?;
    let date = entry.text(DATE, ANY)?;
    let immediate = match kind {
        "first_open_day" => Execution::FirstOpenDay,
        "instant" => Execution::Instant,
        "deferred" => return deferred(entry, now),
        "periodic" => return Err(ApiError::not_supported("periodic payments")),
        _ => return Err(entry.invalid("execution_date_type", "is not known")),
    };
    match date {
        Some(_) => Err(entry.invalid(DATE, "goes with deferred only")),
        None => Ok(immediate),
    }
}

fn deferred(entry: &Reader<'_>, now: i64) -> Result<Execution, ApiError> {
    const DATE: &str = "execution_date";
    let day = dates::day(entry.required(DATE, ANY)?)
        .ok_or_else(|| entry.invalid(DATE, "must be a date, as 2024-01-01"))?;
    if day <= dates::today(now) {
        return Err(entry.invalid(DATE, "must be in the future"));
    }
    Ok(Execution::Deferred(day))
}

fn reference(entry: &Reader<'_>, currency: Currency) -> Result<String, ApiError> {
    let given = entry.text("reference_id", currency.longest_reference())?;
    Ok(given.map_or_else(|| format!("{}-1", ids::short()), str::to_owned))
}

/// `[doc]` The documented scheme is `iban`; others are `[unk]` and refused.
fn beneficiary(account: &Reader<'_>) -> Result<(String, String), ApiError> {
    if account.required("scheme_name", ANY)? != "iban" {
        return Err(account.invalid("scheme_name", "must be iban"));
    }
    let number = account.required("identification", ANY)?;
    if !iban::is_valid(number) {
        return Err(account.invalid("identification", "is not an IBAN"));
    }
    Ok((account.required("label", ANY)?.to_owned(), number.to_owned()))
}
