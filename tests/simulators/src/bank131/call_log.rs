//! The calls that came in, counted and listed for a ledger.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::rfc3339;

/// Every API call so far, refused ones too.
#[derive(Default)]
pub struct CallLog {
    counts: BTreeMap<&'static str, u64>,
    log: Vec<Value>,
}

impl CallLog {
    /// Counts a call under its operation; `call` has what else the ledger tells of it.
    pub fn note(&mut self, operation: &'static str, call: Value, now: i64) {
        *self.counts.entry(operation).or_default() += 1;
        let mut entry = json!({"at": rfc3339(now), "operation": operation});
        if let (Some(entry), Value::Object(call)) = (entry.as_object_mut(), call) {
            entry.extend(call);
        }
        self.log.push(entry);
    }

    /// How often each operation was called.
    pub fn counts(&self) -> Value {
        json!(self.counts)
    }

    /// The calls, oldest first.
    pub fn listed(&self) -> &[Value] {
        &self.log
    }
}
