//! The create call to a provider, for a first attempt and for every next one.

use super::{Desk, FlowError, OpenAccount};
use crate::attempt::FailureCode;
use crate::ids::NoRandomness;
use crate::progress::{self, Moment};
use crate::provider::{
    CreatePayment, Created, Operation, ProviderError, ProviderErrorKind, Refusal, RefusalCode, SafeText,
};
use crate::session::{Change, Session};

/// Tries to store what a create call came to, while others write the same session.
pub(super) const MAX_ROUNDS: usize = 3;

/// Calls the provider for the attempt at `at`.
pub(super) async fn open_at_provider(
    desk: &Desk,
    account: &OpenAccount,
    (session, at): (&Session, usize),
) -> Result<Created, ProviderError> {
    let (Some(attempt), Some(token)) = (session.attempts.get(at), desk.token(session)) else {
        return Err(unsent(account));
    };
    let payment = CreatePayment {
        session: session.key.session,
        attempt: attempt.id,
        wish: &session.wish,
        landing: desk.landing_url(&token),
        common: desk.common_landing(&token),
        notify: desk.webhook_url(&account.account.at),
        expires_at: session.expires_at,
    };
    create_once_renewed(desk, account, &payment).await
}

/// What the provider's answer changes.
pub(super) fn concluded(
    (session, at): (&Session, usize),
    result: &Result<Created, ProviderError>,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    match result {
        Ok(created) => progress::opened(session, at, created, moment),
        Err(error) => match unopened(&error.kind) {
            Some(code) => progress::not_opened(session, at, code, moment),
            None => progress::no_answer(session, at, progress::PAUSE, moment),
        },
    }
}

/// The session as somebody else wrote it during the call, if its attempt still waits for the answer:
/// an answer that is known must not be lost to a look that could not know it.
pub(super) async fn still_unanswered(
    desk: &Desk,
    (session, at): (&Session, usize),
) -> Result<Option<Session>, FlowError> {
    let newer = desk.store.session(session.key).await?;
    let waits = |newer: &Session| {
        let attempt = newer.attempts.get(at);
        attempt.is_some_and(|a| a.status.is_unanswered() && a.payment.is_none())
    };
    Ok(newer.filter(waits))
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

/// The payment that the booking site named is another session's: nothing was opened for this one (I1).
pub(super) fn taken_elsewhere(account: &OpenAccount) -> ProviderError {
    let refusal = Refusal {
        code: RefusalCode::WrongState,
        provider_code: "not_sent".to_owned(),
        pointer: None,
        message: SafeText::of("another session has this payment"),
    };
    ProviderError { kind: ProviderErrorKind::Refused(refusal), ..unsent(account) }
}

fn unsent(account: &OpenAccount) -> ProviderError {
    ProviderError {
        provider: account.provider.name(),
        operation: Operation::Create,
        kind: ProviderErrorKind::Unavailable { after: None },
        source: None,
    }
}
