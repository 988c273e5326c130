//! Sends the payer to the provider's page. Writes nothing.

use super::{Desk, FlowError, OpenAccount};
use crate::Timestamp;
use crate::evidence::mismatch;
use crate::provider::{Observation, Page, ProviderError, ProviderErrorKind, ProviderPaymentId, Visit};
use crate::session::Session;
use crate::status::Reading;
use std::sync::Arc;

/// Where the payer goes.
#[derive(Debug)]
pub enum Opening {
    /// To the provider's page, or to one of ours with the provider's form in it.
    ToProvider(Box<Page>, Box<Session>),
    /// To the landing, which knows what to say.
    ToLanding,
    /// Nowhere yet: the provider has not answered. Ask again in a moment.
    NotReady(Box<Session>),
    /// The link leads nowhere.
    NoSuchLink,
}

/// Finds a page for the payer. One read, and one provider call where each visit needs a fresh page.
///
/// # Errors
/// When the table fails or the account cannot be used.
pub async fn open_payment(desk: &Desk, token: &str, now: Timestamp) -> Result<Opening, FlowError> {
    let Some(session) = desk.session_of_link(token, now).await? else {
        return Ok(Opening::NoSuchLink);
    };
    let Some(attempt) = session.current() else {
        return Ok(Opening::ToLanding);
    };
    if session.is_over(now) {
        return Ok(Opening::ToLanding);
    }
    if attempt.status.is_unanswered() {
        return Ok(Opening::NotReady(Box::new(session)));
    }
    match (session.status().is_payable() && attempt.status.is_payable(), attempt.page.clone()) {
        (true, Some(page)) => Ok(to_provider(Page::To(page), session)),
        (true, None) => fresh_page(desk, session).await,
        (false, _) => Ok(Opening::ToLanding),
    }
}

/// Asks the provider for a page that was never shown to anyone.
async fn fresh_page(desk: &Desk, session: Session) -> Result<Opening, FlowError> {
    let account = desk.accounts.open(&session.wish.account).await?;
    let Some(payment) = session.current().and_then(|attempt| attempt.payment.as_ref()) else {
        return Ok(Opening::NotReady(Box::new(session)));
    };
    let Ok((account, seen)) = seen_once_renewed(desk, account, payment).await else {
        return Ok(Opening::NotReady(Box::new(session)));
    };
    let payable = matches!(&seen.reading, Reading::Known(status) if status.is_payable());
    let ours = session.current().is_some_and(|attempt| mismatch(&session, attempt, &seen).is_none());
    if !(payable && ours) {
        return Ok(Opening::ToLanding);
    }
    // What the payer has begun goes on before anything new is made for the visit.
    if let Some(page) = seen.page {
        return Ok(to_provider(page, session));
    }
    match page_for(desk, &account, (&session, payment)).await {
        Some(Ok(page)) => Ok(to_provider(page, session)),
        Some(Err(_)) => Ok(Opening::NotReady(Box::new(session))),
        None => Ok(Opening::ToLanding),
    }
}

/// Fetches; when our credentials are refused, once more with the secret fetched again. The account
/// that was taken goes on.
async fn seen_once_renewed(
    desk: &Desk,
    account: Arc<OpenAccount>,
    payment: &ProviderPaymentId,
) -> Result<(Arc<OpenAccount>, Observation), ProviderError> {
    let first = account.provider.fetch(payment).await;
    let refused = matches!(&first, Err(error) if error.kind == ProviderErrorKind::Unauthorized);
    let renewed = if refused { desk.accounts.renew(&account.account.at).await } else { Ok(None) };
    match renewed {
        Ok(Some(renewed)) => renewed.provider.fetch(payment).await.map(|seen| (renewed, seen)),
        _ => first.map(|seen| (account, seen)),
    }
}

fn to_provider(page: Page, session: Session) -> Opening {
    Opening::ToProvider(Box::new(page), Box::new(session))
}

/// A page made for this visit; `None` where the provider makes none.
async fn page_for(
    desk: &Desk,
    account: &OpenAccount,
    (session, payment): (&Session, &ProviderPaymentId),
) -> Option<Result<Page, ProviderError>> {
    let (pages, token) = (account.provider.pages()?, desk.token(session)?);
    let visit = Visit {
        payment,
        attempt: session.current()?.id,
        wish: &session.wish,
        landing: desk.landing_url(&token),
        common: desk.common_landing(&token),
    };
    Some(pages.page(&visit).await)
}
