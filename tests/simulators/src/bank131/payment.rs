//! A session's payment: its money, its refunds, what its payer has to do.

use serde::{Deserialize, Serialize};

use super::method::Method;
use super::money::Money;
use super::words::{PaymentStatus, RefundStatus, Way};

/// Times are microseconds since the epoch; amounts are minor units.
#[derive(Clone, Deserialize, Serialize)]
pub struct Payment {
    pub id: String,
    pub status: PaymentStatus,
    pub created: i64,
    pub finished: Option<i64>,
    pub method: Method,
    /// What is charged; a test can make it differ from what the session asked for.
    pub money: Money,
    /// The reference that it shows; likewise.
    pub reference: String,
    pub interaction: Option<Interaction>,
    /// What was held on the payer's card; `captured` and `released` are what became of it.
    pub authorized: i64,
    pub captured: i64,
    /// Of what was held, and given back without a debit.
    pub released: i64,
    pub refunds: Vec<Refund>,
    pub error: Option<Trouble>,
    pub rrn: Option<String>,
}

/// `customer_interaction`, with the secret that proves that the payer came by it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Interaction {
    /// 3-D Secure.
    Redirect { way: Way, secret: String },
    /// A QR code.
    Inform { secret: String },
}

impl Interaction {
    /// What the payer must bring along.
    pub fn secret(&self) -> &str {
        match self {
            Self::Redirect { secret, .. } | Self::Inform { secret } => secret,
        }
    }
}

/// `error` of a session or a payment. SDK `DTO/Error.php`.
#[derive(Clone, Deserialize, Serialize)]
pub struct Trouble {
    pub code: String,
    pub description: String,
}

impl Trouble {
    /// The description of a code is not documented `[unk]`.
    pub fn of(code: &str) -> Self {
        Self { code: code.to_owned(), description: code.replace('_', " ") }
    }
}

/// A refund. SDK `DTO/AbstractRefund.php`.
#[derive(Clone, Deserialize, Serialize)]
pub struct Refund {
    pub id: String,
    pub status: RefundStatus,
    pub created: i64,
    pub finished: Option<i64>,
    pub amount: i64,
    pub metadata: Option<serde_json::Value>,
    /// When it is accepted by itself, in milliseconds.
    pub due: Option<i64>,
}

impl Payment {
    /// What went back to the payer.
    pub fn refunded(&self) -> i64 {
        self.sum_of(|status| status == RefundStatus::Accepted)
    }

    /// What can still be refunded.
    pub fn refundable(&self) -> i64 {
        self.captured
            - self.sum_of(|status| matches!(status, RefundStatus::Accepted | RefundStatus::InProgress))
    }

    fn sum_of(&self, which: impl Fn(RefundStatus) -> bool) -> i64 {
        self.refunds.iter().filter(|refund| which(refund.status)).map(|refund| refund.amount).sum()
    }
}
