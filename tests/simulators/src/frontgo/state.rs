//! The statuses of a reservation. `[unk]` PROVIDERS §2.3: no full list is published; these are the names seen.

use serde::{Deserialize, Serialize};

/// Where a reservation stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The link exists.
    Sent,
    /// Named in error rules only. `[inf]` The payer has been to the page and has not paid.
    ReservedNotPaid,
    /// Held on the card.
    Reserved,
    /// Taken from the hold, whole or in part.
    Captured,
    /// Taken by the merchant without the payer.
    Charged,
    /// Closed by the merchant.
    Completed,
    /// Given up by the merchant.
    Cancelled,
    /// Nobody paid until the due date, or nobody captured in time.
    Expired,
}

const WORDS: [(State, &str); 8] = [
    (State::Sent, "SENT"),
    (State::ReservedNotPaid, "RESERVED NOT PAID"),
    (State::Reserved, "RESERVED"),
    (State::Captured, "CAPTURED"),
    (State::Charged, "CHARGED"),
    (State::Completed, "COMPLETED"),
    (State::Cancelled, "CANCELLED"),
    (State::Expired, "EXPIRED"),
];

impl State {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        let found = WORDS.iter().find(|(state, _)| *state == self);
        found.map_or("", |(_, word)| word)
    }

    /// The state that a word names.
    pub fn named(word: &str) -> Option<Self> {
        let found = WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(state, _)| *state)
    }

    /// Whether a payer who has the page can pay.
    pub fn payable(self) -> bool {
        matches!(self, Self::Sent | Self::ReservedNotPaid)
    }

    /// Whether the reservation is over. Refunds go on (PROVIDERS §2.3).
    pub fn finished(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::Expired)
    }
}
