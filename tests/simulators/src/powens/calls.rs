//! The calls that came in: listed for the ledger, counted by minute and day.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::config::Domain;
use crate::clock::{day, rfc3339};

const MINUTE_MS: i64 = 60_000;

/// Every API call so far, refused ones too.
#[derive(Default)]
pub struct Calls {
    counts: BTreeMap<&'static str, u64>,
    log: Vec<Value>,
    /// When each came, in the clock's order.
    times: Vec<i64>,
    per_minute: BTreeMap<String, u32>,
    per_day: BTreeMap<String, u32>,
    refused: u64,
}

/// A call as it ended.
pub struct Call {
    /// As faults name it.
    pub operation: &'static str,
    /// Method and path with query.
    pub line: String,
    /// The status of the answer; none when no answer was sent.
    pub status: Option<u16>,
    /// The fault that spoiled it, as its wire word.
    pub fault: Option<Value>,
}

impl Calls {
    /// Counts a call and says whether it is within the domain's limits. `[doc]` PROVIDERS §4.1; that the minute and the
    /// day are the clock's, and that refused calls count, is `[inf]`.
    pub fn admit(&mut self, domain: &Domain, now: i64) -> bool {
        self.times.push(now);
        let minute = self.per_minute.entry(minute(now)).or_default();
        *minute += 1;
        let today = self.per_day.entry(day(now)).or_default();
        *today += 1;
        let within = |limit: Option<u32>, count: u32| limit.is_none_or(|limit| count <= limit);
        let fits = within(domain.per_minute, *minute) && within(domain.per_day, *today);
        if !fits {
            self.refused += 1;
        }
        fits
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
    pub fn shown(&self) -> [(&'static str, Value); 7] {
        let busiest = self.per_minute.values().max();
        [
            ("calls", json!(self.counts)),
            ("call_log", json!(self.log)),
            ("calls_per_minute", json!(self.per_minute)),
            ("calls_per_day", json!(self.per_day)),
            ("busiest_minute", json!(busiest.unwrap_or(&0))),
            ("busiest_60_seconds", json!(self.busiest_60_seconds())),
            ("refused_by_rate", json!(self.refused)),
        ]
    }

    /// The most calls within any 60 seconds, wherever they begin.
    fn busiest_60_seconds(&self) -> usize {
        let mut times = self.times.clone();
        times.sort_unstable();
        let mut first = 0;
        let mut most = 0;
        for (place, time) in times.iter().enumerate() {
            while times.get(first).is_some_and(|begin| time - begin >= MINUTE_MS) {
                first += 1;
            }
            most = most.max(place + 1 - first);
        }
        most
    }
}

/// As `2026-11-20T10:00Z`.
fn minute(at: i64) -> String {
    let minute: String = rfc3339(at).chars().take(16).collect();
    format!("{minute}Z")
}
