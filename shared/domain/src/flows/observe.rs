//! What the provider shows of an attempt, and how a payment that must not be paid is stopped.

use crate::progress::Moment;
use crate::provider::{Lookup, Observation, Provider, ProviderError, ProviderErrorKind, ProviderPaymentId};
use crate::session::Session;
use crate::status::Reading;

/// What a look showed.
pub(super) enum Seen {
    Payment(Box<Observation>),
    NotYet,
    Lost,
    Unknowable,
}

/// Asks the provider for the attempt at `at`, or searches for it where its id is not known.
pub(super) async fn observe(
    provider: &dyn Provider,
    session: &Session,
    at: usize,
    moment: Moment<'_>,
) -> Result<Seen, ProviderError> {
    let attempt = &session.attempts[at];
    let Some(payment) = &attempt.payment else {
        let over = moment.now >= moment.schedule.lost_at(attempt);
        return match provider.lookup() {
            Some(lookup) => find(provider, lookup, (session, at), over).await,
            None if over => Ok(Seen::Unknowable),
            None => Ok(Seen::NotYet),
        };
    };
    if attempt.status.is_payable() && session.no_longer_wants(at, moment.now) {
        stop(provider, payment).await;
    }
    match provider.fetch(payment).await {
        Ok(seen) => Ok(Seen::Payment(Box::new(seen))),
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
    Ok(Seen::Payment(Box::new(ours)))
}

/// Asks the provider to stop a payment. Whether it did, only the next fetch tells.
async fn stop(provider: &dyn Provider, payment: &ProviderPaymentId) {
    if let Some(cancels) = provider.cancels() {
        let _told_by_the_fetch = cancels.cancel(payment).await;
    }
}
