//! The states of a web payment.
//!
//! `[code]` PROVIDERS §3.3, pay-connector `ExternalChargeState.java` and `PaymentGatewayStateTransitions.java`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A public state with its code.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody opened the page yet.
    Created,
    /// The payer opened the page.
    Started,
    /// Authorized; the payer has not confirmed.
    Submitted,
    /// Authorized and confirmed; the service has to capture.
    Capturable,
    /// Confirmed, capture asked for.
    Success,
    /// `failed` P0010.
    Declined,
    /// `failed` P0020.
    TimedOut,
    /// `failed` P0030.
    CancelledByPayer,
    /// `cancelled` P0040.
    CancelledByService,
    /// `error` P0050.
    Error,
}

impl State {
    /// The state that a word names; for `failed`, `code` decides which.
    pub fn named(word: &str, code: &str) -> Option<Self> {
        Some(match (word, code) {
            ("created", _) => Self::Created,
            ("started", _) => Self::Started,
            ("submitted", _) => Self::Submitted,
            ("capturable", _) => Self::Capturable,
            ("success", _) => Self::Success,
            ("failed", "P0020") => Self::TimedOut,
            ("failed", "P0030") => Self::CancelledByPayer,
            ("failed", _) => Self::Declined,
            ("cancelled", _) => Self::CancelledByService,
            ("error", _) => Self::Error,
            _ => return None,
        })
    }

    /// The word of the API.
    pub fn status(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Started => "started",
            Self::Submitted => "submitted",
            Self::Capturable => "capturable",
            Self::Success => "success",
            Self::Declined | Self::TimedOut | Self::CancelledByPayer => "failed",
            Self::CancelledByService => "cancelled",
            Self::Error => "error",
        }
    }

    /// Code and message of a payment that did not work. `[doc]` api_reference, errors caused by payment statuses.
    pub fn reason(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Declined => Some(("P0010", "Payment method rejected")),
            Self::TimedOut => Some(("P0020", "Payment expired")),
            Self::CancelledByPayer => Some(("P0030", "Payment was cancelled by the user")),
            Self::CancelledByService => Some(("P0040", "Payment was cancelled by the service")),
            Self::Error => Some(("P0050", "Payment provider returned an error")),
            _ => None,
        }
    }

    /// Whether the journey is over.
    pub fn finished(self) -> bool {
        self == Self::Success || self.reason().is_some()
    }

    /// Whether a payer who has a page can still pay.
    pub fn payable(self) -> bool {
        matches!(self, Self::Created | Self::Started | Self::Submitted)
    }

    /// Whether the service may cancel. `[code]` PROVIDERS §3.3.
    pub fn cancellable(self) -> bool {
        self.payable() || self == Self::Capturable
    }

    /// The `state` of an API answer.
    pub fn shown(self) -> Value {
        self.with_word(self.status(), self.reason())
    }

    /// The `state` of a webhook. `[code]` PROVIDERS §3.5, pay-webhooks `ExternalChargeState.java`: the v2 words, and
    /// `cancelled` always carries P0030.
    pub fn shown_in_webhook(self) -> Value {
        match self {
            Self::Declined => self.with_word("declined", self.reason()),
            Self::TimedOut => self.with_word("timedout", self.reason()),
            Self::CancelledByPayer | Self::CancelledByService => {
                self.with_word("cancelled", Self::CancelledByPayer.reason())
            }
            _ => self.shown(),
        }
    }

    fn with_word(self, word: &str, reason: Option<(&str, &str)>) -> Value {
        let mut state = json!({"status": word, "finished": self.finished()});
        if let (Some((code, message)), Some(fields)) = (reason, state.as_object_mut()) {
            fields.insert("message".to_owned(), json!(message));
            fields.insert("code".to_owned(), json!(code));
        }
        state
    }

    /// Whether the documented graph has this edge. `[code]` PROVIDERS §3.3, public edges of web payments.
    pub fn may_become(self, next: Self) -> bool {
        use State::{
            CancelledByPayer, CancelledByService, Capturable, Created, Declined, Error, Started, Submitted,
            Success, TimedOut,
        };
        match self {
            Created => matches!(next, Started | CancelledByService | Declined | TimedOut | CancelledByPayer),
            Started => {
                matches!(
                    next,
                    Submitted | CancelledByService | Declined | TimedOut | CancelledByPayer | Error
                )
            }
            Submitted => {
                matches!(next, Success | Capturable | CancelledByService | TimedOut | CancelledByPayer)
            }
            Capturable => matches!(next, Success | CancelledByService | TimedOut),
            Success => next == Error,
            Error => matches!(next, Started | Submitted | Declined),
            Declined | TimedOut | CancelledByPayer | CancelledByService => false,
        }
    }

    /// The event that entering `next` tells, if any. `[code]` PROVIDERS §3.5, pay-webhooks `EventMapper.java`.
    ///
    /// Silent by that table: started, submitted, capturable, and success to error (CAPTURE_ERROR). Settlement is a
    /// name of the documentation to which nothing maps.
    pub fn event_of(self, next: Self) -> Option<&'static str> {
        match (self, next) {
            (Self::Success, Self::Error) => None,
            (_, Self::Success) => Some("card_payment_succeeded"),
            (_, Self::Declined | Self::CancelledByPayer | Self::CancelledByService | Self::Error) => {
                Some("card_payment_failed")
            }
            (_, Self::TimedOut) => Some("card_payment_expired"),
            _ => None,
        }
    }
}
