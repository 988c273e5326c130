//! Our own secret key, from the secret `{prefix}service`.

use crate::secrets::{SecretCache, SecretError, same};
use bellhop_domain::service_key::ServiceKeys;
use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;

/// The service key cannot be had.
#[derive(Debug, Error)]
pub enum ServiceKeyError {
    /// The secret store failed, or has no such secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The secret is not `{"current": "<64 hex digits>", "previous": "<64 hex digits>"}`.
    #[error("the service key is not two texts of 64 hex digits in JSON")]
    Unreadable,
}

/// Where the service keys come from: a secret, read anew when its cached copy is old.
pub struct ServiceKeySource {
    secrets: Arc<SecretCache>,
    name: String,
    read: Mutex<Option<Read>>,
}

type Read = (SecretString, Arc<ServiceKeys>);

/// The secret's JSON. `previous` is there while keys are rotated.
#[derive(Deserialize)]
struct Wire {
    current: SecretString,
    previous: Option<SecretString>,
}

impl ServiceKeySource {
    /// The keys of the secret named `{prefix}service`.
    pub fn new(secrets: Arc<SecretCache>, prefix: &str) -> Self {
        Self { secrets, name: format!("{prefix}service"), read: Mutex::default() }
    }

    /// The keys, as old as the secret's cached copy.
    ///
    /// # Errors
    /// When the secret cannot be fetched or read.
    pub async fn get(&self) -> Result<Arc<ServiceKeys>, ServiceKeyError> {
        let text = self.secrets.get(&self.name).await?;
        self.keys_of(text)
    }

    /// The keys after something they should prove was refused; `None` when they are the same.
    ///
    /// # Errors
    /// When the secret cannot be fetched or read.
    pub async fn renew(&self) -> Result<Option<Arc<ServiceKeys>>, ServiceKeyError> {
        let text = self.secrets.renew(&self.name).await?;
        text.map(|text| self.keys_of(text)).transpose()
    }

    fn keys_of(&self, text: SecretString) -> Result<Arc<ServiceKeys>, ServiceKeyError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, keys)) = &*read
            && same(of, &text)
        {
            return Ok(Arc::clone(keys));
        }
        let keys = Arc::new(parse(&text)?);
        *read = Some((text, Arc::clone(&keys)));
        Ok(keys)
    }
}

/// Reads the secret's JSON.
///
/// # Errors
/// When it is not what it should be.
pub fn parse(text: &SecretString) -> Result<ServiceKeys, ServiceKeyError> {
    let wire: Wire = serde_json::from_str(text.expose_secret()).map_err(|_| ServiceKeyError::Unreadable)?;
    let current = bytes(&wire.current)?;
    let previous = wire.previous.as_ref().map(bytes).transpose()?;
    Ok(ServiceKeys::new(&current, previous.as_ref()))
}

fn bytes(hex: &SecretString) -> Result<[u8; 32], ServiceKeyError> {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.expose_secret().as_bytes());
    let bytes = bytes.ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or(ServiceKeyError::Unreadable)
}
