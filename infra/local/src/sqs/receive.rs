//! `ReceiveMessage`: the one call that may wait.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::WAIT;
use super::error::SqsError;
use super::faults::{after, before};
use super::http::parse;
use super::message::Message;
use super::operation::Operation;
use super::send::check_visibility;
use super::{Queues, digest};

/// The request (API reference, `ReceiveMessage`). `ReceiveRequestAttemptId` is taken and ignored:
/// a lost answer to a FIFO receive is repeated only after the visibility timeout.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Request {
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    attribute_names: Vec<String>,
    message_system_attribute_names: Vec<String>,
    message_attribute_names: Vec<String>,
}

pub(super) async fn receive(queues: &Queues, queue: &str, body: Value) -> Result<Value, SqsError> {
    let request: Request = parse(body)?;
    let fault = queues.with(|state, _| state.faults.failure(queue, Operation::ReceiveMessage));
    before(fault)?;
    let received = request.wait_for_messages(queues, queue).await;
    after(fault, received).map(|messages| request.answer(&messages))
}

impl Request {
    /// Looks until there is a message or the wait is over. The wait is on the queues' clock: on a
    /// frozen one it lasts until the clock is moved.
    async fn wait_for_messages(&self, queues: &Queues, queue: &str) -> Result<Vec<Message>, SqsError> {
        let max = self.max()?;
        let visibility = self.visibility_ms()?;
        let (wait_ms, started_at) = queues.with(|state, now| {
            let default = state.queue(queue)?.attributes.number(WAIT);
            Ok((self.wait_ms(default)?, now))
        })?;
        let deadline = started_at.saturating_add(wait_ms);
        loop {
            let changed = queues.changed();
            let taken = queues.with(|state, now| state.take(queue, max, visibility, now))?;
            if !taken.is_empty() || queues.inner.clock.now_ms() >= deadline {
                return Ok(taken);
            }
            tokio::select! {
                () = changed => {}
                () = queues.inner.clock.sleep_until(deadline) => {}
            }
        }
    }

    fn max(&self) -> Result<usize, SqsError> {
        let max = self.max_number_of_messages.unwrap_or(1);
        let fits = usize::try_from(max).ok().filter(|max| (1..=10).contains(max));
        fits.ok_or_else(|| {
            SqsError::invalid("MaxNumberOfMessages", max, "Must be between 1 and 10, if provided.")
        })
    }

    fn visibility_ms(&self) -> Result<Option<i64>, SqsError> {
        let Some(seconds) = self.visibility_timeout else {
            return Ok(None);
        };
        check_visibility(seconds).map(|()| Some(seconds * 1000))
    }

    fn wait_ms(&self, default_seconds: i64) -> Result<i64, SqsError> {
        let seconds = self.wait_time_seconds.unwrap_or(default_seconds);
        if (0..=20).contains(&seconds) {
            return Ok(seconds * 1000);
        }
        Err(SqsError::invalid("WaitTimeSeconds", seconds, "Must be >= 0 and <= 20, if provided."))
    }

    /// No messages, no list.
    fn answer(&self, messages: &[Message]) -> Value {
        let shown: Vec<_> = messages.iter().map(|message| self.shown(message)).collect();
        if shown.is_empty() { json!({}) } else { json!({ "Messages": shown }) }
    }

    /// Only what was asked for, and the checksum of just those attributes.
    fn shown(&self, message: &Message) -> Value {
        let mut shown = json!({
            "MessageId": message.message_id,
            "ReceiptHandle": message.receipt_handle,
            "Body": message.body,
            "MD5OfBody": message.md5_of_body,
        });
        let attributes = chosen(&message.attributes, |name| self.wants_system_attribute(name));
        if !attributes.is_empty() {
            shown["Attributes"] = json!(attributes);
        }
        let attributes = chosen(&message.message_attributes, |name| self.wants_message_attribute(name));
        if let Some(checksum) = digest::of_attributes(&attributes) {
            shown["MessageAttributes"] = json!(attributes);
            shown["MD5OfMessageAttributes"] = checksum.into();
        }
        shown
    }

    fn wants_system_attribute(&self, name: &str) -> bool {
        let mut wanted = self.attribute_names.iter().chain(&self.message_system_attribute_names);
        wanted.any(|one| one == "All" || one == name)
    }

    /// "All" or ".*" for all, "bar.*" for those that begin with "bar.".
    fn wants_message_attribute(&self, name: &str) -> bool {
        let fits = |one: &String| match one.strip_suffix(".*") {
            Some(prefix) => name.starts_with(prefix),
            None => one == "All" || one == name,
        };
        self.message_attribute_names.iter().any(fits)
    }
}

fn chosen<T: Clone>(all: &BTreeMap<String, T>, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, T> {
    let kept = all.iter().filter(|(name, _)| wanted(name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}
