//! One queue: what is in it, who may see it when, and what leaves it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::{Attributes, DELAY, FIFO, RETENTION};
use super::fifo::{self, Seen};
use super::message::{Draft, Standing, Stored};
use super::redrive::Redrive;

/// One queue and its messages, in the order they were sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Queue {
    pub name: String,
    pub arn: String,
    pub attributes: Attributes,
    pub tags: BTreeMap<String, String>,
    pub created_at: i64,
    pub modified_at: i64,
    pub purged_at: Option<i64>,
    pub messages: Vec<Stored>,
    last_key: u64,
    seen: Seen,
}

/// How many messages are in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ready to be received (`ApproximateNumberOfMessages`).
    pub visible: usize,
    /// Received and not yet deleted (`ApproximateNumberOfMessagesNotVisible`).
    pub in_flight: usize,
    /// Sent with a delay that is not over (`ApproximateNumberOfMessagesDelayed`).
    pub delayed: usize,
}

/// What a sender is told: ids, and on a FIFO queue the sequence number.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub message_id: String,
    pub sequence: Option<u64>,
}

impl Queue {
    pub(super) fn new(name: &str, arn: String, attributes: Attributes, now: i64) -> Self {
        Self {
            name: name.to_owned(),
            arn,
            attributes,
            tags: BTreeMap::new(),
            created_at: now,
            modified_at: now,
            purged_at: None,
            messages: Vec::new(),
            last_key: 0,
            seen: Seen::default(),
        }
    }

    pub(super) fn is_fifo(&self) -> bool {
        self.attributes.flag(FIFO)
    }

    /// Stores a message. A FIFO queue accepts a repeated deduplication id and stores nothing; that
    /// the answer then carries the first message's id is a guess.
    pub(super) fn push(&mut self, draft: Draft, now: i64) -> Sent {
        let seen_as = fifo::deduplication_key(&draft, &self.attributes).filter(|_| self.is_fifo());
        if let Some(first) = seen_as.as_deref().and_then(|id| self.seen.find(id, now)) {
            return Sent { message_id: first.message_id.clone(), sequence: first.sequence };
        }
        let stored = self.stored(draft, now);
        if let Some(id) = seen_as {
            self.seen.remember(id, &stored, now);
        }
        let sent = Sent { message_id: stored.id.clone(), sequence: stored.sequence };
        self.messages.push(stored);
        sent
    }

    fn stored(&mut self, draft: Draft, now: i64) -> Stored {
        let delay = draft.delay_ms.unwrap_or_else(|| self.attributes.milliseconds(DELAY));
        let (key, sequence) = self.next_key();
        Stored {
            key,
            id: Uuid::new_v4().to_string(),
            draft,
            sequence,
            sent_at: now,
            visible_at: now.saturating_add(delay),
            receives: 0,
            first_received_at: None,
            received_at: now,
            dead_letter_source: None,
        }
    }

    fn next_key(&mut self) -> (u64, Option<u64>) {
        self.last_key += 1;
        (self.last_key, self.is_fifo().then_some(self.last_key))
    }

    /// Takes in a message that another queue gave up, visible at once; it keeps its id, times and
    /// receive count (SQSDeveloperGuide/sqs-dead-letter-queues.html). On a FIFO queue the enqueue
    /// time starts anew (setting-up-dead-letter-queue-retention.html).
    pub(super) fn adopt(&mut self, mut message: Stored, now: i64) {
        (message.key, message.sequence) = self.next_key();
        message.visible_at = now;
        if self.is_fifo() {
            message.sent_at = now;
        }
        self.messages.push(message);
    }

    /// Puts a second, never received copy of an entry at the end: what a standard queue's rare
    /// double delivery looks like to consumers. A delay holds for the copy too.
    pub(super) fn copy(&mut self, message_id: &str, now: i64) {
        let Some(original) = self.messages.iter().find(|message| message.id == message_id) else {
            return;
        };
        let visible_at = if original.receives == 0 { original.visible_at } else { now };
        let mut copy = Stored { receives: 0, first_received_at: None, visible_at, ..original.clone() };
        (copy.key, copy.sequence) = self.next_key();
        self.messages.push(copy);
    }

    /// Drops what is older than the retention period.
    pub(super) fn expire(&mut self, now: i64) {
        let oldest = now.saturating_sub(self.attributes.milliseconds(RETENTION));
        self.messages.retain(|message| message.sent_at > oldest);
    }

    /// Removes and returns what `redrive` no longer leaves here: what is visible again after so
    /// many receives. A message never goes back to where it came from, or two queues that name
    /// each other would toss it for ever.
    pub(super) fn give_up(&mut self, redrive: &Redrive, now: i64) -> Vec<Stored> {
        let back = |message: &Stored| message.dead_letter_source.as_deref() == Some(&redrive.target_arn);
        let spent = |message: &mut Stored| {
            let visible = message.standing(now) == Standing::Visible;
            visible && message.receives >= redrive.max_receives && !back(message)
        };
        self.messages.extract_if(.., spent).collect()
    }

    pub(super) fn counts(&self, now: i64) -> Counts {
        let mut counts = Counts::default();
        for message in &self.messages {
            match message.standing(now) {
                Standing::Visible => counts.visible += 1,
                Standing::InFlight => counts.in_flight += 1,
                Standing::Delayed => counts.delayed += 1,
            }
        }
        counts
    }

    pub(super) fn next_visible_at(&self, now: i64) -> Option<i64> {
        self.messages.iter().map(|message| message.visible_at).filter(|at| *at > now).min()
    }
}
