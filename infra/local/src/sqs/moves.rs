//! Message move tasks: from a dead-letter queue back (API reference, `StartMessageMoveTask`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::{ErrorKind, SqsError};
use super::http::parse;
use super::message::{Standing, Stored};
use super::queue::Queue;
use super::state::State;

/// A task that has run; here each is complete before its call is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Task {
    source_arn: String,
    destination_arn: Option<String>,
    started_at: i64,
    moved: usize,
    rate: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct StartRequest {
    source_arn: String,
    destination_arn: Option<String>,
    max_number_of_messages_per_second: Option<i64>,
}

/// Moves every visible message to the destination, or each to the queue it came from. One that
/// came from nowhere stays; that messages in flight stay too is a guess. The rate is not kept to.
pub(super) fn start(state: &mut State, now: i64, body: Value) -> Result<Value, SqsError> {
    let request: StartRequest = parse(body)?;
    let rate = request.max_number_of_messages_per_second;
    if let Some(rate) = rate.filter(|rate| !(1..=500).contains(rate)) {
        return Err(SqsError::invalid("MaxNumberOfMessagesPerSecond", rate, "Must be between 1 and 500."));
    }
    let source = source_name(state, &request.source_arn)?;
    let fixed = request.destination_arn.as_deref();
    if let Some(arn) = fixed {
        state.queue_by_arn(arn).ok_or_else(not_found)?;
    }
    let moved = carry(state, &source, fixed, now)?;
    let task = Task {
        source_arn: request.source_arn,
        destination_arn: request.destination_arn,
        started_at: now,
        moved,
        rate,
    };
    state.kept.tasks.push(task);
    Ok(json!({ "TaskHandle": data_encoding::BASE64.encode(Uuid::new_v4().as_bytes()) }))
}

/// "Currently, only ARNs of dead-letter queues (DLQs) [...] are accepted"; the text is a guess.
fn source_name(state: &State, arn: &str) -> Result<String, SqsError> {
    let name = state.queue_by_arn(arn).ok_or_else(not_found)?.name.clone();
    let feeds = |queue: &Queue| queue.attributes.redrive().is_some_and(|policy| policy.target_arn == arn);
    if state.kept.queues.values().any(feeds) {
        return Ok(name);
    }
    Err(SqsError::invalid("SourceArn", arn, "Source queue must be configured as a Dead Letter Queue."))
}

fn carry(state: &mut State, source: &str, fixed: Option<&str>, now: i64) -> Result<usize, SqsError> {
    let known: Vec<String> = state.kept.queues.values().map(|queue| queue.arn.clone()).collect();
    let destination = |message: &Stored| fixed.or(message.dead_letter_source.as_deref()).map(str::to_owned);
    let goes = |message: &mut Stored| {
        let there = destination(message).is_some_and(|arn| known.contains(&arn));
        there && message.standing(now) == Standing::Visible
    };
    let leaving: Vec<Stored> = state.queue_mut(source)?.messages.extract_if(.., goes).collect();
    let moved = leaving.len();
    for message in leaving {
        let arn = destination(&message).unwrap_or_default();
        let target = state.kept.queues.values_mut().find(|queue| queue.arn == arn);
        target.ok_or_else(not_found)?.adopt(renewed(message, now), now);
    }
    Ok(moved)
}

/// "All redriven messages are considered new messages with a new messageID and enqueueTime"
/// (SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html).
fn renewed(message: Stored, now: i64) -> Stored {
    Stored {
        id: Uuid::new_v4().to_string(),
        sent_at: now,
        receives: 0,
        first_received_at: None,
        dead_letter_source: None,
        ..message
    }
}

fn not_found() -> SqsError {
    SqsError::new(ErrorKind::ResourceNotFoundException, "The resource that you specified does not exist.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct ListRequest {
    source_arn: String,
    max_results: Option<usize>,
}

/// The latest tasks of a queue, one unless more are asked for, ten at most.
pub(super) fn list(state: &mut State, body: Value) -> Result<Value, SqsError> {
    let request: ListRequest = parse(body)?;
    state.queue_by_arn(&request.source_arn).ok_or_else(not_found)?;
    let limit = request.max_results.unwrap_or(1);
    if !(1..=10).contains(&limit) {
        return Err(SqsError::invalid("MaxResults", limit, "Must be between 1 and 10."));
    }
    let tasks = state.kept.tasks.iter().rev().filter(|task| task.source_arn == request.source_arn);
    let results: Vec<_> = tasks.take(limit).map(shown).collect();
    Ok(json!({ "Results": results }))
}

fn shown(task: &Task) -> Value {
    let mut shown = json!({
        "Status": "COMPLETED",
        "SourceArn": task.source_arn,
        "ApproximateNumberOfMessagesMoved": task.moved,
        "ApproximateNumberOfMessagesToMove": task.moved,
        "StartedTimestamp": task.started_at,
    });
    if let Some(arn) = &task.destination_arn {
        shown["DestinationArn"] = arn.as_str().into();
    }
    if let Some(rate) = task.rate {
        shown["MaxNumberOfMessagesPerSecond"] = rate.into();
    }
    shown
}

/// Only a running task can be canceled, and none is ever running here.
pub(super) fn cancel() -> Result<Value, SqsError> {
    Err(SqsError::new(ErrorKind::ResourceNotFoundException, "There is no running task with this handle."))
}
