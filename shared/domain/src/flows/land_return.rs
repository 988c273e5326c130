//! The payer comes back. What the browser says is never believed; the provider is asked.

use super::refresh::{Look, Target, refresh_loaded};
use super::{Desk, FlowError};
use crate::event::Cause;
use crate::outcome::signed_return;
use crate::provider::ReturnHint;
use crate::schedule::{CREATE_TAKES, MAX_LANDING_LOOKS};
use crate::session::Session;
use crate::{SignedDuration, Timestamp};
use url::Url;

/// What the landing page has to tell.
#[derive(Debug, Clone)]
pub struct Landing {
    /// The session as it is stored now.
    pub session: Session,
    /// The booking site's return URL with the signed outcome.
    pub back: Url,
}

/// A page loaded again within this time shows what is stored, and asks nobody.
const FRESH_FOR: SignedDuration = SignedDuration::from_secs(3);

/// Finds out how the session stands and where the payer goes on to; `None` for a link that is none
/// of ours. A final session costs one read; else one provider call and at most one transaction more.
///
/// # Errors
/// When the table fails. A provider that fails only means that we are still checking.
pub async fn land_return(desk: &Desk, token: &str, now: Timestamp) -> Result<Option<Landing>, FlowError> {
    let Some(session) = desk.session_of_link(token, now).await? else {
        return Ok(None);
    };
    let session = if worth_asking(&session, now) { ask(desk, session, now).await? } else { session };
    Ok(Some(landing(desk, session, now)))
}

/// The same from what is stored alone: for a payer who has waited for the provider long enough.
///
/// # Errors
/// When the table fails.
pub async fn land_stored(desk: &Desk, token: &str, now: Timestamp) -> Result<Option<Landing>, FlowError> {
    let session = desk.session_of_link(token, now).await?;
    Ok(session.map(|session| landing(desk, session, now)))
}

/// What the query of the payer's return seems to tell: for the tone of the page, never for its facts.
pub async fn return_hint(desk: &Desk, session: &Session, query: &[(String, String)]) -> Option<ReturnHint> {
    let account = desk.accounts.open(&session.wish.account).await.ok()?;
    account.provider.return_hint(query)
}

fn landing(desk: &Desk, session: Session, now: Timestamp) -> Landing {
    let back = signed_return(&session, &desk.keys, now);
    Landing { session, back }
}

/// Whether the provider may know more than we do, and may be asked (I9).
fn worth_asking(session: &Session, now: Timestamp) -> bool {
    session.current().is_some_and(|attempt| {
        let opening = attempt.status.is_unanswered() && now.duration_since(attempt.created_at) < CREATE_TAKES;
        let stale = attempt.looked_at.is_none_or(|at| now.duration_since(at) >= FRESH_FOR);
        !attempt.status.is_final() && !opening && stale && attempt.looks < MAX_LANDING_LOOKS
    })
}

async fn ask(desk: &Desk, session: Session, now: Timestamp) -> Result<Session, FlowError> {
    let look = Look { target: Target::Current, cause: Cause::Return, now };
    match refresh_loaded(desk, session.clone(), look).await {
        Ok(session) => Ok(session),
        Err(FlowError::Store(error)) => Err(error.into()),
        Err(_) => Ok(session),
    }
}
