//! The calls that came in: listed for the ledger, and held to the limits in a sliding window.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::{Value, json};

use crate::clock::rfc3339;

/// Every API call so far, refused ones too.
#[derive(Default)]
pub struct Calls {
    counts: BTreeMap<&'static str, u64>,
    log: Vec<Value>,
    /// Admitted calls that may still count, by what they are counted for.
    windows: HashMap<String, VecDeque<i64>>,
    busiest: usize,
    refused: u64,
}

/// A limit: so many calls within so many milliseconds.
#[derive(Clone, Copy)]
pub struct Limit {
    pub requests: usize,
    pub window_ms: i64,
}

/// A call as it ended.
pub struct Call {
    /// As faults name it.
    pub operation: &'static str,
    /// Method and path.
    pub line: String,
    /// The status of the answer; none when no answer was sent.
    pub status: Option<u16>,
    /// The fault that spoiled it, as its wire word.
    pub fault: Option<Value>,
}

impl Calls {
    /// Counts a call for `who`; beyond the limit it says how many seconds to wait instead. `[doc]`
    /// CO/guidelines/requests.md: a sliding window. `[inf]` Refused calls do not count.
    pub fn admit(&mut self, who: &str, limit: Limit, now: i64) -> Result<(), u64> {
        let window = self.windows.entry(who.to_owned()).or_default();
        while window.front().is_some_and(|at| now - at >= limit.window_ms) {
            window.pop_front();
        }
        if let Some(oldest) = window.front().filter(|_| window.len() >= limit.requests) {
            self.refused += 1;
            let wait = (oldest + limit.window_ms - now + 999) / 1000;
            return Err(u64::try_from(wait).unwrap_or(1));
        }
        window.push_back(now);
        self.busiest = self.busiest.max(window.len());
        Ok(())
    }

    /// Appends a call.
    pub fn note(&mut self, call: &Call, now: i64) {
        *self.counts.entry(call.operation).or_default() += 1;
        self.log.push(json!({
            "at": rfc3339(now),
            "operation": call.operation,
            "line": call.line,
            "status": call.status,
            "fault": call.fault,
        }));
    }

    /// The ledger's fields about calls.
    pub fn shown(&self) -> [(&'static str, Value); 4] {
        [
            ("calls", json!(self.counts)),
            ("call_log", json!(self.log)),
            ("busiest_window", json!(self.busiest)),
            ("refused_by_rate", json!(self.refused)),
        ]
    }
}
