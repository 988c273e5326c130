//! Finding a reservation whose create answer was lost, and ending it.
//!
//! Its page stood in that answer and nowhere else: the details hold no link, and a resend sends one by
//! SMS or mail (docs, "get-reservation-details-by-uuid", "resend-reservation"). Left as it is, nobody
//! could pay it, and the payer would wait for it until the due date.

use super::Frontgo;
use super::client::{API, data};
use super::order::made_at;
use super::status::{lost, observe};
use super::wire::{Event, Reservation};
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{
    Cancels, Lookup, Observation, Operation, ProviderError, ProviderErrorKind, ProviderPaymentId,
};
use bellhop_domain::status::Reading;
use bellhop_domain::wish::Wish;
use serde_json::Value;

const OP: Operation = Operation::Lookup;

/// Seconds before and after an attempt; two clocks agree within five minutes (I13).
const WINDOW: u64 = 15 * 60;

/// Details that one search may ask for (I9): a tenth of what they allow in a minute.
const MAX_DETAILS: usize = 24;

#[async_trait]
impl Lookup for Frontgo {
    /// There is no search: the history names the reservations of a time, and their details whose they
    /// are. They stand in its order, for it tells no other.
    async fn find(&self, _wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        let made = made_at(attempt);
        let [from, to] = [made.saturating_sub(WINDOW), made + WINDOW].map(|at| at.to_string());
        let events: Vec<Event> = data(OP, &self.client.get(OP, &["history", &from, &to]).await?)?;
        let mut uuids: Vec<String> = Vec::new();
        for uuid in events.into_iter().filter_map(|event| event.uuid) {
            if ProviderPaymentId::parse(&uuid).is_some() && !uuids.contains(&uuid) {
                uuids.push(uuid);
            }
        }
        let mut found = Vec::new();
        for uuid in uuids.iter().take(MAX_DETAILS) {
            if let Some(seen) = self.ours(uuid, attempt).await? {
                found.push(self.ended(seen).await?);
            }
        }
        // A search that was cut short proves nothing.
        if found.is_empty() && uuids.len() > MAX_DETAILS {
            return Err(API.error(OP, ProviderErrorKind::Unavailable { after: None }));
        }
        Ok(found)
    }
}

impl Frontgo {
    /// The reservation, if `attempt` made it. Others of the merchant are not read any further.
    async fn ours(&self, uuid: &str, attempt: AttemptId) -> Result<Option<Observation>, ProviderError> {
        let answer = match self.client.get(OP, &["details", uuid]).await {
            Err(error) if error.kind == ProviderErrorKind::NotFound => return Ok(None),
            answer => answer?,
        };
        let seen: Value = data(OP, &answer)?;
        if seen["customerReference"].as_str() != Some(&attempt.to_string()) {
            return Ok(None);
        }
        let seen: Reservation = data(OP, &answer)?;
        observe(&seen).map(Some).ok_or_else(|| API.unreadable(OP))
    }

    /// What was found, no longer payable: then the payer can try again and is never charged twice (I1).
    /// One that was paid all the same, by a link that they sent, stays as it is.
    async fn ended(&self, mut seen: Observation) -> Result<Observation, ProviderError> {
        let payable = |seen: &Observation| matches!(&seen.reading, Reading::Known(one) if one.is_payable());
        if payable(&seen) {
            let _told_by_the_details = self.cancel(&seen.payment).await;
            seen = self.look(OP, &seen.payment).await?;
        }
        match payable(&seen) {
            true => Err(API.error(OP, ProviderErrorKind::Unavailable { after: None })),
            false => Ok(lost(seen)),
        }
    }
}
