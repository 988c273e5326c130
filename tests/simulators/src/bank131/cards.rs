//! The cards that can be paid with here. The real bank's test page is `[unk]` (PROVIDERS §5.7), so they are our choice;
//! 4242424242424242 is the number of the documented examples.

use serde::{Deserialize, Serialize};

use super::words::Way;

/// What becomes of a payment once nothing is in its way.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Works,
    /// `declined_by_issuer_bank`.
    Declined,
    /// `insufficient_funds`.
    Funds,
    /// `bank_card_expired`.
    Expired,
    /// The session goes to `error` and later turns out `accepted`.
    Unsure,
}

impl Outcome {
    /// The code of a payment that failed. `[doc]` `/en/reference/errors`.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Declined => Some("declined_by_issuer_bank"),
            Self::Funds => Some("insufficient_funds"),
            Self::Expired => Some("bank_card_expired"),
            Self::Works | Self::Unsure => None,
        }
    }
}

/// A card and what it does.
pub struct TestCard {
    pub number: &'static str,
    /// Its name as a token of `tokenized_card`, `encrypted_card` and `recurrent`, and as a `card_id`.
    pub token: &'static str,
    pub brand: &'static str,
    pub way: Option<Way>,
    pub outcome: Outcome,
    /// For the page that lists them.
    pub about: &'static str,
}

const fn card(
    (number, token, brand): (&'static str, &'static str, &'static str),
    way: Option<Way>,
    outcome: Outcome,
    about: &'static str,
) -> TestCard {
    TestCard { number, token, brand, way, outcome, about }
}

/// All of them.
pub const CARDS: [TestCard; 8] = [
    card(("4242424242424242", "card_works", "visa"), None, Outcome::Works, "works at once"),
    card(
        ("4000000000003063", "card_3ds_get", "visa"),
        Some(Way::Get),
        Outcome::Works,
        "3-D Secure by address",
    ),
    card(
        ("4000000000003220", "card_3ds_post", "visa"),
        Some(Way::Post),
        Outcome::Works,
        "3-D Secure by form",
    ),
    card(("4000000000000002", "card_declined", "visa"), None, Outcome::Declined, "declined_by_issuer_bank"),
    card(("4000000000009995", "card_funds", "visa"), None, Outcome::Funds, "insufficient_funds"),
    card(("4000000000000069", "card_expired", "visa"), None, Outcome::Expired, "bank_card_expired"),
    card(("4000000000000119", "card_unsure", "visa"), None, Outcome::Unsure, "session error, later accepted"),
    card(
        ("2200000000000004", "card_3ds_declined", "mir"),
        Some(Way::Post),
        Outcome::Declined,
        "3-D Secure by form, then declined_by_issuer_bank",
    ),
];

/// The card with this number.
pub fn by_number(number: &str) -> Option<&'static TestCard> {
    CARDS.iter().find(|card| card.number == number)
}

/// The card with this token.
pub fn by_token(token: &str) -> Option<&'static TestCard> {
    CARDS.iter().find(|card| card.token == token)
}
