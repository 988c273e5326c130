//! Everything the queues hold, and what time alone does to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attributes::{REDRIVE, VISIBILITY};
use super::error::SqsError;
use super::faults::Faults;
use super::message::Message;
use super::moves::Task;
use super::operation::Operation;
use super::queue::Queue;
use super::redrive::Redrive;

/// The account all queues belong to.
const ACCOUNT: &str = "000000000000";

#[derive(Debug)]
pub(super) struct State {
    pub region: String,
    pub base_url: String,
    pub kept: Kept,
    pub faults: Faults,
    pub calls: BTreeMap<String, u64>,
    /// Whether something may have become receivable since the last look.
    pub changed: bool,
}

/// The part that survives a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    pub queues: BTreeMap<String, Queue>,
    /// When queues were deleted: their names are blocked for a while.
    pub deleted: BTreeMap<String, i64>,
    pub tasks: Vec<Task>,
}

impl State {
    pub(super) fn new(region: &str) -> Self {
        Self {
            region: region.to_owned(),
            base_url: "http://127.0.0.1".to_owned(),
            kept: Kept::default(),
            faults: Faults::default(),
            calls: BTreeMap::new(),
            changed: false,
        }
    }

    pub(super) fn replace(&mut self, kept: Kept) {
        self.kept = kept;
        self.changed = true;
    }

    pub(super) fn url(&self, name: &str) -> String {
        format!("{}/{ACCOUNT}/{name}", self.base_url)
    }

    pub(super) fn arn(&self, name: &str) -> String {
        format!("arn:aws:sqs:{}:{ACCOUNT}:{name}", self.region)
    }

    pub(super) fn queue(&self, name: &str) -> Result<&Queue, SqsError> {
        self.kept.queues.get(name).ok_or_else(SqsError::no_queue)
    }

    /// A queue to change; whoever waits for messages looks again after it.
    pub(super) fn queue_mut(&mut self, name: &str) -> Result<&mut Queue, SqsError> {
        self.changed = true;
        self.kept.queues.get_mut(name).ok_or_else(SqsError::no_queue)
    }

    pub(super) fn queue_by_arn(&self, arn: &str) -> Option<&Queue> {
        self.kept.queues.values().find(|queue| queue.arn == arn)
    }

    /// Receives messages; only a receive that got something counts as a change, or two readers
    /// of an empty queue would wake each other for ever.
    pub(super) fn take(
        &mut self,
        name: &str,
        max: usize,
        visibility_ms: Option<i64>,
        now: i64,
    ) -> Result<Vec<Message>, SqsError> {
        let queue = self.kept.queues.get_mut(name).ok_or_else(SqsError::no_queue)?;
        let visibility_ms = visibility_ms.unwrap_or_else(|| queue.attributes.milliseconds(VISIBILITY));
        let taken = queue.take(max, visibility_ms, now);
        self.changed |= !taken.is_empty();
        if !taken.is_empty() && self.faults.duplicates(name, Operation::ReceiveMessage) {
            taken.iter().for_each(|message| queue.copy(&message.message_id, now));
        }
        Ok(taken)
    }

    /// Does what time asks for: drops what is too old, and moves what was received too often.
    ///
    /// AWS says that a message moves when its receive count exceeds the maximum (`CreateQueue`,
    /// `RedrivePolicy`), not when it does so; here it moves as soon as it is visible again.
    pub(super) fn settle(&mut self, now: i64) {
        self.kept.queues.values_mut().for_each(|queue| queue.expire(now));
        for (source, redrive) in self.redrives() {
            self.give_up(&source, &redrive, now);
        }
    }

    fn redrives(&self) -> Vec<(String, Redrive)> {
        let queues = self.kept.queues.values().filter(|queue| queue.attributes.text(REDRIVE).is_some());
        queues.filter_map(|queue| Some((queue.name.clone(), queue.attributes.redrive()?))).collect()
    }

    /// Moves spent messages of `source`. They stay where the target is gone or the queue itself.
    fn give_up(&mut self, source: &str, redrive: &Redrive, now: i64) {
        let Some(target) = self.queue_by_arn(&redrive.target_arn).map(|queue| queue.name.clone()) else {
            return;
        };
        if target == source {
            return;
        }
        let Some(queue) = self.kept.queues.get_mut(source) else {
            return;
        };
        let arn = queue.arn.clone();
        let spent = queue.give_up(redrive, now);
        let Some(target) = self.kept.queues.get_mut(&target) else {
            return;
        };
        for mut message in spent {
            message.dead_letter_source = Some(arn.clone());
            target.adopt(message, now);
            self.changed = true;
        }
    }

    pub(super) fn next_change_at(&self, now: i64) -> Option<i64> {
        self.kept.queues.values().filter_map(|queue| queue.next_visible_at(now)).min()
    }
}
