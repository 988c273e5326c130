//! What providers send us. A notification only says *look*; trust is a type.

use crate::Timestamp;
use crate::ids::SessionId;
use crate::provider::{Provider, ProviderPaymentId};
use thiserror::Error;

/// A message as it arrived: nothing in it is believed yet.
#[derive(Clone, Copy)]
pub struct RawNotification<'a> {
    /// HTTP method, upper case.
    pub method: &'a str,
    /// The path as the provider called it.
    pub path: &'a str,
    /// The query, undecoded.
    pub query: &'a str,
    /// Headers in the order received; names in any case.
    pub headers: &'a [(String, String)],
    /// The exact bytes of the body.
    pub body: &'a [u8],
}

impl RawNotification<'_> {
    /// The only value of a header; `None` when it is missing or sent twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let value = values.next()?;
        values.next().is_none().then_some(value.1.as_str())
    }
}

impl std::fmt::Debug for RawNotification<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawNotification").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A payment that the provider says to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The provider's id of the payment.
    pub payment: ProviderPaymentId,
    /// Our session, where the provider echoes it: saves a read, and is checked when used.
    pub session: Option<SessionId>,
}

/// Why a message was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// The proof is missing, doubled or wrong.
    #[error("the proof does not hold")]
    BadProof,
    /// The proof holds, but what it proves cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(&'static str),
    /// The account has no secret to check proofs with.
    #[error("the account has no webhook secret")]
    NoSecret,
}

/// Something that was proven to come from the provider. Only [`verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// What was proven.
    pub const fn get(&self) -> &T {
        &self.0
    }
}

/// Proves a message and names the payments it is about. The only maker of [`Verified`].
///
/// # Errors
/// When the proof does not hold or the message cannot be read.
pub fn verify(
    provider: &dyn Provider,
    raw: &RawNotification<'_>,
    now: Timestamp,
) -> Result<Vec<Verified<Notification>>, VerifyError> {
    let notifications = provider.read_notifications(raw, now)?;
    Ok(notifications.into_iter().map(Verified).collect())
}
