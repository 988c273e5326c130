//! Gives a provider what it waits for, and reads what came of it.

use crate::awaited::{Step, awaited};
use crate::progress::Moment;
use crate::provider::{Observation, Provider, ProviderError};
use crate::session::Session;

/// The payment after our answer, and the error where our answer changed nothing.
pub(super) struct Answered {
    pub(super) seen: Observation,
    pub(super) error: Option<ProviderError>,
}

/// Answers what the provider waits for; the payment as it was seen where it waits for nothing.
///
/// Nothing is written first: the provider takes each answer once, and what became of it is read back.
/// So a crash, a lost answer or a second worker costs a look, never a second effect.
pub(super) async fn answer(
    provider: &dyn Provider,
    (session, at): (&Session, usize),
    seen: Observation,
    moment: Moment<'_>,
) -> Result<Answered, ProviderError> {
    let Some(step) = awaited(session, at, &seen, moment.now) else {
        return Ok(Answered { seen, error: None });
    };
    let Some(given) = give(provider, session, at, (&seen, step)).await else {
        return Ok(Answered { seen, error: None });
    };
    // Whether it was heard, only the provider's own books tell.
    let seen = provider.fetch(&seen.payment).await?;
    let still = awaited(session, at, &seen, moment.now).is_some();
    Ok(Answered { seen, error: given.err().filter(|_| still) })
}

/// Gives one answer; `None` where the provider has no way to take it.
async fn give(
    provider: &dyn Provider,
    session: &Session,
    at: usize,
    (seen, step): (&Observation, Step),
) -> Option<Result<(), ProviderError>> {
    let attempt = session.attempts.get(at)?.id;
    match step {
        Step::Confirm => Some(provider.confirms()?.confirm(&seen.payment, attempt).await),
        Step::Cancel => Some(provider.cancels()?.cancel(&seen.payment).await),
        Step::Capture => Some(provider.captures()?.capture(&seen.payment, None).await),
    }
}
