//! The create call to a provider, for a first attempt and for every next one.

use super::{Desk, FlowError, OpenAccount};
use crate::attempt::FailureCode;
use crate::progress::{self, Moment};
use crate::provider::{CreatePayment, Created, Operation, ProviderError, ProviderErrorKind};
use crate::session::{Change, Session};

/// What a create call to the provider came to, and what it changes.
pub(super) struct Concluded {
    pub(super) change: Change,
    pub(super) result: Result<Created, ProviderError>,
}

/// Calls the provider for the attempt at `at` and says what its answer changes.
pub(super) async fn open_at_provider(
    desk: &Desk,
    account: &OpenAccount,
    (session, at): (&Session, usize),
    moment: Moment<'_>,
) -> Result<Concluded, FlowError> {
    let result = match (session.attempts.get(at), desk.token(session)) {
        (Some(attempt), Some(token)) => {
            let payment = CreatePayment {
                session: session.key.session,
                attempt: attempt.id,
                wish: &session.wish,
                landing: desk.landing_url(&token),
                expires_at: session.expires_at,
            };
            create_once_renewed(desk, account, &payment).await
        }
        _ => Err(unsent(account)),
    };
    let change = match &result {
        Ok(created) => progress::opened(session, at, created, moment)?,
        Err(error) => match unopened(&error.kind) {
            Some(code) => progress::not_opened(session, at, code, moment)?,
            None => progress::no_answer(session, at, progress::PAUSE, moment)?,
        },
    };
    Ok(Concluded { change, result })
}

/// Creates; when our credentials are refused, once more with the secret fetched again.
async fn create_once_renewed(
    desk: &Desk,
    account: &OpenAccount,
    payment: &CreatePayment<'_>,
) -> Result<Created, ProviderError> {
    let first = account.provider.create(payment).await;
    let refused = matches!(&first, Err(error) if error.kind == ProviderErrorKind::Unauthorized);
    match refused.then_some(desk.accounts.renew(&account.account.at)) {
        Some(renewing) => match renewing.await {
            Ok(Some(renewed)) => renewed.provider.create(payment).await,
            _ => first,
        },
        None => first,
    }
}

/// Why nothing was opened; `None` when it may have been.
pub(super) const fn unopened(kind: &ProviderErrorKind) -> Option<FailureCode> {
    match kind {
        ProviderErrorKind::Refused(_) => Some(FailureCode::Refused),
        ProviderErrorKind::Unavailable { .. } | ProviderErrorKind::NotFound => {
            Some(FailureCode::ProviderUnavailable)
        }
        ProviderErrorKind::Unauthorized => Some(FailureCode::ProviderUnauthorized),
        ProviderErrorKind::OutcomeUnknown | ProviderErrorKind::Unreadable => None,
    }
}

fn unsent(account: &OpenAccount) -> ProviderError {
    ProviderError {
        provider: account.provider.name(),
        operation: Operation::Create,
        kind: ProviderErrorKind::Unavailable { after: None },
        source: None,
    }
}
