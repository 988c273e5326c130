//! The states of payment requests, payments and reservations.

use serde::{Deserialize, Serialize};

/// `[doc]` BE/operations/reservation-groups.md#payment-request-state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub enum RequestState {
    /// Awaits its payment.
    Pending,
    /// Covered by payment; final.
    Completed,
    /// Canceled by the property; final.
    Canceled,
    /// Not completed in time; final.
    Expired,
}

/// `[doc]` BE/operations/reservation-groups.md#payment-state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub enum PaymentState {
    /// Made; how it went is not known yet.
    Pending,
    /// Awaits 3-D Secure.
    Verifying,
    /// Money moved; final.
    Charged,
    /// Given up, not charged; final.
    Canceled,
    /// Not charged; final.
    Failed,
}

/// `[doc]` CO/operations/payments.md#payment-kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub enum Kind {
    /// Money from the payer.
    Payment,
    /// Money back, by the property.
    Refund,
    /// Money back, by the payer's bank.
    Chargeback,
}

/// `[doc]` CO/operations/reservations.md#service-order-state, as far as a reservation gets here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub enum Standing {
    /// The room is held until it is paid.
    Optional,
    /// Booked.
    Confirmed,
    /// Canceled.
    Canceled,
}

impl RequestState {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Completed => "Completed",
            Self::Canceled => "Canceled",
            Self::Expired => "Expired",
        }
    }
}

impl PaymentState {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Verifying => "Verifying",
            Self::Charged => "Charged",
            Self::Canceled => "Canceled",
            Self::Failed => "Failed",
        }
    }

    /// Whether it stays so.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Verifying)
    }
}

impl Kind {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Payment => "Payment",
            Self::Refund => "Refund",
            Self::Chargeback => "Chargeback",
        }
    }
}

impl Standing {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Optional => "Optional",
            Self::Confirmed => "Confirmed",
            Self::Canceled => "Canceled",
        }
    }
}
