//! Everything of one process, made once, before its first event.
//!
//! That phase has a full CPU whatever the function's memory is: clients are made, and connections
//! opened, in it. <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>

use crate::accounts::{AccountBook, Sources};
use crate::auth::{Auth, Caller};
use crate::aws::{Clients, Limits, TlsError};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::http::problem::Problem;
use crate::http::request::Call;
use crate::parts::Parts;
use crate::secrets::SecretCache;
use crate::service::{ServiceKeyError, ServiceKeySource};
use crate::sqs::SqsQueue;
use crate::telemetry;
use bellhop_domain::Timestamp;
use bellhop_domain::flows::{Accounts, Desk};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::queue::Queue;
use bellhop_domain::store::{Directory, Store};
use bellhop_providers::ProviderSet;
use bellhop_providers::http::ClientError;
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// What a function opens before its first event. Each call fails harmlessly where the function has
/// no permission for it, and the connection is open all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warm {
    /// The table, by reading a merchant that cannot exist: one read of nothing.
    Merchants,
    /// The table, by asking the index for what was due in 1970. For a function that may read no item.
    DueIndex,
    /// The queue.
    Queue,
    /// The service key, fetched and kept.
    ServiceKeys,
}

/// How a function runs.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// `Timeout` in `template.yaml`: the limits of calls to AWS follow from it.
    pub timeout: Duration,
    /// What to open before the first event.
    pub warm: &'static [Warm],
}

/// A process that cannot start. Lambda tries again.
#[derive(Debug, Error)]
pub enum StartError {
    /// The environment is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The AWS clients cannot be made.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The providers' HTTP client cannot be made.
    #[error(transparent)]
    Providers(#[from] ClientError),
}

/// Everything of one process.
pub struct App {
    /// What the environment says.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// Sessions.
    pub store: Arc<dyn Store>,
    /// Merchants, accounts and keys.
    pub directory: Arc<dyn Directory>,
    /// The queue of looks.
    pub queue: Arc<dyn Queue>,
    /// Merchants' accounts at providers.
    pub accounts: Arc<dyn Accounts>,
    /// Our own secret key.
    pub service: Arc<ServiceKeySource>,
    /// Who calls.
    pub auth: Auth,
    /// Looks a minute that one account of a provider may be given by the schedule.
    pub pace: fn(ProviderName) -> Option<usize>,
}

impl App {
    /// Reads the environment, makes every client, opens what `plan` asks for.
    ///
    /// # Errors
    /// When the environment is wrong or a client cannot be made. A connection that cannot be opened
    /// is no error: the first event opens it.
    pub async fn start(plan: Plan) -> Result<Arc<Self>, StartError> {
        let config = Config::from_env()?;
        telemetry::start(config.log);
        let clients = Clients::new(&config.aws, Limits::within(plan.timeout))?;
        let queue = SqsQueue::new(clients.sqs.clone(), &config.refresh_queue_url);
        let parts = Parts::real(&config, &clients, queue.clone())?;
        let app = Arc::new(Self::assemble(config, parts));
        app.warm(plan.warm, &queue).await;
        Ok(app)
    }

    /// Puts an app together.
    pub fn assemble(config: Config, parts: Parts) -> Self {
        let clock = Clock::from_config(&config);
        let secrets = Arc::new(SecretCache::new(parts.secrets, clock.clone()));
        let prefix = &config.secrets_prefix;
        let service = Arc::new(ServiceKeySource::new(Arc::clone(&secrets), prefix));
        let sources = Sources { directory: Arc::clone(&parts.directory), secrets, prefix: prefix.clone() };
        let directory = Arc::clone(&parts.directory);
        Self {
            accounts: Arc::new(AccountBook::new(sources, parts.providers, clock.clone())),
            auth: Auth::new(directory, Arc::clone(&service), clock.clone()),
            config,
            clock,
            store: parts.store,
            directory: parts.directory,
            queue: parts.queue,
            service,
            pace: ProviderSet::looks_a_minute,
        }
    }

    /// Who calls.
    ///
    /// # Errors
    /// 401 without a good key; 503 or 500 when it cannot be checked.
    pub async fn caller(&self, call: &Call) -> Result<Caller, Problem> {
        let caller = self.auth.caller(call.header("authorization")).await?;
        Ok(caller)
    }

    /// What flows work with, under the service keys as they are now.
    ///
    /// # Errors
    /// When the service keys cannot be had.
    pub async fn desk(&self) -> Result<Desk, ServiceKeyError> {
        let keys = self.service.get().await?;
        Ok(Desk {
            store: Arc::clone(&self.store),
            accounts: Arc::clone(&self.accounts),
            queue: Arc::clone(&self.queue),
            keys: (*keys).clone(),
            public_url: self.config.public_url.clone(),
        })
    }

    /// All at once: each waits for a network, none for another.
    async fn warm(&self, what: &[Warm], queue: &SqsQueue) {
        join_all(what.iter().map(|warm| self.open(*warm, queue))).await;
    }

    async fn open(&self, warm: Warm, queue: &SqsQueue) {
        let nobody = MerchantId::from_bytes([0; 16]);
        let fine = match warm {
            Warm::Merchants => self.directory.tenant(nobody).await.is_ok(),
            Warm::DueIndex => self.store.due(0, Timestamp::UNIX_EPOCH, None, 1).await.is_ok(),
            Warm::ServiceKeys => self.service.get().await.is_ok(),
            Warm::Queue => {
                queue.connect().await;
                true
            }
        };
        tracing::debug!(?warm, fine, "opened before the first event");
    }
}
