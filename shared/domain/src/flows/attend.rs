//! Does what one message of the queue asks for.

use super::refresh::{Look, Target, refresh, refresh_loaded};
use super::{Desk, FlowError};
use crate::Timestamp;
use crate::account::AccountRef;
use crate::event::Cause;
use crate::ids::{MerchantId, SessionId, SessionKey};
use crate::provider::ProviderPaymentId;
use crate::queue::Task;
use crate::session::Session;
use crate::store::Parking;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attended {
    /// The session was looked at.
    Looked(Box<Session>),
    /// Nobody knows the payment yet: it is parked.
    Parked,
    /// It leads to nothing of this merchant's.
    Nothing,
}

/// Does what a message asks for. Doing it twice does nothing more.
///
/// # Errors
/// When the provider or the table fails: the message should come again.
pub async fn attend(desk: &Desk, task: &Task, now: Timestamp) -> Result<Attended, FlowError> {
    match task {
        Task::Look(key) => {
            let look = Look { target: Target::Due, cause: Cause::Schedule, now };
            Ok(refresh(desk, *key, look).await?.map_or(Attended::Nothing, looked))
        }
        Task::Notified { account, merchant, payment, session } => {
            let Some(payment) = &resolved(desk, account, payment).await? else {
                return Ok(Attended::Nothing);
            };
            let look = Look { target: Target::Payment(payment), cause: Cause::Notification, now };
            match echoed(desk, (*merchant, *session), (account, payment)).await? {
                Some(session) => refresh_loaded(desk, session, look).await.map(looked),
                None => by_payment(desk, (*merchant, account, payment), look).await,
            }
        }
    }
}

/// The session that the provider echoed, if the payment is one of its attempts or may be the one
/// whose create answer was lost: the look compares what the provider echoes.
async fn echoed(
    desk: &Desk,
    (merchant, session): (MerchantId, Option<SessionId>),
    (account, payment): (&AccountRef, &ProviderPaymentId),
) -> Result<Option<Session>, FlowError> {
    let Some(session) = session else {
        return Ok(None);
    };
    let session = desk.store.session(SessionKey { merchant, session }).await?;
    let of_it = |s: &Session| s.position_of(payment).or_else(|| s.position_unanswered()).is_some();
    Ok(session.filter(|s| s.wish.account == *account && of_it(s)))
}

/// The payment that the provider means by what it named.
async fn resolved(
    desk: &Desk,
    account: &AccountRef,
    named: &ProviderPaymentId,
) -> Result<Option<ProviderPaymentId>, FlowError> {
    let open = desk.accounts.open(account).await?;
    match open.provider.resolves() {
        Some(resolves) => Ok(resolves.resolve(named).await?),
        None => Ok(Some(named.clone())),
    }
}

async fn by_payment(
    desk: &Desk,
    (merchant, account, payment): (MerchantId, &AccountRef, &ProviderPaymentId),
    look: Look<'_>,
) -> Result<Attended, FlowError> {
    match desk.store.park(account, payment, look.now).await? {
        Parking::Parked => Ok(Attended::Parked),
        Parking::Known(key) if key.merchant == merchant => {
            Ok(refresh(desk, key, look).await?.map_or(Attended::Nothing, looked))
        }
        Parking::Known(_) => Ok(Attended::Nothing),
    }
}

fn looked(session: Session) -> Attended {
    Attended::Looked(Box::new(session))
}
