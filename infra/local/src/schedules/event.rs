//! What a schedule hands to its function.
//!
//! Sources: Amazon EventBridge User Guide, "Events reference" ("Scheduled
//! Event"); Amazon EventBridge Scheduler User Guide, "Using templated targets"
//! (without an input the target gets a default event whose detail is a text).

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::template::{ACCOUNT, REGION, SchedulePlan, Trigger};

/// The event of one run, due at `at_ms`.
#[must_use]
pub fn payload(plan: &SchedulePlan, at_ms: i64) -> Value {
    if let Some(input) = &plan.input {
        return input.clone();
    }
    let (source, resource, detail) = match plan.trigger {
        Trigger::Rule => ("aws.events", "events", json!({})),
        Trigger::Scheduler => ("aws.scheduler", "scheduler", json!("{}")),
    };
    let kind = if plan.trigger == Trigger::Rule { "rule" } else { "schedule/default" };
    json!({
        "version": "0",
        "id": Uuid::new_v4().to_string(),
        "detail-type": "Scheduled Event",
        "source": source,
        "account": ACCOUNT,
        "time": seconds(at_ms),
        "region": REGION,
        "resources": [format!("arn:aws:{resource}:{REGION}:{ACCOUNT}:{kind}/{}", plan.name)],
        "detail": detail,
    })
}

/// RFC 3339 in whole seconds.
fn seconds(at_ms: i64) -> String {
    Timestamp::from_second(at_ms.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
