//! Everything a command works with: the table, the secrets, the providers, the time.

use crate::connection::Connection;
use crate::failure::Failure;
use crate::secret_store::SecretStore;
use bellhop_domain::Timestamp;
use bellhop_domain::account::Tenant;
use bellhop_domain::ids::MerchantId;
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::store::{Directory, Store};
use bellhop_runtime::accounts::MakeProvider;
use bellhop_runtime::aws::{Clients, Limits};
use bellhop_runtime::clock::Clock;
use bellhop_runtime::parts::Parts;
use bellhop_runtime::secrets::SecretError;
use bellhop_runtime::service;
use bellhop_runtime::sqs::SqsQueue;
use std::sync::Arc;
use std::time::Duration;

/// As patient as a function: a person waits.
const PATIENCE: Duration = Duration::from_secs(29);

/// The real things, made from a connection.
pub struct Backend {
    /// Merchants, accounts and keys.
    pub directory: Arc<dyn Directory>,
    /// Sessions.
    pub store: Arc<dyn Store>,
    /// The adapters, which say whether an account's settings and secret open.
    pub providers: Arc<dyn MakeProvider>,
    /// Secrets.
    pub secrets: SecretStore,
    prefix: String,
    clock: Clock,
}

impl Backend {
    /// Makes every client; nothing is called yet.
    ///
    /// # Errors
    /// When an option is missing or wrong, or a client cannot be made.
    pub fn open(connection: &Connection) -> Result<Self, Failure> {
        let config = connection.config()?;
        let clients = Clients::new(&config.aws, Limits::within(PATIENCE));
        let clients = clients.map_err(|error| Failure::unavailable(&error))?;
        let queue = SqsQueue::new(clients.sqs.clone(), &config.refresh_queue_url);
        let parts = Parts::real(&config, &clients, queue);
        let parts = parts.map_err(|error| Failure::unavailable(&error))?;
        Ok(Self {
            clock: Clock::from_config(&config),
            directory: parts.directory,
            store: parts.store,
            providers: parts.providers,
            secrets: match config.secrets_file {
                Some(path) => SecretStore::File(path),
                None => SecretStore::Manager(clients.secrets),
            },
            prefix: config.secrets_prefix,
        })
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The whole name of a secret.
    pub fn secret_name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A merchant with its keys.
    ///
    /// # Errors
    /// When there is none of that id, or the table does not answer.
    pub async fn tenant(&self, id: MerchantId) -> Result<Tenant, Failure> {
        let tenant = self.directory.tenant(id).await?;
        tenant.ok_or_else(|| Failure::no_merchant(id))
    }

    /// Our own secret keys.
    ///
    /// # Errors
    /// When `service init` was not run, or the secret store does not answer.
    pub async fn service_keys(&self) -> Result<ServiceKeys, Failure> {
        let name = self.secret_name(SERVICE);
        let text = self.secrets.find(&name).await?;
        let text = text.ok_or(SecretError::Missing(name))?;
        Ok(service::parse(&text)?)
    }
}

/// The name of our own secret, behind the prefix.
pub const SERVICE: &str = "service";
