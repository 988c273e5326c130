//! Mews' currencies and their precision, which is not that of ISO 4217 (docs, "Supported currency codes").

use super::wire::Amount;
use crate::faults::Faults;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::wish::Wish;

/// To no decimal place, though ISO 4217 gives some of them two.
const WHOLE: &str = "CLP COP CRC CZK DOP HUF IDR JPY KHR KRW VUV XOF";

/// To one, though its coins are fifths.
const TENTHS: &str = "MGA";

/// To two, though ISO 4217 gives three of them none.
const HUNDREDTHS: &str = "AED ANG ARS AUD BOB BRL BSD CAD CDF CHF CNY DKK EGP EUR FJD GBP GEL GHS GTQ \
     HKD HNL HRK ILS ISK KES MAD MUR MXN MYR NAD NGN NOK NZD PAB PEN PHP PLN PYG RUB SAR SCR SEK SGD \
     THB TOP TRY TWD UAH USD UYU WST XCD XPF ZAR";

/// No limit is documented: beyond any booking, and short of what we can say.
const MAX_MINOR: u64 = 99_999_999_999;

/// Decimal places; `None` for a currency that they do not have.
fn places(currency: Currency) -> Option<u32> {
    let holds = |list: &str| list.split(' ').any(|code| code == currency.code());
    match () {
        () if holds(WHOLE) => Some(0),
        () if holds(TENTHS) => Some(1),
        () if holds(HUNDREDTHS) => Some(2),
        () => None,
    }
}

/// The least amount they can count, in minor units by ISO 4217: 100 for CZK, of which they know no parts.
pub(super) fn step(currency: Currency) -> Option<u64> {
    let exponent = u32::from(currency.exponent()?);
    Some(10_u64.pow(exponent.saturating_sub(places(currency)?)))
}

/// Complains about an amount that they could not ask the payer for.
pub(super) fn check(wish: &Wish, faults: &mut Faults) {
    let (minor, currency, at) = (wish.amount.minor(), wish.amount.currency(), "/amount/value");
    match step(currency) {
        None => faults.add("/amount/currency", "is not a currency of Mews"),
        Some(step) => {
            let whole = minor.is_multiple_of(step);
            faults.unless(whole, at, &format!("must be a multiple of {step}: Mews knows no smaller part"));
        }
    }
    faults.unless(minor > 0, at, "must not be 0");
    faults.unless(minor <= MAX_MINOR, at, "must be at most 99999999999");
}

/// An amount as it is written; `None` when it makes no sense.
pub(super) fn read(amount: &Amount) -> Option<Money> {
    let currency = Money::currency_of(&amount.currency).ok()?;
    Money::parse_decimal(amount.gross_value.get(), currency).ok()
}
