//! The future that a label's prefix asks for: `pdng/done - my label`. `[doc]` PROVIDERS §4.7.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::keep::word;

/// `[doc]` No more steps than this; a longer prefix is no prefix `[inf]`.
const MOST: usize = 3;
/// `[doc]` From one step to the next, for instant payments and for others. The first step is taken at once `[inf]`.
const INSTANT_MS: i64 = 15_000;
const ORDINARY_MS: i64 = 900_000;

/// What the bank says next; kept as its word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// `pdng`: `pending`.
    Pending,
    /// `done`: `done`.
    Done,
    /// `canc`, `rjct` or `err`: `rejected`, with this code.
    Rejected(&'static str),
    /// `bug`: the state stays, the payment shows the code `bug` until the next step `[unk]`.
    Bug,
}

/// The step words and their meaning. `[doc]` the words; the codes of `rjct` and `err` are `[unk]`.
const STEPS: [(&str, Step); 6] = [
    ("pdng", Step::Pending),
    ("done", Step::Done),
    ("canc", Step::Rejected(CANCELLED_BY_USER)),
    ("rjct", Step::Rejected("rejected")),
    ("err", Step::Rejected("error")),
    ("bug", Step::Bug),
];

/// `[doc]` PROVIDERS §4.3: the payer cancelled. The documentation writes it in two ways.
pub const CANCELLED_BY_USER: &str = "CancelledByUser";
/// `[doc]` §4.2: the client cancelled.
pub const CANCELLED_BY_CLIENT: &str = "CancelledByClient";
/// `[doc]` §4.2: the client answered `"confirm": false`.
pub const CONFIRMATION_REFUSED: &str = "confirmationRefused";
/// `[unk]` The client answered nothing for a minute.
pub const CONFIRMATION_LATE: &str = "confirmationTimeout";
/// `[unk]` The payer did not confirm on the other device in time.
pub const DECOUPLED_EXPIRED: &str = "decoupledExpired";
/// `[unk]` The bank said no.
pub const REFUSED_BY_BANK: &str = "rejected";

/// The steps of a label, or those of `otherwise` when the label has no prefix.
pub fn steps(label: &str, otherwise: &str) -> Vec<Step> {
    let prefix = label.split_once(" - ").and_then(|(prefix, _)| read(prefix));
    prefix.or_else(|| read(otherwise)).unwrap_or_default()
}

fn read(prefix: &str) -> Option<Vec<Step>> {
    let steps: Option<Vec<Step>> = prefix.split('/').map(step).collect();
    steps.filter(|steps| steps.len() <= MOST)
}

fn step(word: &str) -> Option<Step> {
    let found = STEPS.iter().find(|(known, _)| *known == word);
    found.map(|(_, step)| *step)
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let found = STEPS.iter().find(|(_, known)| known == self);
        to.serialize_str(found.map_or("", |(word, _)| word))
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        word(from, step)
    }
}

/// Milliseconds between two steps.
pub fn pause(instant: bool) -> i64 {
    if instant { INSTANT_MS } else { ORDINARY_MS }
}
