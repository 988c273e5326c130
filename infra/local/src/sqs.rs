//! A small SQS: the AWS JSON 1.0 protocol only, in memory, on the movable clock.
//!
//! Written from AWS's API reference (AWSSimpleQueueService/latest/APIReference) and developer
//! guide (latest/SQSDeveloperGuide); each rule names its page, and says so where it is a guess.
//! Queues here are kinder than AWS's in three ways: counts are exact, changes are seen at once,
//! and standard queues keep their order. Access policies and KMS are kept but not enforced.

mod attributes;
mod batch;
mod digest;
mod draft;
mod error;
mod faults;
mod fifo;
mod http;
mod leases;
mod manage;
mod message;
mod moves;
mod operation;
mod queue;
mod receipt;
mod receive;
mod redrive;
mod send;
mod settings;
mod state;
mod waiting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use crate::clock::Clock;
use state::State;

pub use error::{ErrorKind, SqsError};
pub use faults::{Fault, FaultKind};
pub use message::{Message, MessageAttribute};
pub use operation::Operation;
pub use queue::Counts;

/// All queues of one region of one account; clones share them.
#[derive(Clone, Debug)]
pub struct Queues {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    clock: Clock,
    state: Mutex<State>,
    pulse: watch::Sender<()>,
}

impl Queues {
    /// No queues yet, in `region`, on `clock`.
    #[must_use]
    pub fn new(clock: Clock, region: &str) -> Self {
        let state = Mutex::new(State::new(region));
        Self { inner: Arc::new(Inner { clock, state, pulse: watch::Sender::new(()) }) }
    }

    /// The HTTP service: SQS on every path, and `GET`, `POST` and `DELETE` of `/_faults`.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// Sets what queue URLs begin with, from then on: `{base}/000000000000/{name}`.
    pub fn set_base_url(&self, base: &str) {
        self.with(|state, _| base.trim_end_matches('/').clone_into(&mut state.base_url));
    }

    /// Makes a queue and returns its URL; the same again changes nothing.
    ///
    /// # Errors
    /// Those of `CreateQueue`, for instance when the queue exists with another attribute value.
    pub fn create(&self, name: &str, attributes: BTreeMap<String, String>) -> Result<String, SqsError> {
        self.with(|state, now| manage::create(state, name, attributes, now))
    }

    /// Changes attributes of a queue, all or none.
    ///
    /// # Errors
    /// Those of `SetQueueAttributes`.
    pub fn set_attributes(&self, name: &str, changes: BTreeMap<String, String>) -> Result<(), SqsError> {
        self.with(|state, now| settings::change(state, name, changes, now))
    }

    /// Receives up to `max` messages without waiting, and hides them for `visibility` or for the
    /// queue's own timeout. None if there is no such queue, or a fault hit the call.
    ///
    /// Not counted by [`Queues::calls`]: this is the local stack itself reading.
    pub fn receive(&self, name: &str, max: usize, visibility: Option<Duration>) -> Vec<Message> {
        let visibility = visibility.map(|time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        let received = self.with(|state, now| {
            state.faulted(name, Operation::ReceiveMessage, |state| state.take(name, max, visibility, now))
        });
        received.unwrap_or_default()
    }

    /// Deletes a received message.
    ///
    /// # Errors
    /// Those of `DeleteMessage`.
    pub fn delete(&self, name: &str, receipt_handle: &str) -> Result<(), SqsError> {
        self.with(|state, now| {
            state.faulted(name, Operation::DeleteMessage, |state| {
                state.queue_mut(name)?.delete(receipt_handle, now)
            })
        })
    }

    /// Makes a received message visible again at once.
    ///
    /// # Errors
    /// Those of `ChangeMessageVisibility`.
    pub fn release(&self, name: &str, receipt_handle: &str) -> Result<(), SqsError> {
        self.with(|state, now| {
            state.faulted(name, Operation::ChangeMessageVisibility, |state| {
                state.queue_mut(name)?.change_visibility(receipt_handle, 0, now)
            })
        })
    }

    /// How many messages are in a queue; none if there is no such queue.
    #[must_use]
    pub fn counts(&self, name: &str) -> Counts {
        self.with(|state, now| state.queue(name).map(|queue| queue.counts(now)).unwrap_or_default())
    }

    /// Every message of a queue, hidden ones too, without receiving them.
    #[must_use]
    pub fn peek(&self, name: &str) -> Vec<Message> {
        let look =
            |queue: &queue::Queue| queue.messages.iter().map(|one| one.as_message(String::new())).collect();
        self.with(|state, _| state.queue(name).map(look).unwrap_or_default())
    }

    /// Adds a fault to those that wait for a call.
    ///
    /// # Errors
    /// When no call could ever meet it: a duplicate of an operation that moves no message.
    pub fn add_fault(&self, fault: Fault) -> Result<(), SqsError> {
        self.with(|state, _| state.faults.add(fault))
    }

    /// The faults that still wait, with how often each will strike.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.with(|state, _| state.faults.waiting().to_vec())
    }

    /// Forgets every fault.
    pub fn clear_faults(&self) {
        self.with(|state, _| state.faults.clear());
    }

    /// How many calls came over HTTP, by operation, failed ones too.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.with(|state, _| state.calls.clone())
    }

    /// Counts calls from zero again.
    pub fn reset_calls(&self) {
        self.with(|state, _| state.calls.clear());
    }

    /// Queues and messages as JSON, for [`Queues::restore`]; faults and call counts are left out.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        // Every map has text keys, so this cannot fail; were it to, restore would refuse the null.
        self.with(|state, _| serde_json::to_value(&state.kept).unwrap_or_default())
    }

    /// Takes over what [`Queues::snapshot`] gave, in place of what is here.
    ///
    /// # Errors
    /// When the JSON is not such a snapshot; nothing is changed then.
    pub fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let kept = serde::Deserialize::deserialize(snapshot)?;
        self.with(|state, _| state.replace(kept));
        Ok(())
    }

    /// Does something with the state as it stands now, then wakes those who wait if it changed.
    fn with<T>(&self, act: impl FnOnce(&mut State, i64) -> T) -> T {
        let mut state = self.inner.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.inner.clock.now_ms();
        state.settle(now);
        let outcome = act(&mut state, now);
        // Again, so that a message released for the last time is in its dead-letter queue at once.
        state.settle(now);
        let changed = std::mem::take(&mut state.changed);
        drop(state);
        if changed {
            self.inner.pulse.send_replace(());
        }
        outcome
    }
}
