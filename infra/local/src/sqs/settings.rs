//! Attributes and tags of queues.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes;
use super::error::SqsError;
use super::http::parse;
use super::manage;
use super::queue::Queue;
use super::send::At;
use super::state::State;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct GetRequest {
    attribute_names: Vec<String>,
}

/// Without names, nothing is returned (API reference, `GetQueueAttributes`).
pub(super) fn get(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let wanted = parse::<GetRequest>(body)?.attribute_names;
    let all = all(state.queue(at.queue)?, at.now);
    if let Some(name) = wanted.iter().find(|name| !is_readable(name, &all)) {
        return Err(attributes::unknown(name));
    }
    let everything = wanted.iter().any(|name| name == "All");
    let chosen: BTreeMap<_, _> =
        all.into_iter().filter(|(name, _)| everything || wanted.iter().any(|one| one == name)).collect();
    Ok(if chosen.is_empty() { json!({}) } else { json!({ "Attributes": chosen }) })
}

fn is_readable(name: &str, present: &BTreeMap<String, String>) -> bool {
    name == "All" || present.contains_key(name) || attributes::is_known(name)
}

fn all(queue: &Queue, now: i64) -> BTreeMap<String, String> {
    let counts = queue.counts(now);
    let read_only = [
        ("QueueArn", queue.arn.clone()),
        ("CreatedTimestamp", (queue.created_at / 1000).to_string()),
        ("LastModifiedTimestamp", (queue.modified_at / 1000).to_string()),
        ("ApproximateNumberOfMessages", counts.visible.to_string()),
        ("ApproximateNumberOfMessagesNotVisible", counts.in_flight.to_string()),
        ("ApproximateNumberOfMessagesDelayed", counts.delayed.to_string()),
    ];
    let mut all = queue.attributes.all().clone();
    all.extend(read_only.map(|(name, value)| (name.to_owned(), value)));
    all
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct SetRequest {
    attributes: BTreeMap<String, String>,
}

pub(super) fn set(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let changes = parse::<SetRequest>(body)?.attributes;
    change(state, at.queue, changes, at.now).map(|()| json!({}))
}

/// Changes attributes at once; AWS may take 60 seconds.
pub(super) fn change(
    state: &mut State,
    name: &str,
    changes: BTreeMap<String, String>,
    now: i64,
) -> Result<(), SqsError> {
    let mut next = state.queue(name)?.clone();
    next.attributes = next.attributes.changed(changes)?;
    next.modified_at = now;
    manage::check_redrive(state, &next)?;
    *state.queue_mut(name)? = next;
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct TagRequest {
    tags: BTreeMap<String, String>,
    tag_keys: Vec<String>,
}

/// Adds tags; a tag with the same key is overwritten (API reference, `TagQueue`).
pub(super) fn tag(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let tags = parse::<TagRequest>(body)?.tags;
    state.queue_mut(at.queue)?.tags.extend(tags);
    Ok(json!({}))
}

pub(super) fn untag(state: &mut State, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    let keys = parse::<TagRequest>(body)?.tag_keys;
    state.queue_mut(at.queue)?.tags.retain(|key, _| !keys.contains(key));
    Ok(json!({}))
}

pub(super) fn tags(state: &mut State, at: At<'_>) -> Result<Value, SqsError> {
    Ok(json!({ "Tags": state.queue(at.queue)?.tags }))
}
