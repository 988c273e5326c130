//! What some providers can do besides. Asking for what one cannot do answers `None`.

use super::{CommonLanding, Observation, Page, ProviderError, ProviderPaymentId};
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
    /// A page for the payer now.
    async fn page(&self, visit: &Visit<'_>) -> Result<Page, ProviderError>;
}

/// A payer who wants to pay now.
#[derive(Debug)]
pub struct Visit<'a> {
    /// The payment.
    pub payment: &'a ProviderPaymentId,
    /// The attempt it is for.
    pub attempt: AttemptId,
    /// What the booking site wished for.
    pub wish: &'a Wish,
    /// Our landing: where the provider sends the payer back to. Holds the payer's token.
    pub landing: Url,
    /// For a provider that takes one return address for all.
    pub common: CommonLanding,
}

/// Tells which payment is meant by what a notification names.
#[async_trait]
pub trait Resolves: Send + Sync {
    /// The payment behind `named`; `None` when it is none that could be ours.
    async fn resolve(&self, named: &ProviderPaymentId) -> Result<Option<ProviderPaymentId>, ProviderError>;
}

/// Lets payments go on that wait for our word.
#[async_trait]
pub trait Confirms: Send + Sync {
    /// Says yes. Saying it twice for one attempt is saying it once; only a fetch tells whether it was heard.
    async fn confirm(&self, payment: &ProviderPaymentId, attempt: AttemptId) -> Result<(), ProviderError>;
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
