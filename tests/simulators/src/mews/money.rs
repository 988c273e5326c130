//! Money: minor units of a currency, in the precision that Mews gives it.

use serde::{Deserialize, Serialize};

use crate::exact::{Json, object};

/// `[doc]` BE/guidelines/supported-currency-codes.md: precision 0, 1 and 2. It is not that of ISO 4217.
const WHOLE: &str = "CLP COP CRC CZK DOP HUF IDR JPY KHR KRW VUV XOF";
const TENTHS: &str = "MGA";
const HUNDREDTHS: &str = "AED ANG ARS AUD BOB BRL BSD CAD CDF CHF CNY DKK EGP EUR FJD GBP GEL GHS GTQ HKD HNL HRK \
                          ILS ISK KES MAD MUR MXN MYR NAD NGN NOK NZD PAB PEN PHP PLN PYG RUB SAR SCR SEK SGD THB \
                          TOP TRY TWD UAH USD UYU WST XCD XPF ZAR";
/// Digits of a number beyond which it is no price.
const MOST_DIGITS: usize = 15;

/// Places behind the point; none for a currency that Mews does not know.
pub fn precision(code: &str) -> Option<u32> {
    let among = |list: &str| list.split_whitespace().any(|known| known == code);
    [(WHOLE, 0), (TENTHS, 1), (HUNDREDTHS, 2)]
        .into_iter()
        .find(|(list, _)| among(list))
        .map(|(_, places)| places)
}

/// An amount.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// The code of a known currency.
    pub currency: String,
}

impl Money {
    /// So many minor units.
    pub fn of(minor: i64, currency: &str) -> Self {
        Self { minor, currency: currency.to_owned() }
    }

    /// Reads decimal digits; none when they are no amount of the currency, as `1.005` of euros.
    pub fn parse(digits: &str, currency: &str) -> Option<Self> {
        let minor = scaled(digits, precision(currency)?)?;
        Some(Self::of(minor, currency))
    }

    /// As JSON shows it: `929.70`, `25000`, `-3.5`.
    pub fn digits(&self) -> String {
        let places = precision(&self.currency).unwrap_or_default();
        let unit = 10_u64.pow(places);
        let (sign, minor) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        let width = usize::try_from(places).unwrap_or_default();
        match places {
            0 => format!("{sign}{minor}"),
            _ => format!("{sign}{}.{:0width$}", minor / unit, minor % unit),
        }
    }

    /// A JSON number.
    pub fn json(&self) -> Json {
        Json::Number(self.digits())
    }

    /// The same with the other sign.
    pub fn negative(&self) -> Self {
        Self::of(-self.minor, &self.currency)
    }

    /// `[doc]` BE/operations/reservation-groups.md#amount: untaxed, as in its example.
    pub fn amount(&self) -> Json {
        object! {
            "Currency": &self.currency,
            "GrossValue": self.json(),
            "NetValue": self.json(),
            "TaxValues": Vec::new(),
        }
    }

    /// What it is in another currency at a rate like `1.0837`, rounded to its minor unit; none for a wrong rate.
    pub fn converted(&self, to: &str, rate: &str) -> Option<Self> {
        const RATE_PLACES: u32 = 6;
        let rate = i128::from(scaled(rate, RATE_PLACES)?);
        let (from_places, to_places) = (precision(&self.currency)?, precision(to)?);
        let scale = 10_i128.pow(RATE_PLACES + from_places);
        let minor = i128::from(self.minor) * rate * 10_i128.pow(to_places);
        Some(Self::of(i64::try_from((minor + scale / 2) / scale).ok()?, to))
    }
}

/// Digits without a sign as a whole number of the finest place.
fn scaled(digits: &str, places: u32) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let width = usize::try_from(places).ok()?;
    if whole.is_empty() || part.len() > width || digits.len() > MOST_DIGITS {
        return None;
    }
    let all = format!("{whole}{part:0<width$}");
    all.bytes().all(|byte| byte.is_ascii_digit()).then(|| all.parse().ok())?
}
