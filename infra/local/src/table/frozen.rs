//! A copy of the table as it was, for indexes that lag.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dynoxide::Database;
use uuid::Uuid;

use super::{Engine, refused};
use crate::error::StackError;

/// At most one copy; clones share it.
#[derive(Clone, Default)]
pub(super) struct Frozen {
    engine: Arc<Mutex<Option<Engine>>>,
}

impl Frozen {
    /// Copies the database as it is now and serves the copy in place of an older one.
    pub(super) async fn copy(&self, database: &Database) -> Result<(), StackError> {
        let path = std::env::temp_dir().join(format!("bellhop-local-{}.sqlite", Uuid::new_v4()));
        let text = path.to_string_lossy();
        let copy = database.vacuum_into(&text).and_then(|()| {
            let copy = Database::memory()?;
            copy.restore_from(&text)?;
            Ok(copy)
        });
        let _ = std::fs::remove_file(&path);
        let engine = Engine::start(copy.map_err(refused)?).await?;
        let older = self.slot().replace(engine);
        if let Some(older) = older {
            older.stop().await;
        }
        Ok(())
    }

    pub(super) fn url(&self) -> Option<String> {
        self.slot().as_ref().map(|engine| engine.url.clone())
    }

    pub(super) async fn stop(&self) {
        let engine = self.slot().take();
        if let Some(engine) = engine {
            engine.stop().await;
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
