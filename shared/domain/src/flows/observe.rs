//! What the provider shows of an attempt, and how a payment that must not be paid is stopped.

use super::answer::{Answered, answer};
use crate::attempt::{Failure, FailureCode};
use crate::progress::Moment;
use crate::provider::{Lookup, Observation, Provider, ProviderError, ProviderErrorKind, ProviderPaymentId};
use crate::schedule::after;
use crate::session::Session;
use crate::status::{AttemptStatus, Reading};
use crate::{SignedDuration, Timestamp};

/// What a look showed.
pub(super) enum Seen {
    Payment(Box<Answered>),
    NotYet,
    Lost,
    Unknowable,
}

/// Asks the provider for the attempt at `at`, and answers what it waits for. Where the attempt's id is
/// not known, it is the one that a notification named, if that one is ours, or else is searched for.
pub(super) async fn observe(
    provider: &dyn Provider,
    (session, at): (&Session, usize),
    told: Option<&ProviderPaymentId>,
    moment: Moment<'_>,
) -> Result<Seen, ProviderError> {
    let attempt = &session.attempts[at];
    let seen = match (&attempt.payment, told) {
        (Some(payment), _) => {
            let unwanted = session.no_longer_wants(at, moment.now);
            if unwanted && attempt.status.is_payable() {
                stop(provider, payment).await;
            }
            let seen = provider.fetch(payment).await;
            if unwanted { seen.map(|seen| let_go(provider, session, seen, moment.now)) } else { seen }
        }
        (None, Some(told)) => {
            let seen = provider.fetch(told).await?;
            if seen.echo.attempt != Some(attempt.id) {
                return Ok(Seen::NotYet);
            }
            Ok(seen)
        }
        (None, None) => {
            let over = moment.now >= moment.schedule.lost_at(attempt);
            return match provider.lookup(&session.wish) {
                Some(lookup) => find(provider, lookup, (session, at), over).await,
                None if over => Ok(Seen::Unknowable),
                None => Ok(Seen::NotYet),
            };
        }
    };
    match seen {
        Ok(seen) => Ok(Seen::Payment(Box::new(answer(provider, (session, at), seen, moment).await?))),
        Err(error) if error.kind == ProviderErrorKind::NotFound => Ok(Seen::NotYet),
        Err(error) => Err(error),
    }
}

/// Looks for a payment whose create answer was lost, and stops any that is one too many.
async fn find(
    provider: &dyn Provider,
    lookup: &dyn Lookup,
    (session, at): (&Session, usize),
    over: bool,
) -> Result<Seen, ProviderError> {
    let mut found = lookup.find(&session.wish, session.attempts[at].id).await?;
    found.sort_by_key(|seen| !matches!(&seen.reading, Reading::Known(status) if status.holds_money()));
    let mut found = found.into_iter();
    let Some(ours) = found.next() else {
        return Ok(if over { Seen::Lost } else { Seen::NotYet });
    };
    for extra in found {
        stop(provider, &extra.payment).await;
    }
    Ok(Seen::Payment(Box::new(Answered { seen: ours, error: None })))
}

/// A payment that nobody wants and nobody has tried to pay is over once none of its pages can pay it: a
/// provider that only opened it has nothing to stop, and may never say more. What comes of it all the
/// same waits for our word, or is money that came late.
fn let_go(provider: &dyn Provider, session: &Session, seen: Observation, now: Timestamp) -> Observation {
    let over = |life: SignedDuration| life.is_zero() || now >= after(session.expires_at, life);
    if !provider.lingers(&seen).is_some_and(over) {
        return seen;
    }
    let failure = Failure { code: FailureCode::CanceledByMerchant, retry: false };
    Observation {
        reading: Reading::Known(AttemptStatus::Canceled),
        failure: Some(failure),
        page: None,
        ..seen
    }
}

/// Asks the provider to stop a payment. Whether it did, only the next fetch tells.
async fn stop(provider: &dyn Provider, payment: &ProviderPaymentId) {
    if let Some(cancels) = provider.cancels() {
        let _told_by_the_fetch = cancels.cancel(payment).await;
    }
}
