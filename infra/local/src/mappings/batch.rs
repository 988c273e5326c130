//! A batch as an event, and which of it a function has done.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::sqs::{Message, MessageAttribute};
use crate::template::{MappingPlan, REGION};

/// The event of a batch: AWS Lambda Developer Guide, "Using Lambda with Amazon
/// SQS", "Example standard queue message event".
pub(super) fn event(messages: &[Message], arn: &str) -> Value {
    let records: Vec<Value> = messages.iter().map(|message| record(message, arn)).collect();
    json!({ "Records": records })
}

fn record(message: &Message, arn: &str) -> Value {
    let attributes: Map<String, Value> =
        message.message_attributes.iter().map(|(name, value)| (name.clone(), attribute(value))).collect();
    json!({
        "messageId": message.message_id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": message.attributes,
        "messageAttributes": attributes,
        "md5OfBody": message.md5_of_body,
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    })
}

fn attribute(value: &MessageAttribute) -> Value {
    let mut json = json!({
        "dataType": value.data_type,
        "stringListValues": [],
        "binaryListValues": [],
    });
    if let Some(text) = &value.string_value {
        json["stringValue"] = Value::from(text.as_str());
    }
    if let Some(bytes) = &value.binary_value {
        json["binaryValue"] = Value::from(bytes.as_str());
    }
    json
}

/// The messages to delete after an answer.
///
/// Without `ReportBatchItemFailures` any answer means all of them. With it:
/// nothing, `null`, `{}` and an empty list mean success; a malformed answer, an
/// empty or missing identifier, or one that is not of this batch means that all
/// failed ("Handling errors for an SQS event source in Lambda", "Success and
/// failure conditions").
pub(super) fn done<'a>(plan: &MappingPlan, messages: &'a [Message], answer: &[u8]) -> Vec<&'a Message> {
    if !plan.partial_failures {
        return messages.iter().collect();
    }
    match failures(messages, answer) {
        Some(failed) => messages.iter().filter(|message| !failed.contains(&message.message_id)).collect(),
        None => Vec::new(),
    }
}

/// The ids that failed; `None` when the answer cannot be believed.
fn failures(messages: &[Message], answer: &[u8]) -> Option<BTreeSet<String>> {
    if answer.is_empty() {
        return Some(BTreeSet::new());
    }
    let answer: Value = serde_json::from_slice(answer).ok()?;
    if answer.is_null() {
        return Some(BTreeSet::new());
    }
    let items = match answer.as_object()?.get("batchItemFailures") {
        None | Some(Value::Null) => return Some(BTreeSet::new()),
        Some(items) => items.as_array()?,
    };
    let known = |id: &&str| messages.iter().any(|message| message.message_id == **id);
    items.iter().map(|item| item["itemIdentifier"].as_str().filter(known).map(ToOwned::to_owned)).collect()
}
