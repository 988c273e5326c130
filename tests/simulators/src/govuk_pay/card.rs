//! The sandbox gateway: what a card number leads to.

use serde_json::{Value, json};

use super::state::State;
use super::world::World;

/// `[code]` PROVIDERS §3.7 `SandboxCardNumbers.java` and `[doc]` testing_govuk_pay: number, brand, type.
const WORKING: [(&str, &str, &str); 14] = [
    ("4444333322221111", "Visa", "credit"),
    ("4242424242424242", "Visa", "credit"),
    ("4000056655665556", "Visa", "debit"),
    ("4988080000000000", "Visa", "debit"),
    ("4000160000000004", "Visa", "debit"),
    ("4131840000000003", "Visa", "debit"),
    ("4000620000000007", "Visa", "credit"),
    ("4000000000000010", "Visa", "credit"),
    ("5101110000000004", "Mastercard", "credit"),
    ("5105105105105100", "Mastercard", "debit"),
    ("5200828282828210", "Mastercard", "debit"),
    ("371449635398431", "American Express", "credit"),
    ("3566002020360505", "Jcb", "credit"),
    ("6011000990139424", "Discover", "credit"),
];

/// Declined, expired card, wrong CVC: all end as `failed` P0010.
const REJECTED: [&str; 3] = ["4000000000000002", "4000000000000069", "4000000000000127"];

/// What the gateway says to a card number. Any number that is not listed is an error, as 4000000000000119 is.
pub fn outcome(number: &str) -> State {
    if WORKING.iter().any(|(known, ..)| *known == number) {
        State::Submitted
    } else if REJECTED.contains(&number) {
        State::Declined
    } else {
        State::Error
    }
}

/// The `card_details` of an answer; only digits that may be shown are kept.
pub fn details(number: &str, name: &str, expiry: &str, address: Value) -> Value {
    let (brand, kind) = WORKING
        .iter()
        .find(|(known, ..)| *known == number)
        .map_or(("Visa", Value::Null), |(_, brand, kind)| (*brand, json!(kind)));
    json!({
        "last_digits_card_number": number.get(number.len().saturating_sub(4)..),
        "first_digits_card_number": number.get(..6),
        "cardholder_name": name,
        "expiry_date": expiry,
        "billing_address": address,
        "card_brand": brand,
        "card_type": kind,
    })
}

/// Luhn's check digit.
pub fn passes_luhn(number: &str) -> bool {
    let sum: u32 = number.bytes().rev().enumerate().map(|(place, digit)| luhn_value(place, digit)).sum();
    sum.is_multiple_of(10)
}

fn luhn_value(place: usize, digit: u8) -> u32 {
    let digit = u32::from(digit.saturating_sub(b'0'));
    match (place % 2, digit * 2) {
        (0, _) => digit,
        (_, doubled) if doubled > 9 => doubled - 9,
        (_, doubled) => doubled,
    }
}

impl World {
    /// Plays the whole journey of a payer: opens the page, enters `number`, confirms. False if the page is closed.
    pub fn play_payer(&mut self, at: usize, number: &str, now: i64) -> bool {
        if !self.payments.get(at).is_some_and(|payment| payment.state.payable()) {
            return false;
        }
        self.enter(at, State::Started, now);
        self.change(at, now, |payment| payment.card = Some(details(number, "Sam Payer", "12/40", json!({}))));
        self.authorize(at, outcome(number), now);
        self.confirm(at, now);
        true
    }
}
