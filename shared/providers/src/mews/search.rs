//! The search for a booking whose create answer was lost.
//!
//! docs, "Reservations", "Service order notes" of the Connector API and "Get reservation group" of the
//! booking engine's. The Connector lists what was created when, and the notes apart; what proves a
//! booking to be ours is the booking engine's own answer, which is compared like that of any look.

use super::Mews;
use super::client::{API, Connector};
use super::facets::RESERVATIONS;
use super::ids::Id;
use super::notes::{attempts_in, attempts_of};
use super::order::{Order, is_given};
use super::status::{observe, observe_free};
use super::wire::{Group, NoteList, ReservationList, Stay};
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Lookup, Observation, Operation, ProviderError, ProviderErrorKind as Kind};
use bellhop_domain::wish::Wish;
use bellhop_domain::{SignedDuration, Timestamp};
use serde_json::json;

const OP: Operation = Operation::Lookup;

/// Groups that one search may read (I9).
const MAX_GROUPS: usize = 24;

/// As many as they list at once.
const MAX_LISTED: usize = 1000;

/// Two clocks agree within five minutes (I13).
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A call that we gave up may still book so long after, by their clock.
const REACH: SignedDuration = SignedDuration::from_mins(10);

#[async_trait]
impl Lookup for Mews {
    /// A request that the wish names is there to be read. A booking of ours is searched among those
    /// that were created then, and known by its notes.
    async fn find(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        if is_given(wish) {
            return self.named(wish, attempt).await;
        }
        let connector = self.connector.as_ref().ok_or_else(|| API.error(OP, Kind::Unauthorized))?;
        let listed = connector.created_with(attempt).await?;
        let quoting = connector.quoting(&listed, attempt).await?;
        // Whether each note is listed as one is inferred: where none leads to ours, all others are read.
        let groups = groups_of(quoting.iter().chain(&listed));
        let found = self.ours_among(&groups, groups_of(&quoting).len(), attempt).await?;
        // A search that was cut short proves nothing.
        if found.is_empty() && (groups.len() > MAX_GROUPS || listed.len() >= MAX_LISTED) {
            return Err(API.error(OP, Kind::Unavailable { after: None }));
        }
        Ok(found)
    }
}

impl Connector {
    /// The reservations that were created about when the attempt was.
    async fn created_with(&self, attempt: AttemptId) -> Result<Vec<Stay>, ProviderError> {
        let made = made_at(attempt);
        let from = made.saturating_sub(SKEW).unwrap_or(Timestamp::MIN);
        let until = made.saturating_add(REACH).unwrap_or(Timestamp::MAX);
        let body = json!({
            "CreatedUtc": {"StartUtc": second(from), "EndUtc": second(until)},
            "Limitation": {"Count": MAX_LISTED},
        });
        let list: ReservationList = self.ask(OP, &RESERVATIONS, body).await?;
        Ok(list.reservations)
    }

    /// Those of them whose notes name the attempt. None may be asked for without an id.
    async fn quoting(&self, listed: &[Stay], attempt: AttemptId) -> Result<Vec<Stay>, ProviderError> {
        if listed.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<&Id> = listed.iter().map(|one| &one.id).collect();
        let body = json!({"ServiceOrderIds": ids, "Limitation": {"Count": MAX_LISTED}});
        let list: NoteList = self.ask(OP, &["serviceOrderNotes", "getAll"], body).await?;
        let notes = list.service_order_notes;
        let names = |one: &&Stay| {
            let mut own = notes.iter().filter(|note| note.order_id == one.id);
            own.any(|note| {
                attempts_in(note.text.as_deref().unwrap_or_default()).any(|other| other == attempt)
            })
        };
        Ok(listed.iter().filter(names).cloned().collect())
    }
}

impl Mews {
    /// The request that the wish names, which makes it the attempt's where nothing says otherwise.
    async fn named(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        let Ok(Order::Given(named)) = Order::read(&self.settings, wish) else {
            return Ok(Vec::new());
        };
        match self.read(OP, &named).await {
            Ok(mut seen) => {
                seen.echo.attempt.get_or_insert(attempt);
                Ok(vec![seen])
            }
            Err(error) if error.kind == Kind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// What `attempt` made of these groups: of the `likely` ones in front, or else of the others.
    async fn ours_among(
        &self,
        groups: &[Id],
        likely: usize,
        attempt: AttemptId,
    ) -> Result<Vec<Observation>, ProviderError> {
        let mut found = Vec::new();
        for (number, id) in groups.iter().take(MAX_GROUPS).enumerate() {
            if number >= likely && !found.is_empty() {
                break;
            }
            found.extend(self.ours(id, attempt).await?);
        }
        Ok(found)
    }

    /// The group, if `attempt` made it. Others of the hotel are not read any further.
    async fn ours(&self, id: &Id, attempt: AttemptId) -> Result<Option<Observation>, ProviderError> {
        let group = match self.engine.group(OP, id).await {
            Err(error) if error.kind == Kind::NotFound => return Ok(None),
            group => group?,
        };
        if !attempts_of(&group.reservations).contains(&attempt) {
            return Ok(None);
        }
        sole(&group).map(Some).ok_or_else(|| API.unreadable(OP))
    }
}

/// Each group once.
fn groups_of<'a>(listed: impl IntoIterator<Item = &'a Stay>) -> Vec<Id> {
    let mut groups: Vec<Id> = Vec::new();
    for one in listed {
        if !groups.contains(&one.group_id) {
            groups.push(one.group_id.clone());
        }
    }
    groups
}

/// The payment of a group of ours: of the request that it names, or its only one, or nothing to pay.
fn sole(group: &Group) -> Option<Observation> {
    let requests = group.payment_requests.as_ref()?;
    match (&group.payment_request_id, requests.as_slice()) {
        (Some(named), all) => observe(group, all.iter().find(|one| one.id == *named)?),
        (None, [only]) => observe(group, only),
        (None, []) => observe_free(group),
        (None, _) => None,
    }
}

/// Of a UUIDv7: when it was made.
fn made_at(attempt: AttemptId) -> Timestamp {
    let millis = u128::from_be_bytes(attempt.to_bytes()) >> 80;
    let millis = i64::try_from(millis).unwrap_or_default();
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// To the second, as all times of theirs.
fn second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}
