//! One account whose secret can be rotated.

use super::fake::FakePay;
use super::wishes::account_at;
use async_trait::async_trait;
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::flows::{AccountError, Accounts, OpenAccount};
use bellhop_domain::ids::MerchantId;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub struct FakeAccounts {
    merchant: MerchantId,
    pay: Arc<FakePay>,
    rotated: AtomicBool,
    secrets_down: AtomicBool,
    renewals: AtomicUsize,
}

impl FakeAccounts {
    pub fn new(merchant: MerchantId, pay: Arc<FakePay>) -> Self {
        Self {
            merchant,
            pay,
            rotated: AtomicBool::new(false),
            secrets_down: AtomicBool::new(false),
            renewals: AtomicUsize::new(0),
        }
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
        Arc::new(OpenAccount {
            account: Account {
                at: account_at(),
                merchant: self.merchant,
                mode: Mode::Test,
                settings: serde_json::Map::new(),
                secret_name: "harbour-hotel".to_owned(),
            },
            provider: self.pay.clone(),
        })
    }
}

#[async_trait]
impl Accounts for FakeAccounts {
    async fn open(&self, at: &AccountRef) -> Result<Arc<OpenAccount>, AccountError> {
        let known = *at == account_at();
        known.then(|| self.opened()).ok_or(AccountError::Unknown)
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
