//! Faults: no emulator makes a conflict, a throttle or a lagging index by itself.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Refused for too many requests; nothing happened.
    Throttle,
    /// `TransactionConflictException`, or a transaction canceled for one; nothing happened.
    TransactionConflict,
    /// A transaction canceled for the reasons in [`Fault::codes`]; nothing happened.
    TransactionCanceled,
    /// HTTP 500; nothing happened.
    ErrorBefore,
    /// HTTP 500, after the operation took effect.
    ErrorAfter,
    /// A Query on an index finds nothing.
    IndexEmpty,
    /// A Query on an index answers as of the moment this fault was set.
    IndexFrozen,
}

/// One fault. As JSON, for instance
/// `{"operation":"PutItem","kind":"throttle","times":2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The operation, such as `PutItem`; none means every operation.
    #[serde(default)]
    pub operation: Option<String>,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many calls it hits.
    #[serde(default = "once")]
    pub times: u32,
    /// How many fitting calls it lets pass first.
    #[serde(default)]
    pub skip: u32,
    /// Cancellation codes of [`FaultKind::TransactionCanceled`], one per item;
    /// without them the first item conflicts.
    #[serde(default)]
    pub codes: Vec<String>,
}

impl Fault {
    /// A fault that hits the next call of an operation, once.
    #[must_use]
    pub fn of(operation: &str, kind: FaultKind) -> Self {
        Self { operation: Some(operation.to_owned()), kind, times: once(), skip: 0, codes: Vec::new() }
    }

    /// The same fault for so many calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The faults about indexes leave all but reads of an index alone.
    pub(super) fn fits(&self, operation: &str, on_index: bool) -> bool {
        let about_index = matches!(self.kind, FaultKind::IndexEmpty | FaultKind::IndexFrozen);
        self.operation.as_deref().is_none_or(|named| named == operation) && (on_index || !about_index)
    }
}

fn once() -> u32 {
    1
}
