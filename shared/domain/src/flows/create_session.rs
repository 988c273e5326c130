//! Opens a session: the intent is written, then the provider is called, then its answer is written.

use super::call_create::{
    MAX_ROUNDS, concluded, open_at_provider, still_unanswered, taken_elsewhere, unopened,
};
use super::create_order::CreateOrder;
use super::replay::{as_it_stands, repeat, taken};
use super::supersede::supersede;
use super::write::write;
use super::{Desk, FlowError, OpenAccount};
use crate::Timestamp;
use crate::event::Cause;
use crate::idempotency::StoredAnswer;
use crate::ids::{SessionId, SessionKey};
use crate::link::PayerToken;
use crate::progress::Moment;
use crate::provider::{Created, ProviderError, ProviderErrorKind, Refusal};
use crate::session::Session;
use crate::store::{ClaimEnd, Opened};
use crate::wish::FieldError;

/// How answers look: the API's affair, but stored with the session.
pub trait Answers: Send + Sync {
    /// The payer can pay.
    fn opened(&self, session: &Session) -> StoredAnswer;
    /// The provider's answer is not known yet.
    fn unknown(&self, session: &Session) -> StoredAnswer;
    /// The provider would not.
    fn refused(&self, session: &Session, refusal: &Refusal) -> StoredAnswer;
}

/// What came of the call.
#[derive(Debug)]
pub enum CreateResult {
    /// This is the answer, stored for whoever asks again.
    Answered {
        /// The answer, without the payer's token.
        answer: StoredAnswer,
        /// The token that belongs into it.
        token: Option<PayerToken>,
        /// It was given before.
        replayed: bool,
    },
    /// The provider would not take these fields; nothing was stored.
    Invalid(Vec<FieldError>),
    /// The first call with this key is still at work.
    InFlight,
    /// The key was used for another request.
    KeyReused,
    /// The booking has a session that is live or paid.
    ReferenceTaken {
        /// That session.
        session: SessionId,
        /// It is paid.
        paid: bool,
    },
}

/// Opens a session. Two calls to the table and one to the provider; more where a live session of the
/// same booking is to be superseded.
///
/// # Errors
/// When the provider did nothing and cannot be asked now, when the account cannot be used, or when
/// the table fails. After a provider's error the same key may be used again.
pub async fn create_session(
    desk: &Desk,
    order: &CreateOrder,
    answers: &dyn Answers,
    now: Timestamp,
) -> Result<CreateResult, FlowError> {
    let account = desk.accounts.open(&order.wish.account).await?;
    let wrong = account.provider.check(&order.wish);
    if !wrong.is_empty() {
        return Ok(CreateResult::Invalid(wrong));
    }
    let (session, event) = order.intent(desk, account.provider.schedule(), now)?;
    let claim = order.claim(&session, now);
    let mut opened = desk.store.open(&session, &event, &claim).await?;
    if let (Opened::ReferenceTaken(other), true) = (&opened, order.supersede) {
        let other = SessionKey { merchant: order.merchant, session: *other };
        if supersede(desk, other, now).await? {
            opened = desk.store.open(&session, &event, &claim).await?;
        }
    }
    match opened {
        Opened::Done => call_provider(desk, &account, (order, session), answers, now).await,
        Opened::Repeated(first) => repeat(desk, order, *first, answers, now).await,
        Opened::ReferenceTaken(id) => taken(desk, order.merchant, id).await,
    }
}

async fn call_provider(
    desk: &Desk,
    account: &OpenAccount,
    (order, mut session): (&CreateOrder, Session),
    answers: &dyn Answers,
    now: Timestamp,
) -> Result<CreateResult, FlowError> {
    let moment = Moment { now, cause: Cause::Create, schedule: account.provider.schedule() };
    let mut result = open_at_provider(desk, account, (&session, 0)).await;
    for _ in 0..MAX_ROUNDS {
        let change = concluded((&session, 0), &result, moment)?;
        let answer = answer_to(&result, &change.session, answers);
        let claim = match &answer {
            Some(answer) => ClaimEnd::Answer(&order.key, answer),
            None => ClaimEnd::Forget(&order.key),
        };
        let written = match write(desk, &session, change, claim, now).await {
            Err(FlowError::PaymentTaken) => {
                result = Err(taken_elsewhere(account));
                continue;
            }
            written => written?,
        };
        if written.is_some() {
            return match (answer, result) {
                (Some(answer), _) => {
                    Ok(CreateResult::Answered { answer, token: desk.token(&session), replayed: false })
                }
                (None, Err(error)) => Err(error.into()),
                (None, Ok(_)) => Err(FlowError::Busy),
            };
        }
        match still_unanswered(desk, (&session, 0)).await? {
            Some(newer) => session = newer,
            None => {
                let (answer, token) = as_it_stands(desk, order, session.key, answers).await?;
                return Ok(CreateResult::Answered { answer, token, replayed: false });
            }
        }
    }
    Err(FlowError::Busy)
}

/// The answer that the caller gets; `None` when nothing was done and the same key may be used again.
fn answer_to(
    result: &Result<Created, ProviderError>,
    session: &Session,
    answers: &dyn Answers,
) -> Option<StoredAnswer> {
    match result {
        Ok(_) => Some(answers.opened(session)),
        Err(error) => match &error.kind {
            ProviderErrorKind::Refused(refusal) => Some(answers.refused(session, refusal)),
            kind if unopened(kind).is_none() => Some(answers.unknown(session)),
            _ => None,
        },
    }
}
