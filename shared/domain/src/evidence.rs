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
            take_over(attempt, seen);
            let failed = to.is_failed().then_some(EventKind::AttemptFailed);
            return Ok(late.map(EventKind::of_late).or(failed));
        }
    }
    take_over(attempt, seen);
    Ok(None)
}

fn take_over(attempt: &mut Attempt, seen: &Observation) {
    attempt.moved = seen.moved;
    attempt.not_before = seen.not_before;
    attempt.charged_as = seen.charged_as.or(attempt.charged_as);
}

/// What the answer says about another payment than ours (I3).
pub(crate) fn mismatch(session: &Session, attempt: &Attempt, seen: &Observation) -> Option<ReviewReason> {
    let other_payment = attempt.payment.as_ref().is_some_and(|payment| *payment != seen.payment);
    let echo = &seen.echo;
    let other_attempt = echo.attempt.is_some_and(|id| id != attempt.id);
    let other_reference = echo.reference.as_ref().is_some_and(|text| text != session.wish.reference.as_str());
    let named = echo.ours_by_id && attempt.payment.is_some();
    let silent = echo.attempt.is_none() && echo.reference.is_none() && !named;
    let (amount, wanted) = (seen.amount, session.wish.amount);
    match () {
        () if other_payment || other_attempt || other_reference || silent => {
            Some(ReviewReason::ReferenceDiffers)
        }
        () if amount.is_some_and(|amount| amount.currency() != wanted.currency()) => {
            Some(ReviewReason::CurrencyDiffers)
        }
        () if amount.is_some_and(|amount| amount != wanted) => Some(ReviewReason::AmountDiffers),
        () if amount.is_none() && seen.reading.holds_money() => Some(ReviewReason::AmountDiffers),
        () => None,
    }
}
