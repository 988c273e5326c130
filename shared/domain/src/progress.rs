//! What an answer from a provider does to a session. Pure: the heart of `refresh`.

use crate::attempt::Attempt;
use crate::awaited::awaited;
use crate::event::{Cause, EventKind};
use crate::evidence::{apply, mismatch};
use crate::ids::{AttemptId, NoRandomness};
use crate::provider::Observation;
use crate::schedule::{MAX_LOOKS, Schedule, after};
use crate::session::{Change, ReviewReason, Session};
use crate::{SignedDuration, Timestamp};

pub use crate::opening::{not_opened, opened, retried};

/// How long to wait with the next look where the provider asks for no longer.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// The longest wait after a look without an answer, whatever the provider asks for (I4).
pub const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(6);

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

/// No answer came, or none that says anything: look again, not before `wait` is over.
///
/// It costs a look like any other (I9): a payer who reloads the landing while the provider is down
/// must not cause a call each time.
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
        let attempt = next.attempts.get_mut(at)?;
        looked(attempt, moment);
        let pause = pause(attempt, wait, moment.now);
        attempt.look_at = (attempt.looks < MAX_LOOKS).then(|| after(moment.now, pause));
        stuck_review(next, at, moment)
    })
}

/// The older the attempt, the longer the wait: an outage of a day leaves looks for the day after.
fn pause(attempt: &Attempt, wait: SignedDuration, now: Timestamp) -> SignedDuration {
    let age = now.duration_since(attempt.created_at);
    wait.max(age / 2).clamp(PAUSE, LONGEST_PAUSE)
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
        attempt.look_at = moment.schedule.next_look(attempt, false, &limits, moment.now);
        stuck_review(next, at, moment)
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
        let mismatch = next.attempts.get(at).and_then(|attempt| mismatch(next, attempt, seen));
        let waits = awaited(session, at, seen, moment.now).is_some();
        let limits = limits(next);
        let attempt = next.attempts.get_mut(at)?;
        looked(attempt, moment);
        if mismatch != Some(ReviewReason::ReferenceDiffers) {
            attempt.payment.get_or_insert_with(|| seen.payment.clone());
        }
        let was_paid = attempt.status.is_paid();
        let named = match mismatch {
            Some(reason) => Err(reason),
            None => apply(attempt, seen, moment.now),
        };
        watch(attempt, moment.schedule);
        attempt.look_at = moment.schedule.next_look(attempt, seen.settled, &limits, moment.now);
        // Looks that ran out end no watch: a person takes it over.
        attempt.watched &= attempt.look_at.is_some() || attempt.looks >= MAX_LOOKS;
        if waits {
            look_soon(attempt, moment.now);
        }
        let (id, newly_paid) = (attempt.id, attempt.status.is_paid() && !was_paid);
        match named {
            Err(reason) => review(next, reason, id),
            Ok(named) => {
                end_doubt(next);
                next.paid_late |= named == Some(EventKind::PaidLate);
                stop_the_others(next, at, moment.now);
                name(next, named, newly_paid.then_some(at))
                    .map(|kind| (kind, id))
                    .or_else(|| stuck_review(next, at, moment))
            }
        }
    })
}

/// What nobody knew is known now, of every attempt.
fn end_doubt(next: &mut Session) {
    let known = next.attempts.iter().all(|attempt| attempt.status.is_final());
    next.review = next.review.filter(|reason| !(known && reason.is_doubt()));
}

/// What is over and unpaid may still be charged by the provider on its own.
const fn watch(attempt: &mut Attempt, schedule: &Schedule) {
    attempt.watched = schedule.charges_alone.is_some() && attempt.status.is_over_unpaid();
}

/// The provider still waits for our answer: it is given again before its patience ends.
fn look_soon(attempt: &mut Attempt, now: Timestamp) {
    let soon = (attempt.looks < MAX_LOOKS).then(|| after(now, pause(attempt, PAUSE, now)));
    attempt.look_at = attempt.look_at.min(soon).or(soon);
}

