//! One account whose secret can be rotated, and others beside it.

use super::fake::FakePay;
use super::wishes::account_at;
use async_trait::async_trait;
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::flows::{AccountError, Accounts, OpenAccount};
use bellhop_domain::ids::MerchantId;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

pub struct FakeAccounts {
    merchant: MerchantId,
    pay: Arc<FakePay>,
    rotated: AtomicBool,
    secrets_down: AtomicBool,
    renewals: AtomicUsize,
    others: Mutex<BTreeMap<AccountRef, Arc<FakePay>>>,
}

impl FakeAccounts {
    pub fn new(merchant: MerchantId, pay: Arc<FakePay>) -> Self {
        Self {
            merchant,
            pay,
            rotated: AtomicBool::new(false),
            secrets_down: AtomicBool::new(false),
            renewals: AtomicUsize::new(0),
            others: Mutex::default(),
        }
    }

    /// Another account of the merchant's, at a provider of its own.
    pub fn add(&self, at: &AccountRef, pay: Arc<FakePay>) {
        self.others.lock().unwrap().insert(at.clone(), pay);
    }

    /// From now on a renewal finds a new secret.
    pub fn rotate(&self) {
        self.rotated.store(true, Ordering::Relaxed);
    }

    /// From now on no secret can be fetched again.
    pub fn lose_secrets(&self) {
        self.secrets_down.store(true, Ordering::Relaxed);
    }

    pub fn renewals(&self) -> usize {
        self.renewals.load(Ordering::Relaxed)
    }

    fn opened(&self) -> Arc<OpenAccount> {
        self.opened_at(account_at(), self.pay.clone())
    }

    fn opened_at(&self, at: AccountRef, provider: Arc<FakePay>) -> Arc<OpenAccount> {
        Arc::new(OpenAccount {
            account: Account {
                at,
                merchant: self.merchant,
                mode: Mode::Test,
                settings: serde_json::Map::new(),
                secret_name: "harbour-hotel".to_owned(),
            },
            provider,
        })
    }
}

#[async_trait]
impl Accounts for FakeAccounts {
    async fn open(&self, at: &AccountRef) -> Result<Arc<OpenAccount>, AccountError> {
        if *at == account_at() {
            return Ok(self.opened());
        }
        let other = self.others.lock().unwrap().get(at).cloned();
        other.map(|pay| self.opened_at(at.clone(), pay)).ok_or(AccountError::Unknown)
    }

    async fn renew(&self, _: &AccountRef) -> Result<Option<Arc<OpenAccount>>, AccountError> {
        self.renewals.fetch_add(1, Ordering::Relaxed);
        if self.secrets_down.load(Ordering::Relaxed) {
            return Err(AccountError::Secret("down".into()));
        }
        let rotated = self.rotated.load(Ordering::Relaxed);
        Ok(rotated.then(|| self.opened()))
    }
}
