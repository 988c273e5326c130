//! How attempts begin: the intent, and what came of the create call.

use crate::Timestamp;
use crate::attempt::{Attempt, Failure, FailureCode};
use crate::event::EventKind;
use crate::ids::{AttemptId, NoRandomness};
use crate::progress::{Moment, limits};
use crate::provider::Created;
use crate::session::{Change, Session};
use crate::status::AttemptStatus;

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
        let attempt = unanswered(next, at)?;
        attempt.payment = Some(created.payment.clone());
        if created.nothing_to_pay {
            attempt.move_to(AttemptStatus::Canceled, moment.now);
            attempt.failure = Some(Failure { code: FailureCode::NothingToPay, retry: false });
            attempt.look_at = None;
            return None;
        }
        attempt.move_to(AttemptStatus::Pending, moment.now);
        attempt.page.clone_from(&created.page);
        attempt.look_at = moment.schedule.next_look(attempt, false, &limits, moment.now);
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
        let attempt = unanswered(next, at)?;
        let retry = matches!(code, FailureCode::CreateLost) || !first;
        fail(attempt, Failure { code, retry }, moment.now);
        let id = attempt.id;
        next.closed |= !retry;
        next.allows_retry().then_some((EventKind::AttemptFailed, id))
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
        attempt.look_at = moment.schedule.next_look(&attempt, false, &limits(next), moment.now);
        next.attempts.push(attempt);
        Some((EventKind::AttemptStarted, id))
    })
}

/// The attempt, if it still waits for an answer: whatever else was written since stands (I2).
fn unanswered(next: &mut Session, at: usize) -> Option<&mut Attempt> {
    let attempt = next.attempts.get_mut(at)?;
    let waits = attempt.status.is_unanswered() && attempt.payment.is_none();
    waits.then_some(attempt)
}

fn fail(attempt: &mut Attempt, failure: Failure, now: Timestamp) {
    attempt.move_to(AttemptStatus::Failed, now);
    attempt.failure = Some(failure);
    attempt.look_at = None;
}
