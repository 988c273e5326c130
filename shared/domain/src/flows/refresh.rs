//! Asks the provider what happened, and writes it down: the one writer of what happened to money.

use super::observe::{Seen, observe};
use super::write::write;
use super::{Desk, FlowError, OpenAccount};
use crate::attempt::FailureCode;
use crate::event::Cause;
use crate::ids::SessionKey;
use crate::progress::{self, Moment};
use crate::provider::{ProviderError, ProviderErrorKind, ProviderPaymentId};
use crate::session::{Change, Session};
use crate::store::ClaimEnd;
use crate::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Which attempt to look at.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// The one that is due; none, when somebody else has looked already.
    Due,
    /// The newest.
    Current,
    /// The one that the provider knows by this id.
    Payment(&'a ProviderPaymentId),
}

/// Why and when we look.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Which attempt.
    pub target: Target<'a>,
    /// What made us look.
    pub cause: Cause,
    /// Now.
    pub now: Timestamp,
}

/// Asks again when somebody else wrote the session meanwhile, at most so often.
const MAX_ROUNDS: usize = 3;

/// Looks at a session: one read, one provider call, at most one transaction.
///
/// # Errors
/// When the provider or the table fails; a failed look is planned again before this returns.
pub async fn refresh(desk: &Desk, key: SessionKey, look: Look<'_>) -> Result<Option<Session>, FlowError> {
    match desk.store.session(key).await? {
        Some(session) => refresh_loaded(desk, session, look).await.map(Some),
        None => Ok(None),
    }
}

/// Looks at a session that was just read.
pub(super) async fn refresh_loaded(
    desk: &Desk,
    mut session: Session,
    look: Look<'_>,
) -> Result<Session, FlowError> {
    let account = desk.accounts.open(&session.wish.account).await?;
    for _ in 0..MAX_ROUNDS {
        match look_once(desk, &account, &session, look).await? {
            Some(written) => return Ok(written),
            None => match desk.store.session(session.key).await? {
                Some(newer) => session = newer,
                None => return Ok(session),
            },
        }
    }
    Err(FlowError::Busy)
}

async fn look_once(
    desk: &Desk,
    account: &OpenAccount,
    session: &Session,
    look: Look<'_>,
) -> Result<Option<Session>, FlowError> {
    let moment = Moment { now: look.now, cause: look.cause, schedule: account.provider.schedule() };
    let seen = match position(session, look) {
        Some(at) => ask(desk, account, (session, at), look, moment).await?,
        None if session.due_at().is_some_and(|due| due <= look.now) => {
            Asked::from(progress::closed(session, moment)?)
        }
        None => return Ok(Some(session.clone())),
    };
    let stored = match write(desk, session, seen.change, ClaimEnd::Keep, look.now).await {
        Err(FlowError::PaymentTaken) => give_up(desk, session, moment).await?,
        stored => stored?,
    };
    match seen.error {
        Some(error) => Err(error.into()),
        None => Ok(stored),
    }
}

/// What was found for the attempt without an answer is another session's: it has none of its own (I1).
async fn give_up(desk: &Desk, session: &Session, moment: Moment<'_>) -> Result<Option<Session>, FlowError> {
    let at = session.position_unanswered().ok_or(FlowError::PaymentTaken)?;
    let change = progress::not_opened(session, at, FailureCode::Refused, moment)?;
    write(desk, session, change, ClaimEnd::Keep, moment.now).await
}

/// The attempt to look at; one that can never turn is not worth a call.
fn position(session: &Session, look: Look<'_>) -> Option<usize> {
    let worth = |at: &usize| session.attempts[*at].is_worth_a_look();
    let at = match look.target {
        Target::Current => session.attempts.len().checked_sub(1),
        Target::Payment(payment) => session.position_of(payment).or_else(|| session.position_unanswered()),
        Target::Due => {
            let due = |at: &usize| session.attempts[*at].look_at.is_some_and(|due| due <= look.now);
            let over = |at: &usize| {
                session.is_over(look.now) && !session.closed && !session.attempts[*at].status.is_final()
            };
            (0..session.attempts.len()).find(|at| (due(at) || over(at)) && worth(at))
        }
    };
    at.filter(worth)
}

/// What the provider's answer changes, and the error that the caller should still hear of.
struct Asked {
    change: Change,
    error: Option<ProviderError>,
}

impl From<Change> for Asked {
    fn from(change: Change) -> Self {
        Self { change, error: None }
    }
}

async fn ask(
    desk: &Desk,
    account: &OpenAccount,
    (session, at): (&Session, usize),
    look: Look<'_>,
    moment: Moment<'_>,
) -> Result<Asked, FlowError> {
    let told = match look.target {
        Target::Payment(payment) => Some(payment),
        Target::Due | Target::Current => None,
    };
    let first = observe(&*account.provider, (session, at), told, moment).await;
    let refused = matches!(&first, Err(error) if error.kind == ProviderErrorKind::Unauthorized);
    let renewed: Option<Arc<OpenAccount>> = if refused {
        // A secret store that fails must not make us forget that we asked (I9).
        desk.accounts.renew(&account.account.at).await.unwrap_or_default()
    } else {
        None
    };
    let answer = match renewed {
        Some(renewed) => observe(&*renewed.provider, (session, at), told, moment).await,
        None => first,
    };
    let change = match &answer {
        Ok(Seen::Payment(answered)) => progress::observed(session, at, &answered.seen, moment)?,
        Ok(Seen::NotYet) => progress::not_shown(session, at, moment)?,
        Ok(Seen::Lost) => progress::not_opened(session, at, FailureCode::CreateLost, moment)?,
        Ok(Seen::Unknowable) => progress::unknowable(session, at, moment)?,
        Err(error) => progress::no_answer(session, at, wait(&error.kind), moment)?,
    };
    let error = match answer {
        Ok(Seen::Payment(answered)) => answered.error,
        Ok(_) => None,
        Err(error) => Some(error),
    };
    Ok(Asked { change, error })
}

fn wait(kind: &ProviderErrorKind) -> SignedDuration {
    match kind {
        ProviderErrorKind::Unavailable { after: Some(after) } => {
            SignedDuration::try_from(*after).unwrap_or(progress::PAUSE)
        }
        _ => progress::PAUSE,
    }
}
