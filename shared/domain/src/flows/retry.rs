//! The payer tries again: the next attempt, where the last one failed and none can still charge.

use super::call_create::{MAX_ROUNDS, concluded, open_at_provider, still_unanswered};
use super::write::write;
use super::{Desk, FlowError, OpenAccount};
use crate::Timestamp;
use crate::event::Cause;
use crate::progress::{self, Moment};
use crate::session::Session;
use crate::store::ClaimEnd;

/// What came of trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// There is an attempt to pay, this one's or another click's.
    ToPayment,
    /// No further attempt is allowed: the landing says why.
    ToLanding,
    /// The link leads nowhere.
    NoSuchLink,
}

/// Makes the next attempt. Two clicks make one: the second finds the first one's attempt.
///
/// # Errors
/// When the table fails or the account cannot be used.
pub async fn retry(desk: &Desk, token: &str, now: Timestamp) -> Result<Retried, FlowError> {
    let Some(session) = desk.session_of_link(token, now).await? else {
        return Ok(Retried::NoSuchLink);
    };
    if !session.allows_retry() || session.is_over(now) {
        let open = session.current().is_some_and(|attempt| !attempt.status.is_final());
        return Ok(if open && !session.is_over(now) { Retried::ToPayment } else { Retried::ToLanding });
    }
    let account = desk.accounts.open(&session.wish.account).await?;
    let moment = Moment { now, cause: Cause::Retry, schedule: account.provider.schedule() };
    let change = progress::retried(&session, moment)?;
    match write(desk, &session, change, ClaimEnd::Keep, now).await? {
        Some(session) => open_next(desk, &account, session, moment).await,
        None => Ok(Retried::ToPayment),
    }
}

/// Opens the attempt whose intent was just written.
async fn open_next(
    desk: &Desk,
    account: &OpenAccount,
    mut session: Session,
    moment: Moment<'_>,
) -> Result<Retried, FlowError> {
    let at = session.attempts.len().saturating_sub(1);
    let result = open_at_provider(desk, account, (&session, at)).await;
    for _ in 0..MAX_ROUNDS {
        let change = concluded((&session, at), &result, moment)?;
        let stored = write(desk, &session, change, ClaimEnd::Keep, moment.now).await?;
        let newer = match stored {
            Some(_) => None,
            None => still_unanswered(desk, (&session, at)).await?,
        };
        match newer {
            Some(newer) => session = newer,
            None => break,
        }
    }
    Ok(match result {
        Ok(_) => Retried::ToPayment,
        Err(_) => Retried::ToLanding,
    })
}
