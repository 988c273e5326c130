//! Who calls: `Authorization: Bearer bh_test_...` to a merchant.

use crate::cache::Cache;
use crate::clock::Clock;
use crate::service::{ServiceKeyError, ServiceKeySource};
use bellhop_domain::SignedDuration;
use bellhop_domain::account::{KeyRecord, Merchant, Mode, Tenant};
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::service_key::{ServiceKeys, equal_in_constant_time};
use bellhop_domain::store::{Directory, StoreError};
use std::sync::Arc;
use thiserror::Error;

/// How long a merchant and its keys are believed: a revoked key is dead after this long at most.
pub const TENANT_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// A copy this young is not read again because a key was not in it.
pub const SECOND_LOOK: SignedDuration = SignedDuration::from_secs(10);

/// Merchants that one sandbox remembers, and as many that are not there.
const CAPACITY: usize = 256;

/// The merchant that calls, and with which key.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The merchant.
    pub merchant: Arc<Merchant>,
    /// Whether real money moves.
    pub mode: Mode,
    /// The key's public name.
    pub key: KeyId,
}

/// Why nobody is let in.
#[derive(Debug, Error)]
pub enum AuthError {
    /// No `Authorization: Bearer` header.
    #[error("no key was sent")]
    Missing,
    /// Garbage, unknown or revoked: the caller is not told which.
    #[error("the key is not good")]
    Refused,
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The service key cannot be had.
    #[error(transparent)]
    Service(#[from] ServiceKeyError),
}

/// Tells who calls.
pub struct Auth {
    directory: Arc<dyn Directory>,
    service: Arc<ServiceKeySource>,
    clock: Clock,
    known: Cache<MerchantId, Arc<Known>>,
    /// Apart from the known ones, so that made-up merchants push no real one out.
    unknown: Cache<MerchantId, ()>,
}

/// A merchant with its keys, shared.
struct Known {
    merchant: Arc<Merchant>,
    keys: Vec<KeyRecord>,
}

impl Auth {
    /// Looks merchants up in `directory`, and proves keys with `service`.
    pub fn new(directory: Arc<dyn Directory>, service: Arc<ServiceKeySource>, clock: Clock) -> Self {
        Self {
            directory,
            service,
            clock,
            known: Cache::new(TENANT_LIFE, CAPACITY),
            unknown: Cache::new(SECOND_LOOK, CAPACITY),
        }
    }

    /// The caller that an `Authorization` header speaks for. Garbage costs no look-up: a key carries
    /// a checksum.
    ///
    /// # Errors
    /// When there is no good key, or when it cannot be checked now.
    pub async fn caller(&self, authorization: Option<&str>) -> Result<Caller, AuthError> {
        let key = bearer(authorization).ok_or(AuthError::Missing)?;
        let key = ApiKey::parse(key).ok_or(AuthError::Refused)?;
        let keys = self.service.get().await?;
        let known = self.tenant(key.merchant(), TENANT_LIFE).await?;
        if let Some(record) = find(&known, &key, &keys) {
            return caller(&known, record);
        }
        self.second_look(&key, keys).await
    }

    /// The key may be newer than what we remember of its merchant, or the service key than ours.
    async fn second_look(&self, key: &ApiKey, keys: Arc<ServiceKeys>) -> Result<Caller, AuthError> {
        let keys = self.service.renew().await?.unwrap_or(keys);
        let known = self.tenant(key.merchant(), SECOND_LOOK).await?;
        let record = find(&known, key, &keys).ok_or(AuthError::Refused)?;
        caller(&known, record)
    }

    async fn tenant(&self, id: MerchantId, age: SignedDuration) -> Result<Arc<Known>, AuthError> {
        let now = self.clock.now();
        if let Some(known) = self.known.get_younger(&id, now, age) {
            return Ok(known);
        }
        if self.unknown.get(&id, now).is_some() {
            return Err(AuthError::Refused);
        }
        let Some(Tenant { merchant, keys }) = self.directory.tenant(id).await? else {
            self.known.remove(&id);
            self.unknown.put(id, (), now);
            return Err(AuthError::Refused);
        };
        let merchant = Arc::new(merchant);
        let known = Arc::new(Known { merchant, keys });
        self.known.put(id, Arc::clone(&known), now);
        Ok(known)
    }
}

/// The key of a bearer header (RFC 6750, section 2.1); the scheme's case does not matter (RFC 9110).
fn bearer(authorization: Option<&str>) -> Option<&str> {
    let (scheme, key) = authorization?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}

/// The record of `key`. Every record is compared with every hash, in a time that tells nothing.
fn find<'a>(known: &'a Known, key: &ApiKey, keys: &ServiceKeys) -> Option<&'a KeyRecord> {
    let hashes = key.hashes(keys);
    let mut found = None;
    for record in &known.keys {
        for hash in &hashes {
            if equal_in_constant_time(hash, &record.hash) {
                found = Some(record);
            }
        }
    }
    found.filter(|record| record.mode == key.mode())
}

fn caller(known: &Known, record: &KeyRecord) -> Result<Caller, AuthError> {
    if record.revoked_at.is_some() {
        return Err(AuthError::Refused);
    }
    Ok(Caller { merchant: Arc::clone(&known.merchant), mode: record.mode, key: record.id })
}
