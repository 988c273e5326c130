//! Mews' ids, and how two of them name a payment.

use bellhop_domain::provider::ProviderPaymentId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Letters and digits between the hyphens of an id.
const PARTS: [usize; 5] = [8, 4, 4, 4, 12];

/// An id of theirs, in lower case. They are UUIDs; the docs' own samples hold letters beyond `f`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Id(String);

/// A text that is no id.
#[derive(Debug)]
pub(super) struct NoId;

impl Id {
    /// Reads an id, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.split('-').map(str::len);
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (plain && parts.eq(PARTS)).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Id {
    type Error = NoId;

    fn try_from(text: String) -> Result<Self, NoId> {
        Self::parse(&text).ok_or(NoId)
    }
}

impl fmt::Display for NoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is not an id")
    }
}

/// What one payment is at Mews: a payment request, and the reservation group that it is read with.
///
/// A request cannot be read by itself in their booking-engine API, so our id of it holds both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaymentId {
    /// The reservation group.
    pub group: Id,
    /// The payment request; `None` for a group that was made with nothing to pay.
    pub request: Option<Id>,
}

impl PaymentId {
    /// A payment request in its group.
    pub const fn of(request: Id, group: Id) -> Self {
        Self { group, request: Some(request) }
    }

    /// Reads `{request}.{group}` or `{group}`.
    pub fn parse(payment: &ProviderPaymentId) -> Option<Self> {
        match payment.as_str().split_once('.') {
            Some((request, group)) => Some(Self::of(Id::parse(request)?, Id::parse(group)?)),
            None => Some(Self { group: Id::parse(payment.as_str())?, request: None }),
        }
    }

    /// As it is kept: 73 characters, or 36.
    pub fn to_payment(&self) -> Option<ProviderPaymentId> {
        let group = self.group.as_str();
        match &self.request {
            Some(request) => ProviderPaymentId::parse(&format!("{}.{group}", request.as_str())),
            None => ProviderPaymentId::parse(group),
        }
    }
}
