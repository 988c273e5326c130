//! Reading the card form. `[unk]` PROVIDERS §2.7: Front publishes no test cards; what cards do here is ours.

use std::collections::HashMap;

use super::validate::METHODS;
use crate::clock::year_and_month;

/// The card whose bank says no. Any other number with a right check digit is good.
pub const DECLINED: &str = "4000000000000002";

/// The fields of a sent form.
pub type Fields = HashMap<String, String>;

/// A field that was filled in wrongly: its name and what to do.
pub type Mistake = (&'static str, &'static str);

/// A card, as far as the simulator wants to know it.
pub struct Card {
    pub number: String,
    /// What the payer chose to pay with.
    pub via: String,
}

/// The card of a form.
///
/// # Errors
/// What is wrong with the form.
pub fn card(fields: &Fields, now: i64) -> Result<Card, Vec<Mistake>> {
    let field = |name: &str| fields.get(name).map(|value| value.trim()).unwrap_or_default();
    let number: String = field("cardNumber").split([' ', '-']).collect();
    let via = field("via").to_owned();
    let cvc = field("cvc");
    let rules: [(bool, Mistake); 5] = [
        (METHODS.contains(&via.as_str()), ("via", "Choose a payment method")),
        (is_card_number(&number), ("cardNumber", "Enter a valid card number")),
        (
            is_in_future(field("expiryMonth"), field("expiryYear"), now),
            ("expiryMonth", "Enter an expiry date in the future"),
        ),
        (
            (3..=4).contains(&cvc.len()) && cvc.bytes().all(|byte| byte.is_ascii_digit()),
            ("cvc", "Enter the security code"),
        ),
        (!field("cardholderName").is_empty(), ("cardholderName", "Enter the name on the card")),
    ];
    let wrong = rules.into_iter().filter(|(good, _)| !good);
    let mistakes: Vec<Mistake> = wrong.map(|(_, mistake)| mistake).collect();
    if mistakes.is_empty() { Ok(Card { number, via }) } else { Err(mistakes) }
}

/// 12 to 19 digits of which the last checks the others.
fn is_card_number(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().rev().map(|sign| sign.to_digit(10)).collect();
    let checked = digits.filter(|digits| (12..=19).contains(&digits.len()));
    let weighed = |(place, digit): (usize, u32)| match place % 2 {
        0 => digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    checked.is_some_and(|digits| {
        let sum: u32 = digits.into_iter().enumerate().map(weighed).sum();
        sum.is_multiple_of(10)
    })
}

fn is_in_future(month: &str, year: &str, now: i64) -> bool {
    let short = year.get(year.len().saturating_sub(2)..).unwrap_or_default();
    let (Ok(month), Ok(year)) = (month.parse::<u32>(), short.parse::<u32>()) else {
        return false;
    };
    (1..=12).contains(&month) && year * 100 + month >= year_and_month(now)
}
