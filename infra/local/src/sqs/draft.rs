//! From a send request to a message a queue may store (API reference, `SendMessage`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::attributes::MAXIMUM_SIZE;
use super::error::{ErrorKind, SqsError};
use super::fifo;
use super::message::{Draft, MessageAttribute};
use super::queue::Queue;

/// A send request, or one entry of a batch, as it arrives.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct SendEntry {
    pub message_body: Option<String>,
    delay_seconds: Option<i64>,
    pub message_attributes: BTreeMap<String, MessageAttribute>,
    pub message_system_attributes: BTreeMap<String, MessageAttribute>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

impl SendEntry {
    /// What counts against the limits: the body and the names, types and values of attributes
    /// (SQSDeveloperGuide/sqs-message-metadata.html); system attributes do not count.
    pub(super) fn size(&self) -> usize {
        let size = |(name, attribute): (&String, &MessageAttribute)| {
            name.len() + attribute.data_type.len() + attribute.value_bytes().len()
        };
        let body = self.message_body.as_deref().map_or(0, str::len);
        body + self.message_attributes.iter().map(size).sum::<usize>()
    }

    /// Checks the message as `queue` would.
    pub(super) fn checked(self, queue: &Queue) -> Result<Draft, SqsError> {
        self.check_size(queue)?;
        check_attributes(&self.message_attributes)?;
        let delay_ms = self.delay_seconds.map(check_delay).transpose()?;
        let draft = Draft {
            trace_header: self.trace_header()?,
            body: check_body(self.message_body)?,
            attributes: self.message_attributes,
            delay_ms,
            group: check_fifo_id("MessageGroupId", self.message_group_id)?,
            deduplication: check_fifo_id("MessageDeduplicationId", self.message_deduplication_id)?,
        };
        if queue.is_fifo() { fifo::complete(draft, &queue.attributes) } else { standard(draft) }
    }

    fn check_size(&self, queue: &Queue) -> Result<(), SqsError> {
        let limit = queue.attributes.number(MAXIMUM_SIZE);
        if usize::try_from(limit).is_ok_and(|limit| self.size() <= limit) {
            return Ok(());
        }
        let message = format!(
            "One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."
        );
        Err(SqsError::new(ErrorKind::InvalidParameterValue, message))
    }

    /// The only system attribute there is (`MessageSystemAttributes`).
    fn trace_header(&self) -> Result<Option<String>, SqsError> {
        if let Some(name) = self.message_system_attributes.keys().find(|name| *name != "AWSTraceHeader") {
            return Err(SqsError::invalid(
                "MessageSystemAttributes",
                name,
                "Only AWSTraceHeader is supported.",
            ));
        }
        let header = self.message_system_attributes.values().next();
        Ok(header.and_then(|attribute| attribute.string_value.clone()))
    }
}

/// A standard queue takes a group (fair queues), but no deduplication id.
fn standard(draft: Draft) -> Result<Draft, SqsError> {
    match &draft.deduplication {
        None => Ok(draft),
        Some(id) => {
            let reason = "The request include parameter that is not valid for this queue type.";
            Err(SqsError::invalid("MessageDeduplicationId", id, reason))
        }
    }
}

fn check_body(body: Option<String>) -> Result<String, SqsError> {
    let body = body.filter(|body| !body.is_empty()).ok_or_else(|| SqsError::missing("MessageBody"))?;
    match body.chars().find(|one| !is_allowed(*one)) {
        None => Ok(body),
        Some(one) => {
            let message =
                format!("Invalid binary character '#x{:X}' was found in the message body.", u32::from(one));
            Err(SqsError::new(ErrorKind::InvalidMessageContents, message))
        }
    }
}

/// "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"; a `char` is no surrogate.
fn is_allowed(one: char) -> bool {
    matches!(one, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

fn check_delay(seconds: i64) -> Result<i64, SqsError> {
    if (0..=900).contains(&seconds) {
        return Ok(seconds * 1000);
    }
    Err(SqsError::invalid("DelaySeconds", seconds, "DelaySeconds must be >= 0 and <= 900."))
}

/// Group and deduplication ids: 1 to 128 letters, digits and ASCII punctuation.
fn check_fifo_id(parameter: &str, id: Option<String>) -> Result<Option<String>, SqsError> {
    let plain = |id: &String| (1..=128).contains(&id.len()) && id.chars().all(|one| one.is_ascii_graphic());
    if let Some(bad) = id.as_ref().filter(|id| !plain(id)) {
        let reason = "It can only include alphanumeric and punctuation characters. 1 to 128 in length.";
        return Err(SqsError::invalid(parameter, bad, reason));
    }
    Ok(id)
}

/// Up to ten attributes, each with a name, a type and a value of that type
/// (SQSDeveloperGuide/sqs-message-metadata.html); the texts of the errors are guesses.
fn check_attributes(attributes: &BTreeMap<String, MessageAttribute>) -> Result<(), SqsError> {
    if attributes.len() > 10 {
        return Err(SqsError::invalid(
            "MessageAttributes",
            attributes.len(),
            "At most 10 attributes are allowed.",
        ));
    }
    for (name, attribute) in attributes {
        if !is_attribute_name(name) {
            return Err(SqsError::invalid("MessageAttributes", name, "The attribute name is not allowed."));
        }
        if !has_value(attribute) {
            let reason = "The attribute's type is not known, or its value is empty or not of that type.";
            return Err(SqsError::invalid("MessageAttributes", name, reason));
        }
    }
    Ok(())
}

/// The name's rules (API reference, `ReceiveMessage`, `MessageAttributeNames`).
fn is_attribute_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '-' | '.');
    (1..=256).contains(&name.len())
        && name.chars().all(plain)
        && !(name.starts_with('.') || name.ends_with('.') || name.contains(".."))
        && !(lower.starts_with("aws.") || lower.starts_with("amazon."))
}

fn has_value(attribute: &MessageAttribute) -> bool {
    let text = attribute.string_value.as_deref().unwrap_or_default();
    match attribute.kind() {
        "String" => !text.is_empty(),
        "Number" => text.parse::<f64>().is_ok_and(f64::is_finite),
        "Binary" => !attribute.value_bytes().is_empty(),
        _ => false,
    }
}
