//! Two sessions of one booking: one turns out paid while the other has the booking.

use super::{Desk, FlowError};
use crate::Timestamp;
use crate::event::{Event, EventKind};
use crate::ids::SessionKey;
use crate::progress;
use crate::session::{Change, Session};
use crate::store::{Save, Saved};

/// Tries to close the other session, while others write it.
const MAX_ROUNDS: usize = 3;

/// Sees to it that nobody pays the booking again: `other` is closed and stopped before `paid` is stored,
/// so that a crash in between only does it once more. Where `other` has the money already, `paid` is
/// one too many and says so.
pub(super) async fn contend(
    desk: &Desk,
    mut paid: Change,
    other: SessionKey,
    now: Timestamp,
) -> Result<Change, FlowError> {
    if !paid.session.status().is_paid() {
        return Ok(paid);
    }
    for _ in 0..MAX_ROUNDS {
        let Some(other) = desk.store.session(other).await? else {
            return Ok(paid);
        };
        if has_money(&other) {
            paid.session.paid_elsewhere = true;
            paid.event = paid.event.map(|event| Event { kind: EventKind::PaidTwice, ..event });
            return Ok(paid);
        }
        if other.paid_elsewhere {
            return Ok(paid);
        }
        let Change { session, event } = progress::paid_elsewhere(&other, now)?;
        if desk.store.save(Save::only(&session, event.as_ref())).await? == Saved::Done {
            return Ok(paid);
        }
    }
    Err(FlowError::Busy)
}

fn has_money(session: &Session) -> bool {
    session.attempts.iter().any(|attempt| attempt.status.is_paid())
}
