//! Amounts of money, exact: a whole number of ten-billionths, as the documented answers have ten places.

use serde::{Deserialize, Serialize};

/// Places behind the point in every answer. `[doc]` PROVIDERS §4.2: `1.0000000000`.
const PLACES: usize = 10;
const UNIT: i128 = 10_i128.pow(10);
/// Digits before the point: far more than any payment, and far from an overflow.
const MOST_WHOLE_DIGITS: usize = 15;

/// An amount in major units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Amount(i128);

impl Amount {
    /// Reads `50.90` or, as the documentation also sends, `"1"`. No sign and no exponent `[inf]`.
    pub fn parse(json: &str) -> Option<Self> {
        let digits = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(json);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let part_fits = part.len() <= PLACES && is_number(part);
        if !is_number(whole) || whole.len() > MOST_WHOLE_DIGITS || !part_fits {
            return None;
        }
        let part: i128 = format!("{part:0<PLACES$}").parse().ok()?;
        Some(Self(whole.parse::<i128>().ok()? * UNIT + part))
    }

    /// An amount in minor units of a currency with this many places.
    pub fn of_minor(minor: i64, places: u32) -> Self {
        Self(i128::from(minor) * step(places))
    }

    /// As answers show it: `50.9000000000`.
    pub fn shown(self) -> String {
        format!("{}.{:010}", self.0 / UNIT, self.0 % UNIT)
    }

    /// As a person reads it: `50.90`.
    pub fn short(self, places: u32) -> String {
        let width = usize::try_from(places).unwrap_or(PLACES);
        let part = self.0 % UNIT / step(places);
        format!("{}.{part:0width$}", self.0 / UNIT)
    }

    /// Whether it is more than nothing and has no finer part than the currency.
    pub fn is_payable(self, places: u32) -> bool {
        self.0 > 0 && self.0 % step(places) == 0
    }

    /// Minor units of a currency with this many places; a finer part is dropped.
    pub fn minor(self, places: u32) -> i64 {
        i64::try_from(self.0 / step(places)).unwrap_or(i64::MAX)
    }

    /// The sum of both.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn step(places: u32) -> i128 {
    10_i128.pow(10_u32.saturating_sub(places))
}
