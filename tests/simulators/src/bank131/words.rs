//! The words of the API, and where a payment stands behind them.

use serde::{Deserialize, Serialize};

/// A version of the API. `[SG]` PROVIDERS §5.1 and SDK `DTO/Session.php`: they differ in the name of the payments.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Version {
    /// `/api/v1`.
    V1,
    /// `/api/v2`.
    V2,
}

impl Version {
    /// The version in an address.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "v1" => Some(Self::V1),
            "v2" => Some(Self::V2),
            _ => None,
        }
    }

    /// What it calls a session's payments.
    pub fn payments(self) -> &'static str {
        match self {
            Self::V1 => "acquiring_payments",
            Self::V2 => "payment_list",
        }
    }
}

/// SDK `SessionStatusEnum`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    Created,
    InProgress,
    Accepted,
    Cancelled,
    /// `[doc]` PROVIDERS §5.3: "is not final".
    Error,
}

/// SDK `AcquiringPaymentStatusEnum`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    InProgress,
    /// Waits for the partner or the payer.
    Pending,
    Succeeded,
    Failed,
}

/// SDK `AcquiringPaymentRefundStatusEnum`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    InProgress,
    Accepted,
    Declined,
    Error,
}

/// What a session waits for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No payment yet.
    Open,
    /// The bank is at work.
    Working,
    /// `session/confirm` or `session/cancel`.
    Confirm,
    /// 3-D Secure or a QR code.
    Payer,
    /// `session/capture` or `session/cancel`.
    Capture,
    /// Nobody knows what became of the money.
    Unsure,
    /// Nothing.
    Over,
}

impl Stage {
    /// SDK `PaymentSessionNextActionEnum`.
    pub fn next_action(self) -> Option<&'static str> {
        match self {
            Self::Confirm => Some("confirm"),
            Self::Capture => Some("capture"),
            _ => None,
        }
    }
}

/// How the payer is sent to 3-D Secure. `[doc]` payment-pcidss-simple: by address, or by a form.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// By address.
    Get,
    /// By a form that is posted.
    Post,
}
