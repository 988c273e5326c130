//! The calls that came in: counted and listed for the ledger.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::clock::rfc3339;

/// Every API call so far.
#[derive(Default)]
pub struct Calls {
    counts: BTreeMap<&'static str, u64>,
    log: Vec<Value>,
    windows: HashMap<(usize, &'static str), (i64, u32)>,
}

/// A call as it ended.
pub struct Call<'a> {
    /// As faults name it.
    pub operation: &'static str,
    /// Method and path with query.
    pub line: String,
    /// The status of the answer; none when no answer was sent.
    pub status: Option<u16>,
    /// The fault that spoiled it, as its wire word.
    pub fault: Option<Value>,
    /// The Idempotency-Key it brought.
    pub key: Option<&'a str>,
}

impl Calls {
    /// Appends a call.
    pub fn note(&mut self, call: &Call<'_>, now: i64) {
        *self.counts.entry(call.operation).or_default() += 1;
        self.log.push(json!({
            "at": rfc3339(now),
            "operation": call.operation,
            "line": call.line,
            "status": call.status,
            "fault": call.fault,
            "idempotency_key": call.key,
        }));
    }

    /// Calls per operation, and all of them, oldest first.
    pub fn shown(&self) -> (Value, Value) {
        (json!(self.counts), json!(self.log))
    }

    /// Counts one POST and says whether it is within `limit` for this second of the clock.
    pub fn fits(&mut self, who: (usize, &'static str), now: i64, limit: u32) -> bool {
        let second = now.div_euclid(1000);
        let window = self.windows.entry(who).or_insert((second, 0));
        if window.0 != second {
            *window = (second, 0);
        }
        window.1 += 1;
        window.1 <= limit
    }
}
