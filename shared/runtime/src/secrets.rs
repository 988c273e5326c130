//! Secrets: AWS Secrets Manager, or a file on the local stack, behind a cache.

use crate::cache::is_younger;
use crate::clock::Clock;
use async_trait::async_trait;
use aws_sdk_secretsmanager::Client;
use bellhop_domain::service_key::equal_in_constant_time;
use bellhop_domain::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;
use tokio::sync::Mutex as AsyncMutex;

/// How long a secret is used before it is fetched again.
pub const SECRET_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// A secret fetched this recently is not fetched again because something was refused: forged
/// messages would otherwise cost a call each.
pub const RENEW_PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// A secret that could not be had. It names the secret and never shows a part of it.
#[derive(Debug, Error)]
pub enum SecretError {
    /// There is no secret of that name.
    #[error("there is no secret named {0}")]
    Missing(String),
    /// It is there, and holds no text.
    #[error("the secret named {0} holds no text")]
    NotText(String),
    /// The secret store failed: try again later.
    #[error("the secret store is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Where secrets come from.
#[async_trait]
pub trait SecretSource: Send + Sync {
    /// The secret's text as it is now.
    async fn fetch(&self, name: &str) -> Result<SecretString, SecretError>;
}

/// AWS Secrets Manager.
#[derive(Debug, Clone)]
pub struct SecretsManager(pub Client);

#[async_trait]
impl SecretSource for SecretsManager {
    async fn fetch(&self, name: &str) -> Result<SecretString, SecretError> {
        let answer = self.0.get_secret_value().secret_id(name).send().await;
        let value = answer.map_err(|error| match error.as_service_error() {
            Some(known) if known.is_resource_not_found_exception() => SecretError::Missing(name.to_owned()),
            _ => SecretError::Unavailable(error.into()),
        })?;
        let text = value.secret_string.map(SecretString::from);
        text.ok_or_else(|| SecretError::NotText(name.to_owned()))
    }
}

/// One JSON object in a file, name to text or JSON; read at each fetch. For the local stack.
#[derive(Debug, Clone)]
pub struct SecretFile(pub PathBuf);

#[async_trait]
impl SecretSource for SecretFile {
    async fn fetch(&self, name: &str) -> Result<SecretString, SecretError> {
        let bytes = std::fs::read(&self.0).map_err(|error| SecretError::Unavailable(error.into()))?;
        // serde_json's error may quote the file; the fixed sentence cannot.
        let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&bytes)
            .map_err(|_| SecretError::Unavailable("the file is not a JSON object".into()))?;
        match all.remove(name) {
            Some(serde_json::Value::String(text)) => Ok(text.into()),
            Some(json @ serde_json::Value::Object(_)) => Ok(json.to_string().into()),
            Some(_) => Err(SecretError::NotText(name.to_owned())),
            None => Err(SecretError::Missing(name.to_owned())),
        }
    }
}

/// Secrets, kept for at most [`SECRET_LIFE`] by the wall clock.
pub struct SecretCache {
    source: Arc<dyn SecretSource>,
    clock: Clock,
    slots: Mutex<HashMap<String, Slot>>,
}

/// One secret. The lock is held while it is fetched, so that ten who need it make one call.
type Slot = Arc<AsyncMutex<Option<Kept>>>;

struct Kept {
    text: SecretString,
    at: Timestamp,
}

impl SecretCache {
    /// A cache before `source`.
    pub fn new(source: Arc<dyn SecretSource>, clock: Clock) -> Self {
        let slots = Mutex::default();
        Self { source, clock, slots }
    }

    /// The secret's text, at most [`SECRET_LIFE`] old.
    ///
    /// # Errors
    /// When it has to be fetched and cannot be.
    pub async fn get(&self, name: &str) -> Result<SecretString, SecretError> {
        let slot = self.slot(name);
        let mut kept = slot.lock().await;
        match &*kept {
            Some(kept) if self.is_fresh(kept, SECRET_LIFE) => Ok(kept.text.clone()),
            _ => self.fetch(name, &mut kept).await,
        }
    }

    /// Fetches the secret again, after a proof or a call was refused. `None` when the cached copy is
    /// younger than [`RENEW_PAUSE`] or nothing new came: trying again would change nothing.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn renew(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        let slot = self.slot(name);
        let mut kept = slot.lock().await;
        let before = match &*kept {
            Some(kept) if self.is_fresh(kept, RENEW_PAUSE) => return Ok(None),
            Some(kept) => Some(kept.text.clone()),
            None => None,
        };
        let text = self.fetch(name, &mut kept).await?;
        let changed = before.is_none_or(|before| !same(&before, &text));
        Ok(changed.then_some(text))
    }

    async fn fetch(&self, name: &str, kept: &mut Option<Kept>) -> Result<SecretString, SecretError> {
        let text = self.source.fetch(name).await?;
        *kept = Some(Kept { text: text.clone(), at: self.clock.now() });
        Ok(text)
    }

    fn is_fresh(&self, kept: &Kept, age: SignedDuration) -> bool {
        is_younger(kept.at, self.clock.now(), age)
    }

    fn slot(&self, name: &str) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(name.to_owned()).or_default())
    }
}

/// Whether two secrets have the same text.
pub fn same(left: &SecretString, right: &SecretString) -> bool {
    equal_in_constant_time(left.expose_secret().as_bytes(), right.expose_secret().as_bytes())
}
