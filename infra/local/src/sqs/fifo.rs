//! What only FIFO queues do: order within a group, one group at a time, no duplicates.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::attributes::{Attributes, CONTENT_DEDUPLICATION};
use super::digest;
use super::error::SqsError;
use super::message::{Draft, Standing, Stored};

/// "The deduplication interval is 5 minutes" (SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html).
pub(super) const DEDUPLICATION_MS: i64 = 300_000;

/// Which messages were sent within the deduplication interval, by deduplication id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Seen(BTreeMap<String, First>);

/// The first message of a deduplication id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct First {
    pub message_id: String,
    pub sequence: Option<u64>,
    until: i64,
}

impl Seen {
    pub(super) fn find(&self, id: &str, now: i64) -> Option<&First> {
        self.0.get(id).filter(|first| first.until > now)
    }

    pub(super) fn remember(&mut self, id: String, sent: &Stored, now: i64) {
        self.0.retain(|_, first| first.until > now);
        let first = First {
            message_id: sent.id.clone(),
            sequence: sent.sequence,
            until: now.saturating_add(DEDUPLICATION_MS),
        };
        self.0.insert(id, first);
    }
}

/// Checks what a FIFO queue asks of a message, and gives it its deduplication id.
pub(super) fn complete(mut draft: Draft, attributes: &Attributes) -> Result<Draft, SqsError> {
    if draft.group.is_none() {
        return Err(SqsError::missing("MessageGroupId"));
    }
    if let Some(delay) = draft.delay_ms.filter(|delay| *delay > 0) {
        let reason = "The request include parameter that is not valid for this queue type.";
        return Err(SqsError::invalid("DelaySeconds", delay / 1000, reason));
    }
    draft.delay_ms = None;
    if draft.deduplication.is_none() {
        draft.deduplication = Some(generated_id(&draft, attributes)?);
    }
    Ok(draft)
}

fn generated_id(draft: &Draft, attributes: &Attributes) -> Result<String, SqsError> {
    if attributes.flag(CONTENT_DEDUPLICATION) {
        return Ok(digest::content_id(&draft.body));
    }
    let message = "The queue should either have ContentBasedDeduplication enabled \
                   or MessageDeduplicationId provided explicitly";
    Err(SqsError::new(super::ErrorKind::InvalidParameterValue, message))
}

/// Under which id a draft is looked up among those seen; a queue may keep each group apart.
pub(super) fn deduplication_key(draft: &Draft, attributes: &Attributes) -> Option<String> {
    let id = draft.deduplication.as_deref()?;
    let group = draft.group.as_deref().unwrap_or_default();
    Some(if attributes.deduplicates_by_group() { format!("{group} {id}") } else { id.to_owned() })
}

/// The entries a receive may take, in order.
///
/// While a message of a group is hidden, none of that group is given out
/// (API reference, `ReceiveMessage`, `ReceiveRequestAttemptId`).
pub(super) fn ready(messages: &[Stored], now: i64) -> Vec<usize> {
    let hidden = |message: &&Stored| message.standing(now) != Standing::Visible;
    let locked: BTreeSet<_> = messages.iter().filter(hidden).map(|message| &message.draft.group).collect();
    let open = |message: &Stored| !locked.contains(&message.draft.group);
    messages.iter().enumerate().filter(|(_, message)| open(message)).map(|(index, _)| index).collect()
}
