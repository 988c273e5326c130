//! A running stack: everything of one template, and the ways to steer it.

mod calls;
mod config;
mod core;
mod keep;
mod settle;
mod start;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::error::StackError;
use crate::functions::{InvokeError, Logs};
use crate::mappings::Mappings;
use crate::server::Server;
use crate::sqs::Queues;
use crate::table::Table;
use crate::template::Plan;
pub use calls::Calls;
pub use config::{FunctionsMode, Ports, StackConfig};
pub(crate) use core::Core;

/// A stack; stop it to kill its processes and to keep its queues.
pub struct Stack {
    core: Arc<Core>,
    mappings: Mappings,
    ticking: JoinSet<()>,
    control: Server,
    api: Server,
    queue_service: Server,
}

impl Stack {
    /// Starts everything the template asks for and waits until it listens.
    ///
    /// # Errors
    /// The template asks for what the stack does not play, a port is taken, or
    /// the data folder cannot be used.
    pub async fn start(config: StackConfig) -> Result<Self, StackError> {
        start::start(config).await
    }

    /// Where the HTTP API answers, without a last slash.
    #[must_use]
    pub fn api_url(&self) -> &str {
        self.api.url()
    }

    /// Where the table service answers.
    #[must_use]
    pub fn table_endpoint(&self) -> &str {
        self.core.table.url()
    }

    /// Where the queue service answers.
    #[must_use]
    pub fn queue_endpoint(&self) -> &str {
        self.queue_service.url()
    }

    /// Where the control API answers: paths under `/_stack/`.
    #[must_use]
    pub fn control_url(&self) -> &str {
        self.control.url()
    }

    /// The name of the template's first table; empty when it has none.
    #[must_use]
    pub fn table_name(&self) -> &str {
        self.core.plan.tables.first().map_or("", |table| &table.name)
    }

    /// What the template asks for.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.core.plan
    }

    /// The clock of queues, schedules and events.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.core.config.clock
    }

    /// The queues, by the name that [`Stack::queue_name`] gives.
    #[must_use]
    pub fn queues(&self) -> &Queues {
        &self.core.queues
    }

    /// The name of a queue of the template, by its logical id.
    #[must_use]
    pub fn queue_name(&self, logical_id: &str) -> Option<&str> {
        self.core
            .plan
            .queues
            .iter()
            .find(|queue| queue.logical_id == logical_id)
            .map(|queue| queue.name.as_str())
    }

    /// The table service: its counts and faults.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.core.table
    }

    /// What functions printed.
    #[must_use]
    pub fn logs(&self) -> &Logs {
        &self.core.config.logs
    }

    /// Every variable of a function, for those who start it elsewhere.
    #[must_use]
    pub fn environment(&self, function: &str) -> Option<&BTreeMap<String, String>> {
        self.core.environment.get(function)
    }

    /// Calls a function directly.
    ///
    /// # Errors
    /// As [`InvokeError`] says.
    pub async fn invoke(&self, function: &str, payload: impl Into<Bytes>) -> Result<Bytes, InvokeError> {
        self.core.functions.invoke(function, payload.into()).await
    }

    /// Waits until no mapped queue has a visible message and nothing runs.
    ///
    /// # Errors
    /// Not within [`StackConfig::settle_bound`] of real time.
    pub async fn settle(&self) -> Result<(), StackError> {
        self.core.settle().await
    }

    /// Moves the clock; when schedules run by themselves, what became due runs.
    /// Then waits as [`Stack::settle`] does.
    ///
    /// # Errors
    /// The clock file cannot be written, or the stack does not settle.
    pub async fn advance(&self, step: Duration) -> Result<(), StackError> {
        self.core.advance(step).await
    }

    /// Runs the schedule of a function now and gives the function's answer.
    ///
    /// # Errors
    /// There is no such schedule, or the function failed.
    pub async fn fire_schedule(&self, function: &str) -> Result<Bytes, StackError> {
        self.core.fire_schedule(function).await
    }

    /// How often functions called each operation since the last clearing.
    #[must_use]
    pub fn calls(&self) -> Calls {
        self.core.calls()
    }

    /// Counts from zero again.
    pub fn clear_calls(&self) {
        self.core.clear_calls();
    }

    /// Kills the functions, keeps the queues where a data folder is given, and
    /// stops every server.
    ///
    /// # Errors
    /// The data folder cannot be written; everything is stopped all the same.
    pub async fn stop(self) -> Result<(), StackError> {
        drop(self.ticking);
        self.api.stop().await;
        drop(self.mappings);
        self.core.functions.stop().await;
        let kept = keep::save(&self.core.config, &self.core.queues);
        self.control.stop().await;
        self.queue_service.stop().await;
        if let Ok(core) = Arc::try_unwrap(self.core) {
            core.table.stop().await;
        }
        kept
    }
}
