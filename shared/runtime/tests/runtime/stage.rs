//! Stand-ins: a clock to move, secrets to change, a directory to fill.

use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Mode, Tenant};
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_domain::store::{Directory, StoreError};
use bellhop_runtime::clock::Clock;
use bellhop_runtime::secrets::{SecretError, SecretSource};
use secrecy::SecretString;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// A path of this test's own.
pub fn own_path(name: &str) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("bellhop-{}-{count}-{name}", std::process::id()))
}

/// A clock that stands still until it is moved.
pub struct Hands {
    file: PathBuf,
    at: AtomicU64,
}

impl Hands {
    pub fn at(millis: u64) -> Self {
        let hands = Self { file: own_path("clock"), at: AtomicU64::new(millis) };
        hands.forward(0);
        hands
    }

    pub fn clock(&self) -> Clock {
        Clock::following(&self.file)
    }

    pub fn forward(&self, millis: u64) {
        let at = self.at.fetch_add(millis, Ordering::Relaxed) + millis;
        std::fs::write(&self.file, format!("frozen {at}\n")).unwrap();
    }

    pub fn back(&self, millis: u64) {
        self.at.fetch_sub(millis, Ordering::Relaxed);
        self.forward(0);
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        std::fs::remove_file(&self.file).unwrap();
    }
}

/// Secrets that can be changed, and count how often they are fetched.
#[derive(Default)]
pub struct Vault {
    pub texts: Mutex<HashMap<String, String>>,
    pub fetched: AtomicUsize,
    pub down: Mutex<bool>,
}

impl Vault {
    pub fn with(name: &str, text: &str) -> Self {
        let vault = Self::default();
        vault.set(name, text);
        vault
    }

    pub fn set(&self, name: &str, text: &str) {
        let mut texts = self.texts.lock().unwrap();
        texts.insert(name.to_owned(), text.to_owned());
    }

    pub fn count(&self) -> usize {
        self.fetched.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl SecretSource for Vault {
    async fn fetch(&self, name: &str) -> Result<SecretString, SecretError> {
        self.fetched.fetch_add(1, Ordering::Relaxed);
        if *self.down.lock().unwrap() {
            return Err(SecretError::Unavailable("no answer".into()));
        }
        tokio::task::yield_now().await;
        let text = self.texts.lock().unwrap().get(name).cloned();
        text.map(SecretString::from).ok_or_else(|| SecretError::Missing(name.to_owned()))
    }
}

/// A directory that counts its reads.
#[derive(Default)]
pub struct Book {
    pub tenants: Mutex<HashMap<MerchantId, Tenant>>,
    pub accounts: Mutex<HashMap<AccountRef, Account>>,
    pub reads: AtomicUsize,
}

impl Book {
    pub fn count(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Directory for Book {
    async fn add_merchant(&self, merchant: &Merchant) -> Result<bool, StoreError> {
        let tenant = Tenant { merchant: merchant.clone(), keys: Vec::new() };
        let before = self.tenants.lock().unwrap().insert(merchant.id, tenant);
        Ok(before.is_none())
    }

    async fn add_account(&self, account: &Account) -> Result<bool, StoreError> {
        let mut accounts = self.accounts.lock().unwrap();
        Ok(accounts.insert(account.at.clone(), account.clone()).is_none())
    }

    async fn tenant(&self, id: MerchantId) -> Result<Option<Tenant>, StoreError> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        Ok(self.tenants.lock().unwrap().get(&id).cloned())
    }

    async fn account(&self, at: &AccountRef) -> Result<Option<Account>, StoreError> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        Ok(self.accounts.lock().unwrap().get(at).cloned())
    }

    async fn add_key(&self, key: &KeyRecord) -> Result<(), StoreError> {
        let mut tenants = self.tenants.lock().unwrap();
        tenants.get_mut(&key.merchant).unwrap().keys.push(key.clone());
        Ok(())
    }

    async fn revoke_key(&self, merchant: MerchantId, key: KeyId, now: Timestamp) -> Result<bool, StoreError> {
        let mut tenants = self.tenants.lock().unwrap();
        let keys = &mut tenants.get_mut(&merchant).unwrap().keys;
        let found = keys.iter_mut().find(|record| record.id == key);
        Ok(found.map(|record| record.revoked_at = Some(now)).is_some())
    }
}

/// 2026-11-20T18:00:00Z in milliseconds.
pub const EVENING: u64 = 1_795_197_600_000;

pub fn evening() -> Timestamp {
    Timestamp::from_millisecond(EVENING as i64).unwrap()
}

pub fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::from_bytes([7; 16]),
        name: "Harbour Hotel".to_owned(),
        origins: Vec::new(),
        accounts: Vec::new(),
        default_provider: None,
        created_at: evening(),
    }
}

pub fn account() -> Account {
    Account {
        at: AccountRef::parse("govuk_pay/harbour").unwrap(),
        merchant: merchant().id,
        mode: Mode::Test,
        settings: serde_json::Map::new(),
        secret_name: "harbour".to_owned(),
    }
}
