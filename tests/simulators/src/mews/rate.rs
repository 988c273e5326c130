//! The limits on calls, in a sliding window.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

/// A limit: so many calls within so many milliseconds.
#[derive(Clone, Copy)]
pub struct Limit {
    pub requests: usize,
    pub window_ms: i64,
}

/// What was admitted lately.
#[derive(Default)]
pub struct Rate {
    /// Admitted calls that may still count, by what they are counted for.
    windows: HashMap<String, VecDeque<i64>>,
    busiest: usize,
    refused: u64,
}

impl Rate {
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

    /// The ledger's fields about limits.
    pub fn shown(&self) -> [(&'static str, Value); 2] {
        [("busiest_window", json!(self.busiest)), ("refused_by_rate", json!(self.refused))]
    }
}
