//! Merchants, their accounts at providers, and their keys to our API.

use crate::Timestamp;
use crate::ids::{KeyId, MerchantId};
use crate::provider::ProviderName;
use crate::text::{AccountName, Origin};
use crate::words::words;

words!(
    /// Whether real money moves.
    Mode {
        /// No real money; `http` return URLs are fine.
        Test = "test",
        /// Real money.
        Live = "live",
    }
);

/// A merchant's account at a provider: `govuk_pay/harbour-hotel`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountRef {
    /// The provider.
    pub provider: ProviderName,
    /// The account's name, unique per provider.
    pub name: AccountName,
}

impl std::fmt::Display for AccountRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.provider, self.name.as_str())
    }
}

impl AccountRef {
    /// Reads `provider/account`.
    pub fn parse(text: &str) -> Option<Self> {
        let (provider, name) = text.split_once('/')?;
        Some(Self { provider: ProviderName::parse(provider)?, name: AccountName::parse(name).ok()? })
    }
}

/// What is kept of an account at a provider. The secret itself stands in the secret store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which account.
    pub at: AccountRef,
    /// Whose it is.
    pub merchant: MerchantId,
    /// Whether real money moves.
    pub mode: Mode,
    /// What the provider's adapter needs besides the secret; nothing secret.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// The name of the secret in the secret store.
    pub secret_name: String,
}

/// A booking site's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// Its name, shown to payers.
    pub name: String,
    /// Where its payers may be sent back to.
    pub origins: Vec<Origin>,
    /// Its accounts; the first of a provider and mode is used for that provider.
    pub accounts: Vec<(AccountRef, Mode)>,
    /// The provider of a session that names none.
    pub default_provider: Option<ProviderName>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Merchant {
    /// The account that a session at `provider` uses.
    pub fn account(&self, provider: ProviderName, mode: Mode) -> Option<&AccountRef> {
        let mut accounts = self.accounts.iter();
        accounts.find(|(at, of)| at.provider == provider && *of == mode).map(|(at, _)| at)
    }
}

/// A key to our API. Only its keyed hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// The key's public name.
    pub id: KeyId,
    /// Whose it is.
    pub merchant: MerchantId,
    /// What it may move.
    pub mode: Mode,
    /// HMAC-SHA256 of the whole key under the service key.
    pub hash: [u8; 32],
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A merchant with all its keys: one read answers who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// The merchant.
    pub merchant: Merchant,
    /// Its keys, revoked ones too.
    pub keys: Vec<KeyRecord>,
}
