//! What an app is put together from: the real table, queue, secrets and providers, or a test's.

use crate::accounts::MakeProvider;
use crate::aws::Clients;
use crate::clock::Clock;
use crate::config::Config;
use crate::secrets::{SecretFile, SecretSource, SecretsManager};
use crate::sqs::SqsQueue;
use bellhop_domain::account::Account;
use bellhop_domain::provider::Provider;
use bellhop_domain::queue::Queue;
use bellhop_domain::store::{Directory, Store};
use bellhop_providers::http::{ClientError, HttpClient};
use bellhop_providers::{Now, ProviderSet};
use bellhop_store::DynamoStore;
use secrecy::SecretString;
use std::sync::Arc;

/// What an [`crate::app::App`] is put together from.
pub struct Parts {
    /// Sessions.
    pub store: Arc<dyn Store>,
    /// Merchants, accounts and keys.
    pub directory: Arc<dyn Directory>,
    /// The queue of looks.
    pub queue: Arc<dyn Queue>,
    /// Secrets.
    pub secrets: Arc<dyn SecretSource>,
    /// Adapters of providers.
    pub providers: Arc<dyn MakeProvider>,
}

impl Parts {
    /// The real ones; secrets from a file on the local stack.
    ///
    /// # Errors
    /// When the providers' HTTP client cannot be made.
    pub fn real(config: &Config, clients: &Clients, queue: SqsQueue) -> Result<Self, ClientError> {
        let store = DynamoStore::new(clients.dynamodb.clone(), config.table.clone());
        let store = Arc::new(store);
        let secrets: Arc<dyn SecretSource> = match &config.secrets_file {
            Some(file) => Arc::new(SecretFile(file.clone())),
            None => Arc::new(SecretsManager(clients.secrets.clone())),
        };
        let clock = Clock::from_config(config);
        let now = Now::new(move || clock.now());
        Ok(Self {
            directory: store.clone(),
            store,
            queue: Arc::new(queue),
            secrets,
            providers: Arc::new(ProviderSet::new(HttpClient::new()?).with_clock(now)),
        })
    }
}

impl MakeProvider for ProviderSet {
    fn make(&self, account: &Account, secret: &SecretString) -> Result<Arc<dyn Provider>, String> {
        self.open(account, secret).map_err(|error| error.to_string())
    }
}
