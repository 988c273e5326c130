//! What an answer from a provider does to a session. Pure: the heart of `refresh`.

use crate::attempt::{Attempt, Failure, FailureCode};
use crate::event::{Cause, EventKind};
use crate::evidence::{apply, mismatch};
use crate::ids::{AttemptId, NoRandomness};
use crate::provider::{Created, Observation};
use crate::schedule::{MAX_LOOKS, Schedule, after};
use crate::session::{Change, ReviewReason, Session};
use crate::status::AttemptStatus;
use crate::{SignedDuration, Timestamp};

/// How long to wait with the next look where the provider asks for no longer.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// The moment, what made us look, and what the provider is known to do.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// What made us look.
    pub cause: Cause,
    /// The provider's habits.
    pub schedule: &'a Schedule,
}

/// The provider opened the payment.
///
/// # Errors
/// When the system gives no random bytes.
pub fn opened(
    session: &Session,
    at: usize,
    created: &Created,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let limits = limits(next);
        let attempt = next.attempts.get_mut(at)?;
        attempt.move_to(AttemptStatus::Pending, moment.now);
        attempt.payment = Some(created.payment.clone());
        attempt.page.clone_from(&created.page);
        attempt.look_at = moment
            .schedule
            .next_look(attempt, false, &limits, moment.now);
        None
    })
}

/// The provider opened nothing, and never will for this attempt.
///
/// # Errors
/// When the system gives no random bytes.
pub fn not_opened(
    session: &Session,
    at: usize,
    code: FailureCode,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let first = next.attempts.len() == 1;
        let attempt = next.attempts.get_mut(at)?;
        let retry = matches!(code, FailureCode::CreateLost) || !first;
        fail(attempt, Failure { code, retry }, moment.now);
        let id = attempt.id;
        next.closed |= !retry;
        next.allows_retry()
            .then_some((EventKind::AttemptFailed, id))
    })
}

/// No answer came, or none that says anything: look again after `wait`.
///
/// # Errors
/// When the system gives no random bytes.
pub fn no_answer(
    session: &Session,
    at: usize,
    wait: SignedDuration,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        if let Some(attempt) = next.attempts.get_mut(at) {
            attempt.look_at = Some(after(moment.now, wait.max(PAUSE)));
        }
        None
    })
}

/// The provider answered that it does not show the payment (yet).
///
/// # Errors
/// When the system gives no random bytes.
pub fn not_shown(session: &Session, at: usize, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let limits = limits(next);
        let attempt = next.attempts.get_mut(at)?;
        looked(attempt, moment);
        attempt.look_at = moment
            .schedule
            .next_look(attempt, false, &limits, moment.now);
        limit_review(next, at)
    })
}

/// The provider answered with where the payment stands. The only way money comes into a session.
///
/// # Errors
/// When the system gives no random bytes.
pub fn observed(
    session: &Session,
    at: usize,
    seen: &Observation,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let mismatch = next
            .attempts
            .get(at)
            .and_then(|attempt| mismatch(next, attempt, seen));
        let limits = limits(next);
        let attempt = next.attempts.get_mut(at)?;
        looked(attempt, moment);
        attempt.payment.get_or_insert_with(|| seen.payment.clone());
        let named = match mismatch {
            Some(reason) => Err(reason),
            None => apply(attempt, seen, moment.now),
        };
        attempt.look_at = moment
            .schedule
            .next_look(attempt, seen.settled, &limits, moment.now);
        let id = attempt.id;
        match named {
            Err(reason) => review(next, reason, id),
            Ok(named) => {
                next.paid_late |= named == Some(EventKind::PaidLate);
                stop_the_others(next, at, moment.now);
                let named = named.and_then(|kind| rename(next, at, kind));
                named
                    .map(|kind| (kind, id))
                    .or_else(|| limit_review(next, at))
            }
        }
    })
}

/// A name of the change that the whole session knows better than one attempt does.
fn rename(next: &Session, at: usize, kind: EventKind) -> Option<EventKind> {
    let mut others = next
        .attempts
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at);
    match kind {
        EventKind::AttemptFailed => next.allows_retry().then_some(kind),
        EventKind::PaidLate if others.any(|(_, attempt)| attempt.status.holds_money()) => {
            Some(EventKind::PaidTwice)
        }
        _ => Some(kind),
    }
}

/// One attempt has the money: whichever other can still be paid is looked at at once, and stopped.
fn stop_the_others(next: &mut Session, at: usize, now: Timestamp) {
    let paid = next
        .attempts
        .get(at)
        .is_some_and(|attempt| attempt.status.holds_money());
    let others = next
        .attempts
        .iter_mut()
        .enumerate()
        .filter(|(other, _)| *other != at);
    for (_, other) in others.filter(|(_, other)| paid && other.status.is_payable()) {
        other.look_at = Some(now);
    }
}

/// The payer's time is up and no attempt is open: the session is over.
///
/// # Errors
/// When the system gives no random bytes.
pub fn closed(session: &Session, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        next.closed = true;
        let done = next
            .attempts
            .iter_mut()
            .filter(|attempt| attempt.look_at.is_some_and(|at| at <= moment.now));
        done.for_each(|attempt| attempt.look_at = None);
        None
    })
}

/// The create answer was lost and this provider offers no search: only a person can tell.
///
/// # Errors
/// When the system gives no random bytes.
pub fn unknowable(
    session: &Session,
    at: usize,
    moment: Moment<'_>,
) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let attempt = next.attempts.get_mut(at)?;
        attempt.look_at = None;
        let id = attempt.id;
        review(next, ReviewReason::CreateUnknown, id)
    })
}

/// The payer tries again: the intent of the next attempt.
///
/// # Errors
/// When the system gives no random bytes.
pub fn retried(session: &Session, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    let id = AttemptId::generate(moment.now)?;
    session.change((moment.now, moment.cause), |next| {
        let mut attempt = Attempt::intent(id, moment.now);
        attempt.look_at = moment
            .schedule
            .next_look(&attempt, false, &limits(next), moment.now);
        next.attempts.push(attempt);
        Some((EventKind::AttemptStarted, id))
    })
}

fn review(
    next: &mut Session,
    reason: ReviewReason,
    attempt: AttemptId,
) -> Option<(EventKind, AttemptId)> {
    let first = next.review.is_none();
    next.review.get_or_insert(reason);
    first.then_some((EventKind::Review, attempt))
}

fn limit_review(next: &mut Session, at: usize) -> Option<(EventKind, AttemptId)> {
    let attempt = next.attempts.get(at)?;
    let stuck = attempt.looks >= MAX_LOOKS && !attempt.status.is_final();
    let id = attempt.id;
    if stuck {
        review(next, ReviewReason::LookLimit, id)
    } else {
        None
    }
}

fn fail(attempt: &mut Attempt, failure: Failure, now: Timestamp) {
    attempt.move_to(AttemptStatus::Failed, now);
    attempt.failure = Some(failure);
    attempt.look_at = None;
}

const fn looked(attempt: &mut Attempt, moment: Moment<'_>) {
    attempt.looks = attempt.looks.saturating_add(1);
    attempt.looked_at = Some(moment.now);
}

fn limits(session: &Session) -> Vec<Timestamp> {
    if session.closed {
        Vec::new()
    } else {
        vec![session.expires_at]
    }
}
