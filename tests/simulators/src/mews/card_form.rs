//! Reading the card form.
//!
//! `[doc]` channel-manager-api/guidelines/environments.md, test credit cards: these numbers, any holder, any security
//! code but 000. The expiry dates printed there are past, so any future one is good `[inf]`.

use std::collections::HashMap;

use super::lifecycle::Outcome;
use crate::clock::year_and_month;

/// Visa, MasterCard, Amex, Diners, Discover.
pub const GOOD_CARDS: [&str; 5] =
    ["4111111111111111", "5555444433331111", "370000000000002", "36006666333344", "6445644564456445"];
/// `[unk]` No card for 3-D Secure is published; this number is ours.
pub const CHALLENGED_CARD: &str = "4000000000003220";

/// The fields of a sent form.
pub type Fields = HashMap<String, String>;

/// A field that was filled in wrongly: its name and what to do.
pub type Mistake = (&'static str, &'static str);

/// What the bank says to the card of a form: it knows the documented cards and refuses every other.
///
/// # Errors
/// What is wrong with the form.
pub fn asked(fields: &Fields, now: i64) -> Result<Outcome, Vec<Mistake>> {
    let field = |name: &str| fields.get(name).map(|value| value.trim()).unwrap_or_default();
    let number: String = field("cardNumber").split([' ', '-']).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cvc = field("cvc");
    let rules: [(bool, Mistake); 4] = [
        ((12..=19).contains(&number.len()) && digits(&number), ("cardNumber", "Enter the card number")),
        (
            is_ahead(field("expiryMonth"), field("expiryYear"), now),
            ("expiryMonth", "Enter an expiry date in the future"),
        ),
        ((3..=4).contains(&cvc.len()) && digits(cvc), ("cvc", "Enter the security code")),
        (!field("cardholderName").is_empty(), ("cardholderName", "Enter the name on the card")),
    ];
    let mistakes: Vec<Mistake> =
        rules.into_iter().filter(|(good, _)| !good).map(|(_, mistake)| mistake).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(match number.as_str() {
        _ if cvc == "000" => Outcome::Declined,
        CHALLENGED_CARD => Outcome::Challenged,
        known if GOOD_CARDS.contains(&known) => Outcome::Approved,
        _ => Outcome::Declined,
    })
}

fn is_ahead(month: &str, year: &str, now: i64) -> bool {
    let short: String = year.chars().skip(year.chars().count().saturating_sub(2)).collect();
    let date =
        month.parse::<u32>().ok().filter(|month| (1..=12).contains(month)).zip(short.parse::<u32>().ok());
    date.is_some_and(|(month, year)| year * 100 + month >= year_and_month(now))
}
