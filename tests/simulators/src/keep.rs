//! What a simulator remembers over a restart: one JSON file a provider, always written whole.

use std::fs;
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The file of one provider.
pub struct Keep {
    file: PathBuf,
}

/// A simulator's memory, of which some parts outlive a restart.
pub trait Kept {
    /// What is written.
    fn memory(&self) -> impl Serialize;

    /// The parts it is made of.
    fn parts(&mut self) -> Vec<&mut dyn Part>;
}

/// A part that knows whether it may have changed since it was last written.
pub trait Part {
    /// Whether it may have changed.
    fn is_changed(&self) -> bool;

    /// Notes that it was written.
    fn written(&mut self);
}

/// The file of a provider in the data folder, if there is one, and what was written there last.
///
/// # Errors
/// When the folder cannot be made, or the file cannot be read.
pub fn recall<T: DeserializeOwned + Default>(
    dir: Option<&Path>,
    provider: &str,
) -> io::Result<(Option<Keep>, T)> {
    let keep = dir.map(|dir| Keep::open(dir, provider)).transpose()?;
    let memory = keep.as_ref().map(Keep::read).transpose()?.flatten();
    Ok((keep, memory.unwrap_or_default()))
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

    /// Writes what changed. What cannot be written stays marked: the next step, or tick, tries again.
    pub fn changes_of(&self, kept: &mut impl Kept) {
        if !kept.parts().iter().any(|part| part.is_changed()) {
            return;
        }
        let written = self.write(&kept.memory());
        match written {
            Ok(()) => kept.parts().into_iter().for_each(Part::written),
            Err(error) => eprintln!("{error}"),
        }
    }
}

fn told(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} {what}: {error}", path.display()))
}

/// Reads a value that is kept as a word.
///
/// # Errors
/// When `read` does not know the word.
pub fn word<'de, T, D: Deserializer<'de>>(from: D, read: impl Fn(&str) -> Option<T>) -> Result<T, D::Error> {
    let word = String::deserialize(from)?;
    read(&word).ok_or_else(|| D::Error::custom(format!("{word} is not known")))
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

impl<T> Part for Watched<T> {
    fn is_changed(&self) -> bool {
        self.is_changed()
    }

    fn written(&mut self) {
        self.written();
    }
}

impl<T: Serialize> Serialize for Watched<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
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
