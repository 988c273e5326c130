//! Who calls, and whether the call was made before. `[doc]` PROVIDERS §5.1 and §5.6.

use axum::http::HeaderMap;

use super::errors::ApiError;
use super::world::{UsedKey, World};

/// SDK `HeaderEnum.php`.
const IDEMPOTENCY_KEY: &str = "x-partner-idempotency-key";

/// A header as text.
pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The idempotency key of a call.
pub fn idempotency_key(headers: &HeaderMap) -> Option<&str> {
    header(headers, IDEMPOTENCY_KEY)
}

impl World {
    /// Takes a call of a known project whose signature is of exactly the bytes that came.
    pub fn admit(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
        if header(headers, "x-partner-project") != Some(&self.config.project.name) {
            return Err(ApiError::identification());
        }
        let signature = header(headers, "x-partner-sign").unwrap_or_default();
        if self.partner_key.verifies(body, signature) { Ok(()) } else { Err(ApiError::authentication()) }
    }

    /// Takes a key once, whatever becomes of the call `[inf]` "in progress or processed".
    pub fn use_key(&mut self, headers: &HeaderMap, operation: &str) -> Result<(), ApiError> {
        let Some(key) = idempotency_key(headers) else {
            return Ok(());
        };
        if let Some(used) = self.used_keys.iter_mut().find(|used| used.key == key) {
            used.calls += 1;
            return Err(ApiError::repeated());
        }
        self.used_keys.push(UsedKey { key: key.to_owned(), operation: operation.to_owned(), calls: 1 });
        Ok(())
    }
}
