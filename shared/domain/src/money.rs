//! Money in minor units, with the exponents of ISO 4217.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;
use thiserror::Error;

pub use iso_currency::Currency;

/// An amount in the smallest unit of its currency: 1050 GBP minor units are 10.50 pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    minor: u64,
    currency: Currency,
}

/// Why a text or number is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not three upper-case letters that ISO 4217 lists.
    #[error("is not an ISO 4217 currency code")]
    UnknownCurrency,
    /// ISO 4217 gives the code no minor unit (gold, test codes).
    #[error("is a currency without minor units")]
    NoMinorUnit,
    /// More than [`Money::MAX_MINOR`].
    #[error("is more than 999999999999 minor units")]
    TooLarge,
    /// Not a plain non-negative decimal number.
    #[error("is not a decimal amount")]
    NotDecimal,
    /// More decimal places than the currency has.
    #[error("has more decimal places than its currency")]
    TooPrecise,
}

impl Money {
    /// The largest amount taken: every provider's limit lies below it, and JSON numbers hold it exactly.
    pub const MAX_MINOR: u64 = 999_999_999_999;

    /// An amount of `minor` units.
    ///
    /// # Errors
    /// When the currency has no minor unit or the amount is too large.
    pub fn new(minor: u64, currency: Currency) -> Result<Self, MoneyError> {
        currency.exponent().ok_or(MoneyError::NoMinorUnit)?;
        if minor > Self::MAX_MINOR {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { minor, currency })
    }

    /// The currency of an ISO 4217 code, upper case.
    ///
    /// # Errors
    /// When the code is unknown or has no minor unit.
    pub fn currency_of(code: &str) -> Result<Currency, MoneyError> {
        let currency = Currency::from_code(code).ok_or(MoneyError::UnknownCurrency)?;
        currency.exponent().map(|_| currency).ok_or(MoneyError::NoMinorUnit)
    }

    /// Reads a decimal text exactly: "10.5" GBP is 1050. Trailing zeros beyond the exponent are fine.
    ///
    /// # Errors
    /// When the text is no plain decimal, is negative, too large, or more precise than the currency.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let exponent = u32::from(currency.exponent().ok_or(MoneyError::NoMinorUnit)?);
        if !is_plain_decimal(text) {
            return Err(MoneyError::NotDecimal);
        }
        let major = Decimal::from_str_exact(text).map_err(|_| MoneyError::NotDecimal)?.normalize();
        if major.scale() > exponent {
            return Err(MoneyError::TooPrecise);
        }
        let factor = Decimal::from(10_u64.pow(exponent));
        let minor = major.checked_mul(factor).and_then(|m| m.to_u64());
        Self::new(minor.ok_or(MoneyError::TooLarge)?, currency)
    }

    /// The amount as a decimal text with all places of its currency: 1050 GBP is "10.50".
    pub fn to_decimal(self) -> String {
        let exponent = self.currency.exponent().unwrap_or_default();
        Decimal::from_i128_with_scale(i128::from(self.minor), u32::from(exponent)).to_string()
    }

    /// The amount in minor units.
    pub const fn minor(self) -> u64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The same currency with another number of minor units.
    ///
    /// # Errors
    /// When the amount is too large.
    pub fn with_minor(self, minor: u64) -> Result<Self, MoneyError> {
        Self::new(minor, self.currency)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency.code())
    }
}

/// Digits, then at most one point followed by digits: no sign, exponent, separator or space.
fn is_plain_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, places)) => digits(whole) && digits(places),
        None => digits(text),
    }
}
