//! Messages: as a caller sees them, and as a queue keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::digest;

/// A received message, with all that a Lambda event record of SQS needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id given when the message was sent; copies of one message share it.
    pub message_id: String,
    /// What deletes or releases this delivery; empty where the message was only peeked at.
    pub receipt_handle: String,
    /// The text that was sent.
    pub body: String,
    /// Lower-case hex MD5 of `body`.
    pub md5_of_body: String,
    /// What the queue says: `SentTimestamp`, `ApproximateReceiveCount` and so on.
    pub attributes: BTreeMap<String, String>,
    /// What the sender said beside the body.
    pub message_attributes: BTreeMap<String, MessageAttribute>,
}

/// One attribute a sender put on a message (SQSDeveloperGuide/sqs-message-metadata.html).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct MessageAttribute {
    /// `String`, `Number` or `Binary`, each with an optional `.label`.
    pub data_type: String,
    /// The value of a `String` or `Number`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string_value: Option<String>,
    /// The value of a `Binary`, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary_value: Option<String>,
}

impl MessageAttribute {
    pub(super) fn is_binary(&self) -> bool {
        self.kind() == "Binary"
    }

    /// The data type without its label.
    pub(super) fn kind(&self) -> &str {
        self.data_type.split('.').next().unwrap_or_default()
    }

    /// The value's own bytes; empty where it is absent or not base64.
    pub(super) fn value_bytes(&self) -> Vec<u8> {
        if !self.is_binary() {
            return self.string_value.clone().unwrap_or_default().into_bytes();
        }
        let encoded = self.binary_value.as_deref().unwrap_or_default();
        data_encoding::BASE64.decode(encoded.as_bytes()).unwrap_or_default()
    }
}

/// What a sender hands in, checked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    pub body: String,
    pub attributes: BTreeMap<String, MessageAttribute>,
    pub trace_header: Option<String>,
    /// Milliseconds; none leaves it to the queue.
    pub delay_ms: Option<i64>,
    pub group: Option<String>,
    pub deduplication: Option<String>,
}

/// A message in a queue; times are milliseconds since the epoch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    /// Tells copies of one message apart; unique in its queue.
    pub key: u64,
    pub id: String,
    pub draft: Draft,
    pub sequence: Option<u64>,
    pub sent_at: i64,
    pub visible_at: i64,
    pub receives: u32,
    pub first_received_at: Option<i64>,
    pub received_at: i64,
    pub dead_letter_source: Option<String>,
}

/// Where a message stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Visible,
    Delayed,
    InFlight,
}

/// AWS names a user or role by its id; there are none here, so one fixed word stands for all.
const SENDER: &str = "AIDALOCAL";

impl Stored {
    pub(super) fn standing(&self, now: i64) -> Standing {
        match (self.visible_at <= now, self.receives) {
            (true, _) => Standing::Visible,
            (false, 0) => Standing::Delayed,
            (false, _) => Standing::InFlight,
        }
    }

    pub(super) fn as_message(&self, receipt_handle: String) -> Message {
        Message {
            message_id: self.id.clone(),
            receipt_handle,
            body: self.draft.body.clone(),
            md5_of_body: digest::of_body(&self.draft.body),
            attributes: self.system_attributes(),
            message_attributes: self.draft.attributes.clone(),
        }
    }

    /// The attributes of the API reference's `ReceiveMessage`, `MessageSystemAttributeNames`.
    fn system_attributes(&self) -> BTreeMap<String, String> {
        let draft = &self.draft;
        [
            ("SenderId", Some(SENDER.to_owned())),
            ("SentTimestamp", Some(self.sent_at.to_string())),
            ("ApproximateReceiveCount", Some(self.receives.to_string())),
            ("ApproximateFirstReceiveTimestamp", self.first_received_at.map(|at| at.to_string())),
            ("AWSTraceHeader", draft.trace_header.clone()),
            ("MessageGroupId", draft.group.clone()),
            ("MessageDeduplicationId", draft.deduplication.clone()),
            ("SequenceNumber", self.sequence.map(sequence_number)),
            ("DeadLetterQueueSourceArn", self.dead_letter_source.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }
}

/// AWS promises only that it grows; twenty digits are what its examples show.
pub(super) fn sequence_number(sequence: u64) -> String {
    format!("{sequence:020}")
}
