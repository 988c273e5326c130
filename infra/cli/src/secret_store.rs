//! Reading and writing secrets: AWS Secrets Manager, or the local stack's file.

use crate::failure::Failure;
use aws_sdk_secretsmanager::Client;
use bellhop_runtime::secrets::{SecretError, SecretFile, SecretSource, SecretsManager};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where secrets are kept.
#[derive(Debug)]
pub enum SecretStore {
    /// The local stack's file: one JSON object, name to text.
    File(PathBuf),
    /// AWS Secrets Manager.
    Manager(Client),
}

impl SecretStore {
    /// A secret; `None` when there is none of that name.
    pub async fn find(&self, name: &str) -> Result<Option<SecretString>, Failure> {
        let found = match self {
            Self::File(path) if !path.exists() => Err(SecretError::Missing(name.to_owned())),
            Self::File(path) => SecretFile(path.clone()).fetch(name).await,
            Self::Manager(client) => SecretsManager(client.clone()).fetch(name).await,
        };
        match found {
            Ok(text) => Ok(Some(text)),
            Err(SecretError::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a secret that is not there yet.
    pub async fn create(&self, name: &str, text: &SecretString) -> Result<(), Failure> {
        match self {
            Self::File(path) => write_into(path, name, text, Held::Refused),
            Self::Manager(client) => create(client, name, text).await,
        }
    }

    /// Gives a secret that is there another text.
    pub async fn replace(&self, name: &str, text: &SecretString) -> Result<(), Failure> {
        match self {
            Self::File(path) => write_into(path, name, text, Held::Replaced),
            Self::Manager(client) => {
                let put = client.put_secret_value().secret_id(name);
                let put = put.secret_string(text.expose_secret()).send().await;
                put.map(drop).map_err(|error| Failure::unavailable(&error))
            }
        }
    }
}

/// What becomes of a secret that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Refused,
    Replaced,
}

/// There is a secret of that name.
pub fn exists(name: &str) -> Failure {
    Failure::Conflict(format!("there is a secret named {name} already"))
}

async fn create(client: &Client, name: &str, text: &SecretString) -> Result<(), Failure> {
    let call = client.create_secret().name(name);
    let made = call.secret_string(text.expose_secret()).send().await;
    made.map(drop).map_err(|error| match error.as_service_error() {
        Some(known) if known.is_resource_exists_exception() => exists(name),
        _ => Failure::unavailable(&error),
    })
}

fn write_into(path: &Path, name: &str, text: &SecretString, held: Held) -> Result<(), Failure> {
    let failed =
        |error: io::Error| Failure::Unavailable(format!("{} cannot be written: {error}", path.display()));
    let mut all = read_all(path)?;
    if held == Held::Refused && all.contains_key(name) {
        return Err(exists(name));
    }
    all.insert(name.to_owned(), text.expose_secret().into());
    let bytes = serde_json::to_vec_pretty(&Value::Object(all));
    let bytes = bytes.map_err(|error| failed(error.into()))?;
    put_in_place(path, &bytes).map_err(failed)
}

/// The file's secrets; none where there is no file. The parser's words could quote a secret.
fn read_all(path: &Path) -> Result<Map<String, Value>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => {
            let text = format!("{} cannot be read: {error}", path.display());
            return Err(Failure::Unavailable(text));
        }
    };
    let text = || format!("{} is not a JSON object", path.display());
    serde_json::from_slice(&bytes).map_err(|_| Failure::Unavailable(text()))
}

/// Only we may read it, and no reader ever sees half of it.
fn put_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let mut file = OpenOptions::new();
    let mut file = file.write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let done = written.and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

#[cfg(test)]
mod tests;
