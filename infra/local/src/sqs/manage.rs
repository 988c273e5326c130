//! Making, finding, emptying and deleting queues.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::{Attributes, FIFO, REDRIVE, REDRIVE_ALLOW};
use super::batch::is_id;
use super::error::{ErrorKind, SqsError};
use super::http::parse;
use super::queue::Queue;
use super::redrive::{self, refused};
use super::send::At;
use super::state::State;

/// How long a deleted queue's name is blocked, and how long a purge blocks the next, in ms.
const ONE_MINUTE: i64 = 60_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct CreateRequest {
    queue_name: String,
    attributes: BTreeMap<String, String>,
    #[serde(rename = "tags")]
    tags: BTreeMap<String, String>,
}

pub(super) fn create_call(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let request: CreateRequest = parse(body)?;
    let url = create(state, &request.queue_name, request.attributes, at.now)?;
    if !request.tags.is_empty() {
        state.queue_mut(&request.queue_name)?.tags.extend(request.tags);
    }
    Ok(json!({ "QueueUrl": url }))
}

/// Makes a queue, or finds the one that already is as asked for, and returns its URL.
pub(super) fn create(
    state: &mut State,
    name: &str,
    given: BTreeMap<String, String>,
    now: i64,
) -> Result<String, SqsError> {
    let fifo = given.get(FIFO).is_some_and(|value| value == "true");
    check_name(name, fifo)?;
    if let Ok(queue) = state.queue(name) {
        return same(queue, &given).map(|()| state.url(name));
    }
    if state.kept.deleted.get(name).is_some_and(|at| now - at < ONE_MINUTE) {
        let message = "You must wait 60 seconds after deleting a queue to use its name again.";
        return Err(SqsError::new(ErrorKind::QueueDeletedRecently, message));
    }
    let queue = Queue::new(name, state.arn(name), Attributes::new(given, fifo)?, now);
    check_redrive(state, &queue)?;
    state.kept.queues.insert(name.to_owned(), queue);
    state.changed = true;
    Ok(state.url(name))
}

/// "up to 80 characters [...] alphanumeric characters, hyphens (-), and underscores (_). A FIFO
/// queue name must end with the .fifo suffix" (API reference, `CreateQueue`).
fn check_name(name: &str, fifo: bool) -> Result<(), SqsError> {
    let stem = if fifo { name.strip_suffix(".fifo") } else { Some(name) };
    if name.len() <= 80 && stem.is_some_and(is_id) {
        return Ok(());
    }
    let end = if fifo { " and end with .fifo" } else { "" };
    let reason =
        format!("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length{end}.");
    Err(SqsError::invalid("QueueName", name, &reason))
}

fn same(queue: &Queue, given: &BTreeMap<String, String>) -> Result<(), SqsError> {
    let Some(name) = queue.attributes.difference(given)? else {
        return Ok(());
    };
    let message =
        format!("A queue already exists with the same name and a different value for attribute {name}");
    Err(SqsError::new(ErrorKind::QueueNameExists, message))
}

/// The target must be there, of the same type, and let this queue in
/// (API reference, `CreateQueue`, `RedrivePolicy` and `RedriveAllowPolicy`).
pub(super) fn check_redrive(state: &State, queue: &Queue) -> Result<(), SqsError> {
    let Some(policy) = queue.attributes.redrive() else {
        return Ok(());
    };
    let text = queue.attributes.text(REDRIVE).unwrap_or_default();
    let target =
        if policy.target_arn == queue.arn { Some(queue) } else { state.queue_by_arn(&policy.target_arn) };
    let target = target.ok_or_else(|| refused(text, "Dead letter target does not exist."))?;
    if target.is_fifo() != queue.is_fifo() {
        return Err(refused(text, "Dead-letter queue must be same type of queue as the source."));
    }
    if !redrive::allows(target.attributes.text(REDRIVE_ALLOW), &queue.arn) {
        return Err(refused(text, "The target's RedriveAllowPolicy does not permit this source."));
    }
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct NameRequest {
    queue_name: Option<String>,
}

pub(super) fn url(state: &mut State, body: Value) -> Result<Value, SqsError> {
    let name = parse::<NameRequest>(body)?.queue_name.ok_or_else(|| SqsError::missing("QueueName"))?;
    state.queue(&name)?;
    Ok(json!({ "QueueUrl": state.url(&name) }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct ListRequest {
    queue_name_prefix: String,
    max_results: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn list(state: &mut State, body: Value) -> Result<Value, SqsError> {
    let request: ListRequest = parse(body)?;
    let names = state.kept.queues.keys().filter(|name| name.starts_with(&request.queue_name_prefix));
    page(state, names.collect(), "QueueUrls", &request)
}

/// The queues whose redrive policy names this one.
pub(super) fn dead_letter_sources(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let arn = &state.queue(at.queue)?.arn;
    let is_source =
        |queue: &&Queue| queue.attributes.redrive().is_some_and(|policy| policy.target_arn == *arn);
    let names = state.kept.queues.values().filter(is_source).map(|queue| &queue.name);
    page(state, names.collect(), "queueUrls", &parse(body)?)
}

/// One page of URLs in order of names: up to `MaxResults`, else 1,000. The token is the last name
/// shown; only a call that set `MaxResults` gets one (API reference, `ListQueues`).
fn page(state: &State, names: Vec<&String>, member: &str, request: &ListRequest) -> Result<Value, SqsError> {
    let limit = request.max_results.unwrap_or(1000);
    if !(1..=1000).contains(&limit) {
        return Err(SqsError::invalid("MaxResults", limit, "Must be between 1 and 1000."));
    }
    let after = |name: &&String| request.next_token.as_ref().is_none_or(|token| *name > token);
    let rest: Vec<_> = names.into_iter().filter(after).collect();
    let urls: Vec<_> = rest.iter().take(limit).map(|name| state.url(name)).collect();
    let mut answer = json!({ member: urls });
    if request.max_results.is_some() && rest.len() > limit {
        answer["NextToken"] = rest.get(limit - 1).map(|name| name.as_str()).into();
    }
    Ok(answer)
}

/// Deletes a queue at once; AWS takes up to 60 seconds.
pub(super) fn delete(state: &mut State, at: At<'_>) -> Result<Value, SqsError> {
    state.kept.queues.remove(at.queue).ok_or_else(SqsError::no_queue)?;
    state.kept.deleted.insert(at.queue.to_owned(), at.now);
    state.changed = true;
    Ok(json!({}))
}

/// Empties a queue at once, in-flight messages too; AWS takes up to 60 seconds, and so allows the
/// next purge only then (API reference, `PurgeQueue`).
pub(super) fn purge(state: &mut State, at: At<'_>) -> Result<Value, SqsError> {
    let queue = state.queue_mut(at.queue)?;
    if queue.purged_at.is_some_and(|purged| at.now - purged < ONE_MINUTE) {
        let message = format!("Only one PurgeQueue operation on {} is allowed every 60 seconds.", at.queue);
        return Err(SqsError::new(ErrorKind::PurgeQueueInProgress, message));
    }
    queue.purged_at = Some(at.now);
    queue.messages.clear();
    Ok(json!({}))
}
