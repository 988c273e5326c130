//! A data folder for what outlives a restart.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A folder that nothing uses, and that is not yet there.
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        Self(std::env::temp_dir().join(format!("simulator-data-{}-{number}", std::process::id())))
    }

    /// The file of a provider.
    pub fn file(&self, provider: &str) -> PathBuf {
        self.0.join(format!("{provider}.json"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
