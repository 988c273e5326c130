//! Takes in what a provider sends: proves it, puts it on the queue, and nothing else.

use super::{AccountError, Accounts, OpenAccount};
use crate::Timestamp;
use crate::account::AccountRef;
use crate::notification::{Notification, RawNotification, Verified, VerifyError, verify};
use crate::queue::{Notice, Queue, QueueError};
use std::sync::Arc;
use thiserror::Error;

/// Why a message was not taken in.
#[derive(Debug, Error)]
pub enum IngestError {
    /// Nobody has that account: the same answer as a wrong proof.
    #[error("no such account")]
    UnknownAccount,
    /// The proof does not hold.
    #[error("the proof does not hold")]
    BadProof,
    /// The proof holds, but the message cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(&'static str),
    /// Our own trouble: the provider should send it again.
    #[error(transparent)]
    Account(AccountError),
    /// Likewise.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Proves a message and queues the payments it names; how many. No call to the table while the
/// account is cached, and as few to the queue as it takes: a message may name hundreds.
///
/// # Errors
/// When it is not proven, not readable, or not safely on the queue.
pub async fn ingest(
    accounts: &dyn Accounts,
    queue: &dyn Queue,
    (at, raw): (&AccountRef, &RawNotification<'_>),
    now: Timestamp,
) -> Result<usize, IngestError> {
    let account = accounts.open(at).await.map_err(unopened)?;
    let notifications = prove(accounts, &account, raw, now).await?;
    let merchant = account.account.merchant;
    let notice = |notification| Notice { account: at, merchant, notification };
    let notices: Vec<Notice<'_>> = notifications.iter().map(notice).collect();
    if !notices.is_empty() {
        queue.notify(&notices).await?;
    }
    Ok(notifications.len())
}

/// Proves a message, once more with the secret fetched again when the first proof fails.
async fn prove(
    accounts: &dyn Accounts,
    account: &Arc<OpenAccount>,
    raw: &RawNotification<'_>,
    now: Timestamp,
) -> Result<Vec<Verified<Notification>>, IngestError> {
    let first = verify(&*account.provider, raw, now);
    if !matches!(first, Err(VerifyError::BadProof | VerifyError::NoSecret)) {
        return first.map_err(unproven);
    }
    match accounts.renew(&account.account.at).await.map_err(unopened)? {
        Some(renewed) => verify(&*renewed.provider, raw, now).map_err(unproven),
        None => first.map_err(unproven),
    }
}

const fn unproven(error: VerifyError) -> IngestError {
    match error {
        VerifyError::BadProof | VerifyError::NoSecret => IngestError::BadProof,
        VerifyError::Unreadable(why) => IngestError::Unreadable(why),
    }
}

fn unopened(error: AccountError) -> IngestError {
    match error {
        AccountError::Unknown => IngestError::UnknownAccount,
        other => IngestError::Account(other),
    }
}
