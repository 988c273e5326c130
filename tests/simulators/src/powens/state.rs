//! The states of a payment. `[doc]` PROVIDERS §4.3, PaymentState.

use serde::{Deserialize, Serialize};

/// A state.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody chose a bank yet.
    Created,
    /// The payer is at the bank, or the client has to confirm.
    Validating,
    /// Initiated, not executed.
    Pending,
    /// Executed and confirmed by the payer's bank.
    Done,
    /// Initiated; the bank tells nothing more.
    Accepted,
    /// Refused by the bank, the payer or the client.
    Rejected,
    /// No definitive status for too long.
    Expired,
    /// Some transfers of a bulk payment were executed.
    Partial,
}

const WORDS: [(State, &str); 8] = [
    (State::Created, "created"),
    (State::Validating, "validating"),
    (State::Pending, "pending"),
    (State::Done, "done"),
    (State::Accepted, "accepted"),
    (State::Rejected, "rejected"),
    (State::Expired, "expired"),
    (State::Partial, "partial"),
];

impl State {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        let found = WORDS.iter().find(|(state, _)| *state == self);
        found.map_or("created", |(_, word)| word)
    }

    /// The state of a word.
    pub fn named(word: &str) -> Option<Self> {
        let found = WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(state, _)| *state)
    }

    /// `[doc]` "Payment in a final state will not change of state anymore."
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Created | Self::Validating | Self::Pending)
    }

    /// Whether the payer has not finished.
    pub fn awaits_payer(self) -> bool {
        matches!(self, Self::Created | Self::Validating)
    }

    /// Whether the documented graph has this edge; `partial` is for `bulk` payments only.
    pub fn may_become(self, next: Self, bulk: bool) -> bool {
        use State::{Accepted, Created, Done, Expired, Partial, Pending, Rejected, Validating};
        match (self, next) {
            (Created, Validating) => true,
            // [doc] §4.3: the test use case "redirect" may jump to done.
            (Validating, Pending | Done) => true,
            (Pending, Done | Accepted) => true,
            (Pending, Partial) => bulk,
            (Created | Validating | Pending, Rejected | Expired) => true,
            _ => false,
        }
    }
}
