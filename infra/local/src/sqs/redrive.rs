//! Dead-letter policies (API reference, `CreateQueue`, `RedrivePolicy` and `RedriveAllowPolicy`).

use std::fmt::{Display, Formatter};

use serde_json::{Value, json};

use super::attributes::{REDRIVE, REDRIVE_ALLOW};
use super::error::SqsError;

/// Where a queue sends what was received too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redrive {
    pub target_arn: String,
    pub max_receives: u32,
}

impl Redrive {
    /// Reads the policy; the count may be a number or a decimal text, as AWS takes both.
    pub(super) fn parse(text: &str) -> Result<Self, SqsError> {
        let policy: Value = serde_json::from_str(text).unwrap_or_default();
        let target = policy["deadLetterTargetArn"].as_str();
        let target = target.ok_or_else(|| refused(text, "Missing or invalid deadLetterTargetArn."))?;
        let max_receives =
            count(&policy["maxReceiveCount"]).filter(|count| (1..=1000).contains(count)).ok_or_else(
                || refused(text, "Invalid value for maxReceiveCount. Valid values are from 1 to 1000."),
            )?;
        Ok(Self { target_arn: target.to_owned(), max_receives })
    }
}

impl Display for Redrive {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        let policy = json!({ "deadLetterTargetArn": self.target_arn, "maxReceiveCount": self.max_receives });
        write!(out, "{policy}")
    }
}

pub(super) fn refused(policy: &str, reason: &str) -> SqsError {
    SqsError::invalid(REDRIVE, policy, reason)
}

fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Whether `policy` is one of the three the reference describes.
pub(super) fn check_allow_policy(policy: &str) -> Result<(), SqsError> {
    let value: Value = serde_json::from_str(policy).unwrap_or_default();
    let sources = value["sourceQueueArns"].as_array().map(Vec::len);
    let fits = match value["redrivePermission"].as_str() {
        Some("allowAll" | "denyAll") => sources.is_none(),
        Some("byQueue") => sources.is_some_and(|count| (1..=10).contains(&count)),
        _ => false,
    };
    if fits { Ok(()) } else { Err(SqsError::invalid(REDRIVE_ALLOW, policy, "Invalid redrive permission.")) }
}

/// Whether a dead-letter queue with `policy` takes messages from `source_arn`; no policy takes all.
pub(super) fn allows(policy: Option<&str>, source_arn: &str) -> bool {
    let Some(policy) = policy else { return true };
    let value: Value = serde_json::from_str(policy).unwrap_or_default();
    match value["redrivePermission"].as_str() {
        Some("denyAll") => false,
        Some("byQueue") => {
            value["sourceQueueArns"].as_array().is_some_and(|arns| arns.contains(&json!(source_arn)))
        }
        _ => true,
    }
}
