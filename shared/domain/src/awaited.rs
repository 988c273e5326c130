//! What a provider waits for from us before it goes on. Pure.

use crate::Timestamp;
use crate::evidence::mismatch;
use crate::provider::Observation;
use crate::session::Session;
use crate::status::Reading;
use crate::wish::Capture;

/// What a provider waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Our word that the payment is the one we meant.
    Confirm,
    /// Our word that it is not, or that nobody wants it any more.
    Cancel,
    /// That we take what is held, as the booking site wished from the start.
    Capture,
}

/// What the provider waits for, as far as it is ours to give without a person.
///
/// This is where an amount that was changed on the way is caught: what differs is never confirmed (I3),
/// nor is what is no longer wanted (I1).
pub fn awaited(session: &Session, at: usize, seen: &Observation, now: Timestamp) -> Option<Step> {
    let attempt = session.attempts.get(at)?;
    let differs = mismatch(session, attempt, seen).is_some();
    if seen.awaits_confirmation {
        let unwanted = differs || session.no_longer_wants(at, now);
        return Some(if unwanted { Step::Cancel } else { Step::Confirm });
    }
    let automatic = session.wish.capture == Capture::Automatic;
    let held =
        matches!(&seen.reading, Reading::Known(to) if to.is_authorized() && !attempt.status.is_final());
    (automatic && held && !differs).then(|| match session.another_has_the_money(at) {
        true => Step::Cancel,
        false => Step::Capture,
    })
}
