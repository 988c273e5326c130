//! The table: an embedded engine behind a gate that counts and fails.
//!
//! The engine (dynoxide) speaks DynamoDB's JSON protocol on a loopback port of
//! its own; the proxy in front is what functions see. Items past their time to
//! live stay: DynamoDB itself promises only "within a few days".

mod answer;
mod fault;
mod frozen;
mod gate;
mod proxy;

use std::path::PathBuf;

use dynoxide::Database;
use dynoxide::server::serve_with_shutdown;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::StackError;
use crate::server::{Server, listen, url_of};
use crate::template::TablePlan;
pub use fault::{Fault, FaultKind};
use frozen::Frozen;
pub use gate::Gate;
use gate::guard;

/// Where items are kept.
#[derive(Debug, Clone)]
pub enum Storage {
    /// In memory: gone when the stack stops.
    Memory,
    /// In a file, which is made when it is not there.
    File(PathBuf),
}

/// The running table service.
pub struct Table {
    database: Database,
    gate: Gate,
    frozen: Frozen,
    proxy: Server,
    engine: Engine,
}

impl Table {
    /// Opens the storage and serves it on the listener.
    ///
    /// # Errors
    /// The file is not a table file, or no port is free for the engine.
    pub async fn start(storage: Storage, listener: TcpListener) -> Result<Self, StackError> {
        let database = match storage {
            Storage::Memory => Database::memory(),
            Storage::File(path) => Database::new(&path.to_string_lossy()),
        };
        let database = database.map_err(refused)?;
        let engine = Engine::start(database.clone()).await?;
        let gate = Gate::default();
        let frozen = Frozen::default();
        let router = proxy::router(engine.url.clone(), frozen.clone());
        let proxy = Server::start(listener, guard(router, gate.clone()));
        Ok(Self { database, gate, frozen, proxy, engine })
    }

    /// Makes the table unless it is there already, and sets its time to live.
    ///
    /// # Errors
    /// The engine refuses the definition: DynamoDB would too.
    pub fn create(&self, plan: &TablePlan) -> Result<(), StackError> {
        let named = |error| StackError::Table(format!("{}: {error}", plan.logical_id));
        if self.database.get_table_metadata(&plan.name).map_err(refused)?.is_some() {
            return Ok(());
        }
        let request =
            serde_json::from_value(plan.create.clone()).map_err(|error| named(error.to_string()))?;
        self.database.create_table(request).map_err(|error| named(error.to_string()))?;
        let Some(attribute) = &plan.ttl else {
            return Ok(());
        };
        let request = json!({
            "TableName": plan.name,
            "TimeToLiveSpecification": { "Enabled": true, "AttributeName": attribute },
        });
        let request = serde_json::from_value(request).map_err(|error| named(error.to_string()))?;
        self.database.update_time_to_live(request).map_err(|error| named(error.to_string()))?;
        Ok(())
    }

    /// Adds a fault; a frozen index is copied at this moment.
    ///
    /// # Errors
    /// The copy cannot be made.
    pub async fn add_fault(&self, fault: Fault) -> Result<(), StackError> {
        if fault.kind == FaultKind::IndexFrozen {
            self.frozen.copy(&self.database).await?;
        }
        self.gate.add(fault);
        Ok(())
    }

    /// Counts and faults.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Where functions reach it.
    #[must_use]
    pub fn url(&self) -> &str {
        self.proxy.url()
    }

    /// Stops serving; everything acknowledged is in the file.
    pub async fn stop(self) {
        self.proxy.stop().await;
        self.frozen.stop().await;
        self.engine.stop().await;
    }
}

fn refused(error: impl std::fmt::Display) -> StackError {
    StackError::Table(error.to_string())
}

/// One database on a loopback port.
struct Engine {
    url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Engine {
    async fn start(database: Database) -> Result<Self, StackError> {
        let listener = listen(0).await?;
        let url = url_of(&listener);
        let (stop, stopped) = oneshot::channel::<()>();
        let until = async {
            let _ = stopped.await;
        };
        let task = tokio::spawn(async move {
            let _ = serve_with_shutdown(listener, database, until).await;
        });
        Ok(Self { url, stop, task })
    }

    async fn stop(self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(std::time::Duration::from_millis(300), self.task).await;
    }
}
