//! What some providers can do besides. Asking for what one cannot do answers `None`.

use super::{CommonLanding, Observation, ProviderError, ProviderPaymentId};
use crate::ids::AttemptId;
use crate::money::Money;
use crate::wish::Wish;
use crate::words::words;
use async_trait::async_trait;
use url::Url;

/// Finds payments whose create answer was lost.
#[async_trait]
pub trait Lookup: Send + Sync {
    /// Every payment made for `attempt`, newest first. Search may lag: see [`crate::schedule::Schedule::lookup_lag`].
    async fn find(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError>;
}

/// Makes pages that are good for one visit or must not be kept.
#[async_trait]
pub trait Pages: Send + Sync {
    /// A page to send the payer to now.
    async fn page(&self, payment: &ProviderPaymentId, back: &CommonLanding) -> Result<Url, ProviderError>;
}

/// Stops payments.
#[async_trait]
pub trait Cancels: Send + Sync {
    /// Asks the provider to stop a payment. Only a fetch tells whether it did.
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError>;
}

/// Takes money that is held.
#[async_trait]
pub trait Captures: Send + Sync {
    /// Whether a part of what is held can be captured.
    fn takes_part(&self) -> bool;

    /// Captures all that is held, or `part` of it.
    async fn capture(&self, payment: &ProviderPaymentId, part: Option<Money>) -> Result<(), ProviderError>;
}

/// Gives money back.
#[async_trait]
pub trait Refunds: Send + Sync {
    /// Gives `amount` back, if `available` is still what can be given back.
    async fn refund(&self, payment: &ProviderPaymentId, order: &RefundOrder)
    -> Result<Refund, ProviderError>;

    /// Every refund of a payment, oldest first.
    async fn list(&self, payment: &ProviderPaymentId) -> Result<Vec<Refund>, ProviderError>;
}

/// A wish to give money back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundOrder {
    /// How much.
    pub amount: Money,
    /// What the merchant believes can still be given back: a compare-and-swap.
    pub available: Money,
}

words!(
    /// Where a refund stands.
    RefundStatus {
        /// On its way.
        Pending = "pending",
        /// Given back.
        Succeeded = "succeeded",
        /// Not given back.
        Failed = "failed",
    }
);

/// A refund at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The provider's id.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// Where it stands; `None` for a word that we do not know.
    pub status: Option<RefundStatus>,
}
