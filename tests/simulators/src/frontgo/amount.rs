//! Amounts: decimal kroner on the wire, whole øre in here.
//!
//! `[doc]` PROVIDERS §2.2: decimal major units, numeric or numeric string. `[inf]` The currency is NOK, two decimals.

use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

use super::exact::Json;

/// Decimals of the currency. `[inf]` More than these, unless zero, are refused.
const DECIMALS: usize = 2;

/// A sum of money in øre.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Amount(i64);

/// How an amount is written. The documentation's examples have all three.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// `1000.00`
    TwoDecimals,
    /// `1000` and `0.1`
    Shortest,
    /// `"1000.00"`
    Text,
}

impl Amount {
    /// So many øre.
    pub fn from_ore(ore: i64) -> Self {
        Self(ore)
    }

    /// Reads a number or a numeric string; `None` for anything else, and for fractions of an øre.
    pub fn read(value: &Json) -> Option<Self> {
        match value {
            Json::Number(digits) => Self::parse(digits),
            Json::Text(digits) => Self::parse(digits.trim()),
            _ => None,
        }
    }

    /// Reads decimal digits, with an exponent if there is one, without rounding.
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let significant = [whole, fraction].concat();
        if whole.is_empty() || !significant.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent = i64::from(exponent.parse::<i32>().ok()?);
        let places = i64::try_from(fraction.len()).ok()? - exponent;
        let ore = shifted(&significant, i64::try_from(DECIMALS).ok()? - places)?;
        ore.checked_mul(sign).map(Self)
    }

    /// The amount as it is written into JSON.
    pub fn shown(self, style: Style) -> Json {
        match style {
            Style::Text => Json::Text(self.two_decimals()),
            Style::TwoDecimals => Json::Number(self.two_decimals()),
            Style::Shortest => Json::Number(self.shortest()),
        }
    }

    /// The digits of a style, without quotes.
    pub fn digits(self, style: Style) -> String {
        match style {
            Style::Shortest => self.shortest(),
            Style::Text | Style::TwoDecimals => self.two_decimals(),
        }
    }

    /// As `1000.00`.
    pub fn two_decimals(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ore = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", ore / 100, ore % 100)
    }

    fn shortest(self) -> String {
        let whole = self.two_decimals();
        whole.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// `digits` times ten to the power of `by`, if that is a whole number that fits.
fn shifted(digits: &str, by: i64) -> Option<i64> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let kept = match usize::try_from(-by) {
        Ok(cut) if cut > 0 => {
            let (kept, rest) = digits.split_at(digits.len().checked_sub(cut)?);
            rest.bytes().all(|byte| byte == b'0').then_some(kept)?
        }
        _ => digits,
    };
    let factor = 10_i64.checked_pow(u32::try_from(by.max(0)).ok()?)?;
    kept.parse::<i64>().ok()?.checked_mul(factor)
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}
