//! The queue of looks. What goes on it is our own wish or a verified notification, nothing else.

use crate::account::AccountRef;
use crate::ids::{MerchantId, SessionId, SessionKey};
use crate::notification::{Notification, Verified};
use crate::provider::ProviderPaymentId;
use async_trait::async_trait;
use thiserror::Error;

/// The queue would not take a message.
#[derive(Debug, Error)]
#[error("the queue is unavailable")]
pub struct QueueError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A notification on its way to the queue.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The account whose secret proved it.
    pub account: &'a AccountRef,
    /// Whose account that is.
    pub merchant: MerchantId,
    /// What was proven.
    pub notification: &'a Verified<Notification>,
}

/// What a worker takes off the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Look at a session that is due.
    Look(SessionKey),
    /// Look at a payment that its provider speaks of.
    Notified {
        /// The account it came in on.
        account: AccountRef,
        /// Whose account that is.
        merchant: MerchantId,
        /// The payment.
        payment: ProviderPaymentId,
        /// The session that the provider echoed.
        session: Option<SessionId>,
    },
}

/// The queue of looks.
#[async_trait]
pub trait Queue: Send + Sync {
    /// Puts the notifications of one message on the queue; once this returns, all of them will be
    /// looked at.
    async fn notify(&self, notices: &[Notice<'_>]) -> Result<(), QueueError>;

    /// Puts due sessions on the queue.
    async fn look(&self, due: &[SessionKey]) -> Result<(), QueueError>;
}
