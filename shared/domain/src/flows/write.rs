//! How a change of a session is stored, with all that follows from it.

use super::contend::contend;
use super::{Desk, FlowError};
use crate::Timestamp;
use crate::ids::SessionKey;
use crate::provider::ProviderPaymentId;
use crate::session::{Change, Session};
use crate::store::{ClaimEnd, PaymentLink, ReferenceHold, Save, Saved};

/// Stores a change of `before`: the session, its event, the payment that became known, and the hold
/// on the booking reference. One call, but where a notification is parked or another session holds
/// the reference. `None` when somebody else wrote the session in the meantime.
pub(super) async fn write(
    desk: &Desk,
    before: &Session,
    change: Change,
    claim: ClaimEnd<'_>,
    now: Timestamp,
) -> Result<Option<Session>, FlowError> {
    let mut change = change;
    let known = newly_known(before, &change.session);
    let mut reference = reference_hold(before, &change.session);
    let mut even_if_parked = false;
    for _ in 0..3 {
        let Change { session, event } = &change;
        let payment = known.as_ref().map(|payment| PaymentLink { payment, even_if_parked });
        let save = Save { session, event: event.as_ref(), payment, reference, claim };
        match desk.store.save(save).await? {
            Saved::Done => return Ok(Some(change.session)),
            Saved::Conflict => return Ok(None),
            Saved::PaymentTaken(_) => return Err(FlowError::PaymentTaken),
            Saved::Parked => {
                even_if_parked = true;
                look_at_once(&mut change.session, now);
            }
            Saved::ReferenceTaken(other) => {
                reference = ReferenceHold::Keep;
                let other = SessionKey { merchant: before.key.merchant, session: other };
                change = contend(desk, change, other, now).await?;
            }
        }
    }
    Err(FlowError::Busy)
}

/// The payment that the change made known, so that notifications find it from now on.
fn newly_known(before: &Session, after: &Session) -> Option<ProviderPaymentId> {
    let known = |at: usize| before.attempts.get(at).and_then(|attempt| attempt.payment.as_ref());
    let mut attempts = after.attempts.iter().enumerate();
    attempts.find_map(|(at, attempt)| attempt.payment.clone().filter(|_| known(at).is_none()))
}

/// A session that ends unpaid frees its reference; one that is paid late takes it again.
fn reference_hold(before: &Session, after: &Session) -> ReferenceHold {
    match (before.frees_reference(), after.frees_reference()) {
        (false, true) => ReferenceHold::Free,
        (true, false) => ReferenceHold::Take,
        _ => ReferenceHold::Keep,
    }
}

/// Somebody told us about this payment before we knew it: what they said is news.
fn look_at_once(session: &mut Session, now: Timestamp) {
    if let Some(attempt) = session.attempts.last_mut() {
        attempt.look_at = Some(now);
    }
}
