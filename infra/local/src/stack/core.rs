//! What the control API and the stack's own methods share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;

use super::{Calls, StackConfig};
use crate::error::StackError;
use crate::functions::{Activity, Functions};
use crate::schedules::Schedules;
use crate::sqs::Queues;
use crate::table::{Gate, Table};
use crate::template::Plan;

/// The parts of a running stack, but for its servers.
pub(crate) struct Core {
    pub(crate) config: StackConfig,
    pub(crate) plan: Plan,
    pub(crate) table: Table,
    pub(crate) queues: Queues,
    pub(crate) functions: Arc<dyn Functions>,
    pub(crate) schedules: Schedules,
    pub(crate) activity: Activity,
    pub(crate) environment: BTreeMap<String, BTreeMap<String, String>>,
}

impl Core {
    pub(crate) fn gate(&self) -> &Gate {
        self.table.gate()
    }

    pub(crate) async fn advance(&self, step: Duration) -> Result<(), StackError> {
        self.config.clock.advance(step).map_err(|error| StackError::Clock(error.to_string()))?;
        self.moved().await
    }

    /// Lets what became due run, after the clock was moved.
    pub(crate) async fn moved(&self) -> Result<(), StackError> {
        if self.config.schedules {
            self.schedules.run_due().await;
        }
        self.settle().await
    }

    pub(crate) async fn fire_schedule(&self, function: &str) -> Result<Bytes, StackError> {
        let answer = self.schedules.fire(function).await;
        let answer = answer.ok_or_else(|| StackError::NoSchedule(function.to_owned()))?;
        answer.map_err(|source| StackError::Function { name: function.to_owned(), source })
    }

    pub(crate) fn calls(&self) -> Calls {
        Calls { table: self.gate().calls(), queue: self.queues.calls() }
    }

    pub(crate) fn clear_calls(&self) {
        self.gate().clear_calls();
        self.queues.reset_calls();
    }
}
