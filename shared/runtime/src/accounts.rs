//! Merchants' accounts at providers, opened: the directory's row, the secret, and the adapter.

use crate::cache::Cache;
use crate::clock::Clock;
use crate::secrets::{SecretCache, SecretError, same};
use async_trait::async_trait;
use bellhop_domain::SignedDuration;
use bellhop_domain::account::{Account, AccountRef};
use bellhop_domain::flows::{AccountError, Accounts, OpenAccount};
use bellhop_domain::provider::Provider;
use bellhop_domain::store::Directory;
use secrecy::SecretString;
use std::sync::Arc;

/// How long a row of the directory is believed.
pub const ROW_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// How long an account that is not there is believed not to be: long enough to blunt a flood of
/// forged messages, short enough that a new account works at once.
pub const ABSENT_LIFE: SignedDuration = SignedDuration::from_secs(10);

/// Accounts that one sandbox keeps.
const CAPACITY: usize = 256;

/// Makes the adapter of an account. [`crate::app`] gives the real providers, tests their own.
pub trait MakeProvider: Send + Sync {
    /// The adapter that speaks for `account` with `secret`.
    ///
    /// # Errors
    /// Says what is wrong with the settings or the secret, and shows nothing of either.
    fn make(&self, account: &Account, secret: &SecretString) -> Result<Arc<dyn Provider>, String>;
}

/// Opens accounts, and keeps them open while neither row nor secret changes.
pub struct AccountBook {
    directory: Arc<dyn Directory>,
    secrets: Arc<SecretCache>,
    makers: Arc<dyn MakeProvider>,
    prefix: String,
    clock: Clock,
    rows: Cache<AccountRef, Arc<Account>>,
    absent: Cache<AccountRef, ()>,
    open: Cache<AccountRef, Kept>,
}

/// An open account, and the secret it was opened with.
#[derive(Clone)]
struct Kept {
    account: Arc<OpenAccount>,
    secret: SecretString,
}

/// Where accounts and their secrets come from.
pub struct Sources {
    /// The rows.
    pub directory: Arc<dyn Directory>,
    /// The secrets.
    pub secrets: Arc<SecretCache>,
    /// What the name of every secret begins with.
    pub prefix: String,
}

impl AccountBook {
    /// A book over these sources.
    pub fn new(sources: Sources, makers: Arc<dyn MakeProvider>, clock: Clock) -> Self {
        Self {
            directory: sources.directory,
            secrets: sources.secrets,
            prefix: sources.prefix,
            makers,
            clock,
            rows: Cache::new(ROW_LIFE, CAPACITY),
            absent: Cache::new(ABSENT_LIFE, CAPACITY),
            open: Cache::new(SignedDuration::MAX, CAPACITY),
        }
    }

    async fn row(&self, at: &AccountRef) -> Result<Arc<Account>, AccountError> {
        let now = self.clock.now();
        if let Some(row) = self.rows.get(at, now) {
            return Ok(row);
        }
        if self.absent.get(at, now).is_some() {
            return Err(AccountError::Unknown);
        }
        let Some(row) = self.directory.account(at).await? else {
            self.absent.put(at.clone(), (), now);
            return Err(AccountError::Unknown);
        };
        let row = Arc::new(row);
        self.rows.put(at.clone(), Arc::clone(&row), now);
        Ok(row)
    }

    fn with_secret(&self, row: &Account, secret: SecretString) -> Result<Arc<OpenAccount>, AccountError> {
        let now = self.clock.now();
        let kept = self.open.get(&row.at, now);
        let kept = kept.filter(|kept| kept.account.account == *row && same(&kept.secret, &secret));
        if let Some(kept) = kept {
            return Ok(kept.account);
        }
        let provider = self.makers.make(row, &secret);
        let account = Arc::new(OpenAccount {
            account: row.clone(),
            provider: provider.map_err(AccountError::Unusable)?,
        });
        let kept = Kept { account: Arc::clone(&account), secret };
        self.open.put(row.at.clone(), kept, now);
        Ok(account)
    }

    fn secret_name(&self, row: &Account) -> String {
        format!("{}{}", self.prefix, row.secret_name)
    }
}

#[async_trait]
impl Accounts for AccountBook {
    async fn open(&self, at: &AccountRef) -> Result<Arc<OpenAccount>, AccountError> {
        let row = self.row(at).await?;
        let secret = self.secrets.get(&self.secret_name(&row)).await;
        self.with_secret(&row, secret.map_err(unavailable)?)
    }

    async fn renew(&self, at: &AccountRef) -> Result<Option<Arc<OpenAccount>>, AccountError> {
        let row = self.row(at).await?;
        let secret = self.secrets.renew(&self.secret_name(&row)).await;
        match secret.map_err(unavailable)? {
            Some(secret) => self.with_secret(&row, secret).map(Some),
            None => Ok(None),
        }
    }
}

/// A secret that is not there is the account's fault; a store that does not answer is not.
fn unavailable(error: SecretError) -> AccountError {
    match error {
        SecretError::Unavailable(_) => AccountError::Secret(Box::new(error)),
        SecretError::Missing(_) | SecretError::NotText(_) => AccountError::Unusable(error.to_string()),
    }
}
