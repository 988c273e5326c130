//! The same key again, or the same booking: what is already there answers.

use super::create_order::CreateOrder;
use super::create_session::{Answers, CreateResult};
use super::{Desk, FlowError};
use crate::Timestamp;
use crate::idempotency::{Claim, StoredAnswer};
use crate::ids::{MerchantId, SessionId, SessionKey};
use crate::link::PayerToken;

/// The same key again.
pub(super) async fn repeat(
    desk: &Desk,
    order: &CreateOrder,
    first: Claim,
    answers: &dyn Answers,
    now: Timestamp,
) -> Result<CreateResult, FlowError> {
    if first.fingerprint != order.fingerprint {
        return Ok(CreateResult::KeyReused);
    }
    if first.is_running(now) {
        return Ok(CreateResult::InFlight);
    }
    let key = SessionKey { merchant: order.merchant, session: first.session };
    let (answer, token) = match first.answer {
        Some(answer) => {
            let session = desk.store.session(key).await?;
            (answer, session.and_then(|session| desk.token(&session)))
        }
        None => as_it_stands(desk, order, key, answers).await?,
    };
    Ok(CreateResult::Answered { answer, token, replayed: true })
}

/// Whoever called first died, or was overtaken: the answer is what the session says now.
pub(super) async fn as_it_stands(
    desk: &Desk,
    order: &CreateOrder,
    key: SessionKey,
    answers: &dyn Answers,
) -> Result<(StoredAnswer, Option<PayerToken>), FlowError> {
    let session = desk.store.session(key).await?.ok_or(FlowError::Busy)?;
    let unanswered = session.current().is_some_and(|attempt| attempt.status.is_unanswered());
    let answer = if unanswered { answers.unknown(&session) } else { answers.opened(&session) };
    desk.store.answer(order.merchant, &order.key, &answer).await?;
    Ok((answer, desk.token(&session)))
}

/// Another session has the booking.
pub(super) async fn taken(
    desk: &Desk,
    merchant: MerchantId,
    id: SessionId,
) -> Result<CreateResult, FlowError> {
    let other = desk.store.session(SessionKey { merchant, session: id }).await?;
    let paid = other.is_some_and(|session| session.status().is_paid());
    Ok(CreateResult::ReferenceTaken { session: id, paid })
}
