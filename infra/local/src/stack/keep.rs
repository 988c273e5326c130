//! What survives a restart: the table's file and the queues' messages.

use std::path::{Path, PathBuf};

use super::StackConfig;
use crate::error::StackError;
use crate::sqs::Queues;
use crate::table::Storage;

/// Where items are kept; makes the data folder.
pub(super) fn storage(config: &StackConfig) -> Result<Storage, StackError> {
    let Some(dir) = &config.data else {
        return Ok(Storage::Memory);
    };
    std::fs::create_dir_all(dir).map_err(StackError::file(dir))?;
    Ok(Storage::File(dir.join("table.sqlite")))
}

/// Takes over the messages of an earlier run.
pub(super) fn restore(config: &StackConfig, queues: &Queues) -> Result<(), StackError> {
    let Some(path) = config.data.as_deref().map(file) else {
        return Ok(());
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StackError::file(path)(error)),
    };
    let refused = |error: serde_json::Error| StackError::Queue(format!("{}: {error}", path.display()));
    queues.restore(&serde_json::from_str(&text).map_err(refused)?).map_err(refused)
}

/// Writes the messages, beside the file and renamed, so that a crash loses nothing.
pub(super) fn save(config: &StackConfig, queues: &Queues) -> Result<(), StackError> {
    let Some(path) = config.data.as_deref().map(file) else {
        return Ok(());
    };
    let beside = path.with_extension("new");
    std::fs::write(&beside, queues.snapshot().to_string()).map_err(StackError::file(&beside))?;
    std::fs::rename(&beside, &path).map_err(StackError::file(&path))
}

fn file(dir: &Path) -> PathBuf {
    dir.join("queues.json")
}
