//! A new session in place of the live one of its booking: the old one is stopped first.

use super::refresh::{Look, Target, refresh_loaded};
use super::write::write;
use super::{Desk, FlowError};
use crate::Timestamp;
use crate::event::Cause;
use crate::ids::SessionKey;
use crate::progress::{self, Moment};
use crate::store::ClaimEnd;

/// Stops a live session; whether its booking is free now. Only the provider's own word that the
/// payment is unpaid frees it (I1): one that is paid, held or not yet answered stays.
pub(super) async fn supersede(desk: &Desk, key: SessionKey, now: Timestamp) -> Result<bool, FlowError> {
    let Some(session) = desk.store.session(key).await? else {
        return Ok(false);
    };
    let account = desk.accounts.open(&session.wish.account).await?;
    let moment = Moment { now, cause: Cause::Supersede, schedule: account.provider.schedule() };
    let change = progress::superseded(&session, moment)?;
    let Some(session) = write(desk, &session, change, ClaimEnd::Keep, now).await? else {
        return Ok(false);
    };
    if session.frees_reference() {
        return Ok(true);
    }
    let look = Look { target: Target::Current, cause: Cause::Supersede, now };
    Ok(refresh_loaded(desk, session, look).await?.frees_reference())
}
