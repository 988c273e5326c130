//! What a simulator remembers over a restart: one JSON file a provider, always written whole.

use std::fs;
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The file of one provider.
pub struct Keep {
    file: PathBuf,
}

impl Keep {
    /// `provider`.json in `dir`, which is made when it is not there.
    ///
    /// # Errors
    /// When `dir` cannot be made.
    pub fn open(dir: &Path, provider: &str) -> io::Result<Self> {
        fs::create_dir_all(dir).map_err(|error| told(dir, "cannot be made", &error))?;
        Ok(Self { file: dir.join(format!("{provider}.json")) })
    }

    /// What was written last; `None` when nothing ever was.
    ///
    /// # Errors
    /// When the file is there and is not what was written: nothing is guessed, and nothing is written over.
    pub fn read<T: DeserializeOwned>(&self) -> io::Result<Option<T>> {
        let broken = |error| told(&self.file, "cannot be read", &error);
        match fs::read(&self.file) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|error| broken(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }

    /// Replaces the file in one move: whoever reads it sees the old text or the new one.
    ///
    /// # Errors
    /// When the folder cannot be written to; the old file is then still there.
    pub fn write(&self, memory: &impl Serialize) -> io::Result<()> {
        let beside = self.file.with_extension("json.new");
        fs::write(&beside, serde_json::to_vec(memory)?)
            .and_then(|()| fs::rename(&beside, &self.file))
            .map_err(|error| told(&self.file, "cannot be written", &error))
    }
}

fn told(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} {what}: {error}", path.display()))
}

/// A value that notes when it is lent for changing, so that no change can be forgotten.
#[derive(Default)]
pub struct Watched<T> {
    value: T,
    changed: bool,
}

impl<T> Watched<T> {
    /// A value that is not yet changed.
    pub fn new(value: T) -> Self {
        Self { value, changed: false }
    }

    /// Whether it may have changed since it was last written.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Notes that it was written.
    pub fn written(&mut self) {
        self.changed = false;
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changed = true;
        &mut self.value
    }
}
