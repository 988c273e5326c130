//! Whether an answer is about our payment, and what it does to the attempt.

use crate::Timestamp;
use crate::attempt::Attempt;
use crate::event::EventKind;
use crate::provider::Observation;
use crate::session::{ReviewReason, Session};
use crate::status::{Decision, Reading, decide};

/// Takes over what was seen; the event's name where the change has one, or why a person must look.
pub(crate) fn apply(
    attempt: &mut Attempt,
    seen: &Observation,
    now: Timestamp,
) -> Result<Option<EventKind>, ReviewReason> {
    match decide(attempt.status, &seen.reading) {
        Decision::Refuse { .. } => return Err(ReviewReason::Contradiction),
        Decision::Unrecognized => return Ok(None),
        Decision::Unchanged if seen.reading != Reading::Known(attempt.status) => return Ok(None),
        Decision::Unchanged => {}
        Decision::Advance { to, late } => {
            attempt.move_to(to, now);
            attempt.failure = seen.failure;
            attempt.moved = seen.moved;
            let failed = to.is_failed().then_some(EventKind::AttemptFailed);
            return Ok(late.map(EventKind::of_late).or(failed));
        }
    }
    attempt.moved = seen.moved;
    Ok(None)
}

/// What the answer says about another payment than ours (I3).
pub(crate) fn mismatch(session: &Session, attempt: &Attempt, seen: &Observation) -> Option<ReviewReason> {
    let other_payment = attempt.payment.as_ref().is_some_and(|payment| *payment != seen.payment);
    let echo = &seen.echo;
    let other_attempt = echo.attempt.is_some_and(|id| id != attempt.id);
    let other_reference = echo.reference.as_ref().is_some_and(|text| text != session.wish.reference.as_str());
    let silent = echo.attempt.is_none() && echo.reference.is_none();
    match () {
        () if other_payment || other_attempt || other_reference || silent => {
            Some(ReviewReason::ReferenceDiffers)
        }
        () if seen.amount.currency() != session.wish.amount.currency() => Some(ReviewReason::CurrencyDiffers),
        () if seen.amount != session.wish.amount => Some(ReviewReason::AmountDiffers),
        () => None,
    }
}
