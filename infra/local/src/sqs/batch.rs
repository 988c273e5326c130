//! What all batch operations share: up to ten entries with ids of their own, each answered alone.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::{ErrorKind, SqsError};
use super::http::parse;

/// One entry and the id its answer carries.
#[derive(Deserialize)]
pub(super) struct Entry<T> {
    #[serde(rename = "Id", default)]
    id: String,
    #[serde(flatten)]
    pub content: T,
}

#[derive(Deserialize)]
struct Batch<T> {
    #[serde(rename = "Entries", default = "Vec::new")]
    entries: Vec<Entry<T>>,
}

/// Reads and checks the entries (API reference, `SendMessageBatch`, "Errors").
pub(super) fn entries<T: DeserializeOwned>(body: Value) -> Result<Vec<Entry<T>>, SqsError> {
    let batch: Batch<T> = parse(body)?;
    let count = batch.entries.len();
    if count == 0 {
        let message = "There should be at least one entry in the request.";
        return Err(SqsError::new(ErrorKind::EmptyBatchRequest, message));
    }
    if count > 10 {
        let message = format!("Maximum number of entries per request are 10. You have sent {count}.");
        return Err(SqsError::new(ErrorKind::TooManyEntriesInBatchRequest, message));
    }
    check_ids(batch.entries.iter().map(|entry| entry.id.as_str()))?;
    Ok(batch.entries)
}

fn check_ids<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), SqsError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !is_id(id) {
            let message = "A batch entry id can only contain alphanumeric characters, hyphens and underscores. \
                           It can be at most 80 letters long.";
            return Err(SqsError::new(ErrorKind::InvalidBatchEntryId, message));
        }
        if !seen.insert(id) {
            return Err(SqsError::new(ErrorKind::BatchEntryIdsNotDistinct, format!("Id {id} repeated.")));
        }
    }
    Ok(())
}

/// Whether `text` is 1 to 80 letters, digits, hyphens or underscores: batch ids and queue names.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |one: char| one.is_ascii_alphanumeric() || one == '-' || one == '_';
    (1..=80).contains(&text.len()) && text.chars().all(plain)
}

/// Does `act` for each entry and tells what came of each; one failure hinders no other.
pub(super) fn answer<T>(entries: Vec<Entry<T>>, mut act: impl FnMut(T) -> Result<Value, SqsError>) -> Value {
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for Entry { id, content } in entries {
        match act(content) {
            Ok(mut done) => {
                done["Id"] = id.into();
                successful.push(done);
            }
            Err(error) => failed.push(failure(&id, &error)),
        }
    }
    json!({ "Successful": successful, "Failed": failed })
}

fn failure(id: &str, error: &SqsError) -> Value {
    let kind = error.kind;
    json!({ "Id": id, "Code": kind.code(), "Message": error.message, "SenderFault": kind.is_sender_fault() })
}
