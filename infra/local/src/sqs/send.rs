//! `SendMessage`, `SendMessageBatch`, and the calls that a receipt handle answers.

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::{ONE_MEBIBYTE, TWELVE_HOURS};
use super::batch::{self, Entry};
use super::digest;
use super::draft::SendEntry;
use super::error::{ErrorKind, SqsError};
use super::http::parse;
use super::message::sequence_number;
use super::operation::Operation;
use super::state::State;

/// Where and when a call takes place.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    /// The queue's name.
    pub queue: &'a str,
    /// Milliseconds since the epoch.
    pub now: i64,
}

pub(super) fn send(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let entry: SendEntry = parse(body)?;
    let doubled = |state: &mut State| state.faults.duplicates(at.queue, Operation::SendMessage);
    store(state, at, entry, doubled)
}

/// Stores each entry that is sound; "the maximum total payload size [is] 1 MiB" for all of them.
pub(super) fn send_batch(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    state.queue(at.queue)?;
    let entries: Vec<Entry<SendEntry>> = batch::entries(body)?;
    let size: usize = entries.iter().map(|entry| entry.content.size()).sum();
    if size > ONE_MEBIBYTE {
        let message =
            format!("Batch requests cannot be longer than {ONE_MEBIBYTE} bytes. You have sent {size} bytes.");
        return Err(SqsError::new(ErrorKind::BatchRequestTooLong, message));
    }
    let doubled = state.faults.duplicates(at.queue, Operation::SendMessageBatch);
    Ok(batch::answer(entries, |entry| store(state, at, entry, |_| doubled)))
}

fn store(
    state: &mut State,
    at: At<'_>,
    entry: SendEntry,
    doubled: impl FnOnce(&mut State) -> bool,
) -> Result<Value, SqsError> {
    let system_digest = digest::of_attributes(&entry.message_system_attributes);
    let draft = entry.checked(state.queue(at.queue)?)?;
    let mut answer = json!({ "MD5OfMessageBody": digest::of_body(&draft.body) });
    put(&mut answer, "MD5OfMessageAttributes", digest::of_attributes(&draft.attributes));
    put(&mut answer, "MD5OfMessageSystemAttributes", system_digest);
    let sent = state.queue_mut(at.queue)?.push(draft, at.now);
    if doubled(state) {
        state.queue_mut(at.queue)?.copy(&sent.message_id, at.now);
    }
    put(&mut answer, "SequenceNumber", sent.sequence.map(sequence_number));
    put(&mut answer, "MessageId", Some(sent.message_id));
    Ok(answer)
}

fn put(answer: &mut Value, name: &str, value: Option<String>) {
    if let Some(value) = value {
        answer[name] = value.into();
    }
}

/// A receipt handle, and for how long to hide its message.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct HandleEntry {
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl HandleEntry {
    fn handle(&self) -> Result<&str, SqsError> {
        self.receipt_handle.as_deref().ok_or_else(|| SqsError::missing("ReceiptHandle"))
    }

    fn delete(&self, state: &mut State, at: At<'_>) -> Result<Value, SqsError> {
        let handle = self.handle()?;
        state.queue_mut(at.queue)?.delete(handle, at.now).map(|()| json!({}))
    }

    fn hide(&self, state: &mut State, at: At<'_>) -> Result<Value, SqsError> {
        let handle = self.handle()?;
        let seconds = self.visibility_timeout.ok_or_else(|| SqsError::missing("VisibilityTimeout"))?;
        check_visibility(seconds)?;
        state.queue_mut(at.queue)?.change_visibility(handle, seconds, at.now).map(|()| json!({}))
    }
}

/// "Values range: 0 to 43200" (API reference, `ChangeMessageVisibility`).
pub(super) fn check_visibility(seconds: i64) -> Result<(), SqsError> {
    if (0..=TWELVE_HOURS).contains(&seconds) {
        return Ok(());
    }
    Err(SqsError::invalid("VisibilityTimeout", seconds, "Must be between 0 and 43200, if provided."))
}

pub(super) fn delete(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    parse::<HandleEntry>(body)?.delete(state, at)
}

pub(super) fn delete_batch(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    state.queue(at.queue)?;
    Ok(batch::answer(batch::entries(body)?, |entry: HandleEntry| entry.delete(state, at)))
}

pub(super) fn change_visibility(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    parse::<HandleEntry>(body)?.hide(state, at)
}

pub(super) fn change_visibility_batch(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    state.queue(at.queue)?;
    Ok(batch::answer(batch::entries(body)?, |entry: HandleEntry| entry.hide(state, at)))
}
