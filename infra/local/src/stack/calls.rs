//! What functions asked of table and queues.

use std::collections::BTreeMap;

use serde::Serialize;

/// How often functions called each operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calls {
    /// DynamoDB operations.
    pub table: BTreeMap<String, u64>,
    /// SQS operations; what mappings read and delete does not count.
    pub queue: BTreeMap<String, u64>,
}

impl Calls {
    /// Calls of one table operation.
    #[must_use]
    pub fn of_table(&self, operation: &str) -> u64 {
        self.table.get(operation).copied().unwrap_or_default()
    }

    /// Calls of one queue operation.
    #[must_use]
    pub fn of_queue(&self, operation: &str) -> u64 {
        self.queue.get(operation).copied().unwrap_or_default()
    }

    /// Table calls of every operation.
    #[must_use]
    pub fn table_total(&self) -> u64 {
        self.table.values().sum()
    }
}
