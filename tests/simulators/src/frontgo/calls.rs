//! The calls that came in: counted, listed for the ledger, and held to a limit.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every API call so far.
#[derive(Default)]
pub struct Calls {
    pub counts: BTreeMap<&'static str, u64>,
    pub log: Vec<Value>,
    window_began: i64,
    in_window: u32,
}

/// How a call stands with the limit.
pub struct Allowance {
    /// Calls of a window.
    pub limit: u32,
    /// What is left of it after this call.
    pub remaining: u32,
    /// Whether this call is one too many: then, seconds until the next window.
    pub wait: Option<u64>,
}

impl Calls {
    /// Counts a call. `[inf]` PROVIDERS §2.1: a window begins with the first call after the last one ended.
    pub fn admit(&mut self, limit: u32, window: i64, now: i64) -> Allowance {
        if now < self.window_began || now - self.window_began >= window {
            (self.window_began, self.in_window) = (now, 0);
        }
        let fits = self.in_window < limit;
        self.in_window += u32::from(fits);
        let rest = self.window_began + window - now;
        let seconds = u64::try_from(rest).unwrap_or_default().div_ceil(1000);
        Allowance { limit, remaining: limit - self.in_window, wait: (!fits).then_some(seconds) }
    }

    /// Lists a call and counts it by its name.
    pub fn note(&mut self, operation: &'static str, entry: Value) {
        *self.counts.entry(operation).or_default() += 1;
        self.log.push(entry);
    }
}
