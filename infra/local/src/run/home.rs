//! The folder of one run: the one given, or one that goes with the run.

use std::path::{Path, PathBuf};

use bellhop_local::StackError;
use uuid::Uuid;

/// Clock, secrets and the demo key of a run.
pub(super) struct Home {
    dir: PathBuf,
    is_temporary: bool,
}

impl Home {
    /// Makes the folder, and the secrets file when it is not there.
    pub(super) fn open(data: Option<&Path>) -> Result<Self, StackError> {
        let temporary = || std::env::temp_dir().join(format!("bellhop-local-{}", Uuid::new_v4()));
        let dir = data.map_or_else(temporary, Path::to_path_buf);
        std::fs::create_dir_all(&dir).map_err(StackError::file(&dir))?;
        let dir = dir.canonicalize().map_err(StackError::file(&dir))?;
        let home = Self { dir, is_temporary: data.is_none() };
        if !home.secrets_file().exists() {
            home.write(&home.secrets_file(), "{}\n")?;
        }
        Ok(home)
    }

    pub(super) fn clock_file(&self) -> PathBuf {
        self.dir.join("clock")
    }

    pub(super) fn secrets_file(&self) -> PathBuf {
        self.dir.join("secrets.json")
    }

    pub(super) fn key_file(&self) -> PathBuf {
        self.dir.join("demo-key")
    }

    pub(super) fn signing_file(&self) -> PathBuf {
        self.dir.join("demo-signing-secret")
    }

    /// The folder itself, when it outlives the run.
    pub(super) fn lasting(&self) -> Option<&Path> {
        (!self.is_temporary).then_some(&*self.dir)
    }

    /// The demo merchant's key of an earlier run.
    pub(super) fn demo_key(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.key_file()).ok()?;
        Some(text.trim().to_owned()).filter(|key| !key.is_empty())
    }

    pub(super) fn keep_demo_key(&self, key: &str) -> Result<(), StackError> {
        self.write(&self.key_file(), key)
    }

    pub(super) fn keep_signing_secret(&self, secret: &str) -> Result<(), StackError> {
        self.write(&self.signing_file(), secret)
    }

    /// Writes the secret of one of the demo's accounts to a file, until the next one is; its path.
    pub(super) fn keep_provider_secret(&self, secret: &str) -> Result<String, StackError> {
        let path = self.dir.join("demo-provider-secret");
        self.write(&path, secret)?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// Writes the configuration of a provider's simulator, as this release has it; its path.
    pub(super) fn keep_simulator_config(&self, provider: &str, config: &str) -> Result<String, StackError> {
        let path = self.dir.join(format!("{provider}-config.json"));
        self.write(&path, config)?;
        Ok(path.to_string_lossy().into_owned())
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), StackError> {
        std::fs::write(path, text).map_err(StackError::file(path))
    }

    /// Removes a temporary folder.
    pub(super) fn close(&self) {
        if self.is_temporary {
            let _ = std::fs::remove_dir_all(&self.dir);
        }
    }
}
