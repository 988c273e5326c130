//! Money in and out of text, exactly.

use bellhop_domain::money::{Currency, Money, MoneyError};
use proptest::prelude::*;

fn parse(text: &str, currency: Currency) -> Result<u64, MoneyError> {
    Money::parse_decimal(text, currency).map(Money::minor)
}

#[test]
fn texts_that_are_amounts() {
    for (text, currency, minor) in [
        ("0", Currency::GBP, 0),
        ("0.1", Currency::GBP, 10),
        ("0.10", Currency::GBP, 10),
        ("0.01", Currency::GBP, 1),
        ("1.100000", Currency::GBP, 110),
        ("00012.5", Currency::GBP, 1250),
        ("999999.99", Currency::GBP, 99_999_999),
        ("9999999999.99", Currency::GBP, Money::MAX_MINOR),
        ("145", Currency::JPY, 145),
        ("145.000", Currency::JPY, 145),
        ("999999999999", Currency::JPY, Money::MAX_MINOR),
        ("1.005", Currency::KWD, 1005),
        ("0.0001", Currency::CLF, 1),
    ] {
        assert_eq!(parse(text, currency), Ok(minor), "{text} {}", currency.code());
    }
}

#[test]
fn texts_that_are_no_amounts() {
    let no_decimal = [
        "", ".", "1.", ".5", "1e3", "1E3", "-1", "+1", " 1", "1 ", "1,0", "1_0", "1.0.0", "0x1", "NaN",
        "inf", "١", "１", "1\n", "\u{a0}1",
    ];
    for text in no_decimal {
        assert_eq!(parse(text, Currency::GBP), Err(MoneyError::NotDecimal), "{text:?}");
    }
    for (text, currency) in [
        ("0.001", Currency::GBP),
        ("1.5", Currency::JPY),
        ("1.0001", Currency::KWD),
        ("0.00001", Currency::CLF),
    ] {
        assert_eq!(parse(text, currency), Err(MoneyError::TooPrecise), "{text}");
    }
    for text in ["10000000000", "10000000000.00", "12345678901234567890"] {
        assert_eq!(parse(text, Currency::GBP), Err(MoneyError::TooLarge), "{text}");
    }
    assert!(parse(&"9".repeat(40), Currency::GBP).is_err());
    assert!(parse(&format!("0.{}1", "0".repeat(40)), Currency::GBP).is_err());
}

#[test]
fn codes_are_upper_case_listed_and_have_a_minor_unit() {
    for code in ["GBP", "EUR", "JPY", "KWD", "CLF", "ISK"] {
        assert_eq!(Money::currency_of(code).unwrap().code(), code);
    }
    for code in ["", "gbp", "Gbp", "GB", "GBPX", "ZZZ", "826", " GBP", "£"] {
        assert_eq!(Money::currency_of(code), Err(MoneyError::UnknownCurrency), "{code}");
    }
    for code in ["XAU", "XAG", "XXX", "XTS"] {
        assert_eq!(Money::currency_of(code), Err(MoneyError::NoMinorUnit), "{code}");
    }
    assert_eq!(Money::new(1, Currency::XAU), Err(MoneyError::NoMinorUnit));
    assert_eq!(parse("1", Currency::XXX), Err(MoneyError::NoMinorUnit));
}

#[test]
fn an_amount_is_written_with_all_places_of_its_currency() {
    for (minor, currency, text) in [
        (1050, Currency::GBP, "10.50 GBP"),
        (5, Currency::GBP, "0.05 GBP"),
        (0, Currency::GBP, "0.00 GBP"),
        (145, Currency::JPY, "145 JPY"),
        (1, Currency::KWD, "0.001 KWD"),
        (10_000, Currency::CLF, "1.0000 CLF"),
    ] {
        assert_eq!(Money::new(minor, currency).unwrap().to_string(), text);
    }
}

#[test]
fn more_than_the_limit_is_refused_everywhere() {
    let over = Money::MAX_MINOR + 1;
    assert_eq!(Money::new(over, Currency::GBP), Err(MoneyError::TooLarge));
    assert_eq!(Money::new(u64::MAX, Currency::GBP), Err(MoneyError::TooLarge));
    let one = Money::new(1, Currency::GBP).unwrap();
    assert_eq!(one.with_minor(over), Err(MoneyError::TooLarge));
    assert_eq!(one.with_minor(2).unwrap().minor(), 2);
}

#[test]
fn the_same_number_in_another_currency_is_another_amount() {
    assert_ne!(Money::new(1, Currency::GBP), Money::new(1, Currency::EUR));
}

/// One currency for each exponent that ISO 4217 uses.
fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec![Currency::JPY, Currency::GBP, Currency::KWD, Currency::CLF])
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(minor in 0..=Money::MAX_MINOR, currency in currencies()) {
        let money = Money::new(minor, currency).unwrap();
        prop_assert_eq!(Money::parse_decimal(&money.to_decimal(), currency), Ok(money));
    }

    #[test]
    fn whole_and_places_are_read_as_their_digits_say(
        whole in 0..1_000_000_u64, places in "[0-9]{0,6}", currency in currencies()
    ) {
        let exponent = usize::from(currency.exponent().unwrap());
        let point = if places.is_empty() { "" } else { "." };
        let read = parse(&format!("{whole}{point}{places}"), currency);
        let significant = places.trim_end_matches('0');
        if significant.len() > exponent {
            prop_assert_eq!(read, Err(MoneyError::TooPrecise));
        } else {
            let digits = format!("{whole}{significant:0<exponent$}");
            prop_assert_eq!(read, Ok(digits.parse().unwrap()));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}", currency in currencies()) {
        if let Ok(minor) = parse(&text, currency) {
            prop_assert!(minor <= Money::MAX_MINOR);
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        }
    }
}
