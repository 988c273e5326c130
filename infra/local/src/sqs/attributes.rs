//! A queue's attributes: names, ranges and defaults (API reference, `CreateQueue`, `Attributes`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::{ErrorKind, SqsError};
use super::redrive::{self, Redrive};

/// The attributes of one queue, all checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attributes(BTreeMap<String, String>);

pub(super) const DELAY: &str = "DelaySeconds";
pub(super) const MAXIMUM_SIZE: &str = "MaximumMessageSize";
pub(super) const RETENTION: &str = "MessageRetentionPeriod";
pub(super) const WAIT: &str = "ReceiveMessageWaitTimeSeconds";
pub(super) const VISIBILITY: &str = "VisibilityTimeout";
pub(super) const FIFO: &str = "FifoQueue";
pub(super) const CONTENT_DEDUPLICATION: &str = "ContentBasedDeduplication";
pub(super) const REDRIVE: &str = "RedrivePolicy";
pub(super) const REDRIVE_ALLOW: &str = "RedriveAllowPolicy";
const POLICY: &str = "Policy";
const KEY: &str = "KmsMasterKeyId";
const MANAGED_KEYS: &str = "SqsManagedSseEnabled";
const KEY_REUSE: &str = "KmsDataKeyReusePeriodSeconds";
const SCOPE: &str = "DeduplicationScope";
const THROUGHPUT: &str = "FifoThroughputLimit";
const FIFO_ONLY: [&str; 4] = [FIFO, CONTENT_DEDUPLICATION, SCOPE, THROUGHPUT];

/// The largest message and the largest batch, in bytes (API reference, `SendMessageBatch`).
pub(super) const ONE_MEBIBYTE: usize = 1_048_576;
/// The longest visibility timeout, in seconds.
pub(super) const TWELVE_HOURS: i64 = 43_200;

impl Attributes {
    pub(super) fn new(given: BTreeMap<String, String>, fifo: bool) -> Result<Self, SqsError> {
        let mut attributes = Self(defaults(fifo));
        for (name, value) in given {
            attributes.put(name, value, fifo)?;
        }
        Ok(attributes)
    }

    /// Takes `changes` over, all or none. An empty value removes a text attribute.
    pub(super) fn changed(&self, changes: BTreeMap<String, String>) -> Result<Self, SqsError> {
        if changes.contains_key(FIFO) {
            return Err(unknown(FIFO));
        }
        let mut next = self.clone();
        let fifo = self.flag(FIFO);
        for (name, value) in changes {
            next.put(name, value, fifo)?;
        }
        Ok(next)
    }

    fn put(&mut self, name: String, value: String, fifo: bool) -> Result<(), SqsError> {
        if FIFO_ONLY.contains(&name.as_str()) && !fifo {
            return Err(unknown(&name));
        }
        match checked(&name, value)? {
            Some(value) => self.0.insert(name, value),
            None => self.0.remove(&name),
        };
        Ok(())
    }

    /// The first attribute of `given` that differs from what stands here, if any.
    ///
    /// Attributes that are not given are not compared: the API reference says "exact same names
    /// and values for all its attributes", but callers that pass only the name get the URL.
    pub(super) fn difference(&self, given: &BTreeMap<String, String>) -> Result<Option<String>, SqsError> {
        for (name, value) in given {
            if checked(name, value.clone())?.as_deref() != self.text(name) {
                return Ok(Some(name.clone()));
            }
        }
        Ok(None)
    }

    pub(super) fn number(&self, name: &str) -> i64 {
        self.0.get(name).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    pub(super) fn milliseconds(&self, name: &str) -> i64 {
        self.number(name) * 1000
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value == "true")
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn redrive(&self) -> Option<Redrive> {
        self.text(REDRIVE).and_then(|policy| Redrive::parse(policy).ok())
    }

    /// Whether two groups may use one deduplication id (`DeduplicationScope`).
    pub(super) fn deduplicates_by_group(&self) -> bool {
        self.text(SCOPE) == Some("messageGroup")
    }

    pub(super) fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

fn defaults(fifo: bool) -> BTreeMap<String, String> {
    let common =
        [(DELAY, "0"), (MAXIMUM_SIZE, "1048576"), (RETENTION, "345600"), (WAIT, "0"), (VISIBILITY, "30")];
    // Encryption with SQS's own keys is on unless turned off (SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html).
    let mut all = vec![(MANAGED_KEYS, "true")];
    all.extend(common);
    if fifo {
        all.extend([
            (FIFO, "true"),
            (CONTENT_DEDUPLICATION, "false"),
            (SCOPE, "queue"),
            (THROUGHPUT, "perQueue"),
        ]);
    }
    all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The value to keep, or none to drop the attribute.
fn checked(name: &str, value: String) -> Result<Option<String>, SqsError> {
    let keep = |allowed: bool| {
        if allowed { Ok(Some(value.clone())) } else { Err(unfit(name)) }
    };
    let between =
        |low: i64, high: i64| keep(value.parse().is_ok_and(|number| (low..=high).contains(&number)));
    match name {
        DELAY => between(0, 900),
        MAXIMUM_SIZE => between(1024, 1_048_576),
        RETENTION => between(60, 1_209_600),
        WAIT => between(0, 20),
        VISIBILITY => between(0, TWELVE_HOURS),
        KEY_REUSE => between(60, 86_400),
        FIFO => keep(value == "true"),
        CONTENT_DEDUPLICATION | MANAGED_KEYS => keep(value == "true" || value == "false"),
        SCOPE => keep(value == "messageGroup" || value == "queue"),
        THROUGHPUT => keep(value == "perQueue" || value == "perMessageGroupId"),
        REDRIVE | REDRIVE_ALLOW | POLICY | KEY if value.is_empty() => Ok(None),
        REDRIVE => Redrive::parse(&value).map(|policy| Some(policy.to_string())),
        REDRIVE_ALLOW => redrive::check_allow_policy(&value).map(|()| Some(value)),
        POLICY | KEY => Ok(Some(value)),
        _ => Err(unknown(name)),
    }
}

/// Whether there is a settable attribute of this name, on any kind of queue.
pub(super) fn is_known(name: &str) -> bool {
    let rest = [DELAY, MAXIMUM_SIZE, RETENTION, WAIT, VISIBILITY, REDRIVE, REDRIVE_ALLOW, KEY_REUSE];
    rest.contains(&name) || FIFO_ONLY.contains(&name) || [POLICY, KEY, MANAGED_KEYS].contains(&name)
}

pub(super) fn unknown(name: &str) -> SqsError {
    SqsError::new(ErrorKind::InvalidAttributeName, format!("Unknown Attribute {name}."))
}

fn unfit(name: &str) -> SqsError {
    SqsError::new(ErrorKind::InvalidAttributeValue, format!("Invalid value for the parameter {name}."))
}
