//! What goes wrong at a provider, named by what to do next.

use super::ProviderName;
use crate::words::words;
use std::fmt;
use std::time::Duration;
use thiserror::Error;

words!(
    /// What a provider was asked to do.
    Operation {
        /// Open a payment.
        Create = "create",
        /// Read one.
        Fetch = "fetch",
        /// Search by reference.
        Lookup = "lookup",
        /// Stop one.
        Cancel = "cancel",
        /// Take what is held.
        Capture = "capture",
        /// Say that a payment is the one we meant.
        Confirm = "confirm",
        /// Tell which payment a notification means.
        Resolve = "resolve",
        /// Make a page for one visit.
        Page = "page",
        /// Give back.
        Refund = "refund",
        /// List what was given back.
        Refunds = "refunds",
    }
);

/// What went wrong at a provider, named by what to do next.
#[derive(Debug, Error)]
#[error("{provider} {operation}: {kind}")]
pub struct ProviderError {
    /// The provider.
    pub provider: ProviderName,
    /// What it was asked.
    pub operation: Operation,
    /// What to do next.
    pub kind: ProviderErrorKind,
    /// What lies underneath; for the log, never for a caller.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProviderErrorKind {
    /// The provider understood and will not: never again.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// There is no such payment.
    #[error("not found")]
    NotFound,
    /// Our credentials were not taken: an alarm.
    #[error("unauthorized")]
    Unauthorized,
    /// Nothing was done: later, not before `after`.
    #[error("unavailable")]
    Unavailable {
        /// How long the provider asks us to wait.
        after: Option<Duration>,
    },
    /// It was sent and no answer came: only after a fetch or a lookup.
    #[error("sent, and no answer came")]
    OutcomeUnknown,
    /// An answer that we cannot read: after a fetch, and an alarm.
    #[error("the answer cannot be read")]
    Unreadable,
}

/// Why a provider refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Our word for it.
    pub code: RefusalCode,
    /// The provider's code, made safe: letters, digits, `_`, `-` and `.` only.
    pub provider_code: String,
    /// The field of our request that it complains about, as a JSON pointer.
    pub pointer: Option<String>,
    /// What the provider says to the caller, where it means it to be shown.
    pub message: Option<SafeText>,
}

/// A provider's sentence, made safe to show: one line, no markup, no long number, at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeText(String);

impl SafeText {
    const MAX: usize = 200;

    /// What is left of `text`; `None` when nothing is.
    pub fn of(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_alphanumeric() || " .,:;!?'()%/+-".contains(c);
        let spaced = text.chars().map(|c| if plain(c) { c } else { ' ' }).collect::<String>();
        let words = spaced.split_whitespace().filter(|word| digits(word) < 10);
        let line: String = words.collect::<Vec<_>>().join(" ").chars().take(Self::MAX).collect();
        (!line.is_empty()).then_some(Self(line))
    }
}

/// Long numbers may be a card's or an account's.
fn digits(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code, self.provider_code)
    }
}

words!(
    /// Why a provider refused, in our words.
    RefusalCode {
        /// A field was not to its liking.
        InvalidField = "invalid_field",
        /// The account may not do this.
        AccountNotAllowed = "account_not_allowed",
        /// The payment's state does not allow it.
        WrongState = "wrong_state",
        /// More than is left.
        AmountTooLarge = "amount_too_large",
        /// What is left is not what the caller believed.
        AmountChanged = "amount_changed",
        /// Anything else.
        Other = "other",
    }
);
