//! Opens a session: the intent is written, then the provider is called, then its answer is written.

use super::call_create::{Concluded, open_at_provider, unopened};
use super::create_order::CreateOrder;
use super::write::write;
use super::{Desk, FlowError, OpenAccount};
use crate::Timestamp;
use crate::event::Cause;
use crate::idempotency::{Claim, StoredAnswer};
use crate::ids::{MerchantId, SessionId, SessionKey};
use crate::link::PayerToken;
use crate::progress::Moment;
use crate::provider::{ProviderErrorKind, Refusal};
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

/// Opens a session. Two calls to the table and one to the provider.
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
    match desk.store.open(&session, &event, &claim).await? {
        Opened::Done => call_provider(desk, &account, (order, session), answers, now).await,
        Opened::Repeated(first) => repeat(desk, order, *first, answers, now).await,
        Opened::ReferenceTaken(id) => taken(desk, order.merchant, id).await,
    }
}

async fn call_provider(
    desk: &Desk,
    account: &OpenAccount,
    (order, session): (&CreateOrder, Session),
    answers: &dyn Answers,
    now: Timestamp,
) -> Result<CreateResult, FlowError> {
    let moment = Moment {
        now,
        cause: Cause::Create,
        schedule: account.provider.schedule(),
    };
    let Concluded { change, result } =
        open_at_provider(desk, account, (&session, 0), moment).await?;
    let answer = match &result {
        Ok(_) => Some(answers.opened(&change.session)),
        Err(error) => match &error.kind {
            ProviderErrorKind::Refused(refusal) => Some(answers.refused(&change.session, refusal)),
            kind if unopened(kind).is_none() => Some(answers.unknown(&change.session)),
            _ => None,
        },
    };
    let claim = match &answer {
        Some(answer) => ClaimEnd::Answer(&order.key, answer),
        None => ClaimEnd::Forget(&order.key),
    };
    if write(desk, &session, change, claim, now).await?.is_none() {
        return answer_as_it_stands(desk, order, session.key, answers).await;
    }
    match (answer, result) {
        (Some(answer), _) => Ok(CreateResult::Answered {
            answer,
            token: desk.token(&session),
            replayed: false,
        }),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(_)) => Err(FlowError::Busy),
    }
}

/// The same key again.
async fn repeat(
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
    let key = SessionKey {
        merchant: order.merchant,
        session: first.session,
    };
    match first.answer {
        Some(answer) => {
            let session = desk.store.session(key).await?;
            let token = session.and_then(|session| desk.token(&session));
            Ok(CreateResult::Answered {
                answer,
                token,
                replayed: true,
            })
        }
        None => answer_as_it_stands(desk, order, key, answers).await,
    }
}

/// Whoever called first died, or was overtaken: the answer is what the session says now.
async fn answer_as_it_stands(
    desk: &Desk,
    order: &CreateOrder,
    key: SessionKey,
    answers: &dyn Answers,
) -> Result<CreateResult, FlowError> {
    let session = desk.store.session(key).await?.ok_or(FlowError::Busy)?;
    let unanswered = session
        .current()
        .is_some_and(|attempt| attempt.status.is_unanswered());
    let answer = if unanswered {
        answers.unknown(&session)
    } else {
        answers.opened(&session)
    };
    desk.store
        .answer(order.merchant, &order.key, &answer)
        .await?;
    Ok(CreateResult::Answered {
        answer,
        token: desk.token(&session),
        replayed: true,
    })
}

async fn taken(
    desk: &Desk,
    merchant: MerchantId,
    id: SessionId,
) -> Result<CreateResult, FlowError> {
    let other = desk
        .store
        .session(SessionKey {
            merchant,
            session: id,
        })
        .await?;
    let paid = other.is_some_and(|session| session.status().is_paid());
    Ok(CreateResult::ReferenceTaken { session: id, paid })
}
