//! What goes wrong inside, as callers hear of it. The one table of HOUSE's errors.

use crate::auth::AuthError;
use crate::http::problem::{Code, Problem};
use crate::secrets::SecretError;
use crate::service::ServiceKeyError;
use bellhop_domain::flows::{AccountError, FlowError};
use bellhop_domain::ids::NoRandomness;
use bellhop_domain::provider::{ProviderError, ProviderErrorKind, Refusal};
use bellhop_domain::queue::QueueError;
use bellhop_domain::store::StoreError;
use bellhop_domain::wish::FieldError;
use std::time::Duration;

/// When to try again, where nobody said.
const SOON: Duration = Duration::from_secs(2);

fn later(source: impl Into<crate::Error>) -> Problem {
    Problem::new(Code::Unavailable).after(SOON).because(source)
}

fn internal(source: impl Into<crate::Error>) -> Problem {
    Problem::new(Code::Internal).because(source)
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => later(error),
            StoreError::Corrupt(_) => internal(error),
        }
    }
}

impl From<QueueError> for Problem {
    fn from(error: QueueError) -> Self {
        later(error)
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Self {
        internal(error)
    }
}

impl From<SecretError> for Problem {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Unavailable(_) => later(error),
            SecretError::Missing(_) | SecretError::NotText(_) => internal(error),
        }
    }
}

impl From<ServiceKeyError> for Problem {
    fn from(error: ServiceKeyError) -> Self {
        match error {
            ServiceKeyError::Secret(error) => error.into(),
            ServiceKeyError::Unreadable => internal(error),
        }
    }
}

impl From<AuthError> for Problem {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Missing => Self::new(Code::KeyMissing),
            AuthError::Refused => Self::new(Code::KeyRefused),
            AuthError::Store(error) => error.into(),
            AuthError::Service(error) => error.into(),
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Unknown | AccountError::Unusable(_) => {
                Self::new(Code::AccountUnusable).because(error)
            }
            AccountError::Store(error) => error.into(),
            AccountError::Secret(_) => later(error),
        }
    }
}

impl From<ProviderError> for Problem {
    fn from(error: ProviderError) -> Self {
        let problem = match &error.kind {
            ProviderErrorKind::Refused(refusal) => refused(refusal),
            ProviderErrorKind::NotFound => Self::new(Code::NotFound),
            ProviderErrorKind::Unauthorized => Self::new(Code::ProviderUnauthorized),
            ProviderErrorKind::Unavailable { after } => {
                Self::new(Code::ProviderUnavailable).after(after.unwrap_or(SOON))
            }
            ProviderErrorKind::OutcomeUnknown => Self::new(Code::ProviderSilent).after(SOON),
            ProviderErrorKind::Unreadable => Self::new(Code::ProviderUnreadable),
        };
        problem.because(error)
    }
}

/// A provider's refusal: its code is safe to show, and its complaint points at our field.
fn refused(refusal: &Refusal) -> Problem {
    let (code, theirs) = (refusal.code, &refusal.provider_code);
    let said = refusal.message.as_ref().map(|text| format!(" It says: {text}")).unwrap_or_default();
    let detail = format!("The provider would not take this payment: {code} ({theirs}).{said}");
    let errors = refusal.pointer.iter();
    let errors = errors.map(|pointer| FieldError::new(pointer, "was refused by the provider"));
    Problem::new(Code::ProviderRefused).saying(detail).with_errors(errors.collect())
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        refused(refusal)
    }
}

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Store(error) => error.into(),
            FlowError::Account(error) => error.into(),
            FlowError::Provider(error) => error.into(),
            FlowError::Queue(error) => error.into(),
            FlowError::NoRandomness(error) => error.into(),
            FlowError::Busy => later(error),
            FlowError::PaymentTaken => internal(error),
        }
    }
}