/// The name of a change, where the whole session knows better than the one attempt does.
fn name(next: &Session, named: Option<EventKind>, paid: Option<usize>) -> Option<EventKind> {
    let paid_before = |at: usize| {
        let mut attempts = next.attempts.iter().enumerate();
        attempts.any(|(other, attempt)| other != at && attempt.status.is_paid())
    };
    match named {
        _ if paid.is_some_and(|at| next.paid_elsewhere || paid_before(at)) => Some(EventKind::PaidTwice),
        Some(EventKind::AttemptFailed) => next.allows_retry().then_some(EventKind::AttemptFailed),
        named => named,
    }
}

/// One attempt has the money: whichever other can still be paid is looked at at once, and stopped.
fn stop_the_others(next: &mut Session, at: usize, now: Timestamp) {
    let paid = next.attempts.get(at).is_some_and(|attempt| attempt.status.holds_money());
    let others = next.attempts.iter_mut().enumerate().filter(|(other, _)| *other != at);
    let stoppable = |other: &Attempt| other.status.is_payable() && other.is_worth_a_look();
    for (_, other) in others.filter(|(_, other)| paid && stoppable(other)) {
        other.look_at = Some(now);
    }
}

/// The session is due and no attempt is worth a look: nothing stays due. Where the payer's time is
/// up, the session is closed, as with any write from then on.
///
/// # Errors
/// When the system gives no random bytes.
pub fn closed(session: &Session, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let done = next.attempts.iter_mut().filter(|attempt| !attempt.is_worth_a_look());
        done.for_each(|attempt| attempt.look_at = None);
        None
    })
}

/// A new session is to take this one's place: no further attempt, and the open one is unwanted.
///
/// # Errors
/// When the system gives no random bytes.
pub fn superseded(session: &Session, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        next.closed = true;
        None
    })
}

/// Another session of the booking was paid: nobody must pay this one, and what is open is stopped now.
///
/// # Errors
/// When the system gives no random bytes.
pub fn paid_elsewhere(session: &Session, now: Timestamp) -> Result<Change, NoRandomness> {
    session.change((now, Cause::PaidElsewhere), |next| {
        (next.closed, next.paid_elsewhere) = (true, true);
        let open = next.attempts.iter_mut().filter(|attempt| !attempt.status.is_final());
        open.filter(|attempt| attempt.is_worth_a_look()).for_each(|attempt| attempt.look_at = Some(now));
        None
    })
}

/// The create answer was lost and this provider offers no search: only a person can tell.
///
/// # Errors
/// When the system gives no random bytes.
pub fn unknowable(session: &Session, at: usize, moment: Moment<'_>) -> Result<Change, NoRandomness> {
    session.change((moment.now, moment.cause), |next| {
        let attempt = next.attempts.get_mut(at)?;
        attempt.look_at = None;
        let id = attempt.id;
        review(next, ReviewReason::CreateUnknown, id)
    })
}

fn review(next: &mut Session, reason: ReviewReason, attempt: AttemptId) -> Option<(EventKind, AttemptId)> {
    let first = next.review.is_none();
    next.review.get_or_insert(reason);
    first.then_some((EventKind::Review, attempt))
}

/// A person is asked where asking the provider again leads no further.
fn stuck_review(next: &mut Session, at: usize, moment: Moment<'_>) -> Option<(EventKind, AttemptId)> {
    let attempt = next.attempts.get(at)?;
    let exhausted = attempt.looks >= MAX_LOOKS && (attempt.watched || !attempt.status.is_final());
    let doubtful = moment.schedule.doubtful_at(attempt).is_some_and(|since| since <= moment.now);
    let id = attempt.id;
    match (exhausted, doubtful) {
        (true, _) => review(next, ReviewReason::LookLimit, id),
        (_, true) => review(next, ReviewReason::StillProcessing, id),
        _ => None,
    }
}

const fn looked(attempt: &mut Attempt, moment: Moment<'_>) {
    attempt.looks = attempt.looks.saturating_add(1);
    attempt.looked_at = Some(moment.now);
}

pub(crate) fn limits(session: &Session) -> Vec<Timestamp> {
    if session.closed { Vec::new() } else { vec![session.expires_at] }
}
