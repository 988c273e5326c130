//! What the service does, one file per verb. Each takes what it needs and the time.

mod answer;
mod attend;
mod call_create;
mod contend;
mod create_order;
mod create_session;
mod ingest;
mod land_return;
mod observe;
mod open_payment;
mod reconcile;
mod refresh;
mod replay;
mod retry;
mod supersede;
mod write;

pub use attend::{Attended, attend};
pub use create_order::CreateOrder;
pub use create_session::{Answers, CreateResult, create_session};
pub use ingest::{IngestError, ingest};
pub use land_return::{Landing, land_return, land_stored, return_hint};
pub use open_payment::{Opening, open_payment};
pub use reconcile::{Round, Run, reconcile};
pub use refresh::{Look, Target, refresh};
pub use retry::{Retried, retry};

use crate::account::{Account, AccountRef};
use crate::ids::NoRandomness;
use crate::link::PayerToken;
use crate::provider::{CommonLanding, Provider, ProviderError};
use crate::queue::{Queue, QueueError};
use crate::service_key::ServiceKeys;
use crate::session::Session;
use crate::store::{Store, StoreError};
use async_trait::async_trait;
use secrecy::ExposeSecret;
use std::sync::Arc;
use thiserror::Error;
use url::Url;

/// Everything that a flow works with.
#[derive(Clone)]
pub struct Desk {
    /// Where sessions are kept.
    pub store: Arc<dyn Store>,
    /// Merchants' accounts, opened.
    pub accounts: Arc<dyn Accounts>,
    /// The queue of looks.
    pub queue: Arc<dyn Queue>,
    /// Our own secret key.
    pub keys: ServiceKeys,
    /// Where payers reach us; payer links are built on it.
    pub public_url: Url,
}

/// Opens merchants' accounts at providers.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The account with its provider, from a cache of at most a minute.
    async fn open(&self, at: &AccountRef) -> Result<Arc<OpenAccount>, AccountError>;

    /// The account with its secret fetched again, after a proof or a call was refused.
    /// `None` when the secret is as it was, or was fetched only moments ago.
    async fn renew(&self, at: &AccountRef) -> Result<Option<Arc<OpenAccount>>, AccountError>;
}

/// An account with the adapter that speaks for it.
#[derive(Debug)]
pub struct OpenAccount {
    /// The account.
    pub account: Account,
    /// The provider, with the account's credentials.
    pub provider: Arc<dyn Provider>,
}

/// An account that cannot be used.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Nobody has an account of that name.
    #[error("no such account")]
    Unknown,
    /// Its settings or secret are wrong: an alarm, and our merchant's to mend.
    #[error("the account cannot be used: {0}")]
    Unusable(String),
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret store failed.
    #[error("the secret store is unavailable")]
    Secret(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A flow that could not finish. What it had stored by then stands.
#[derive(Debug, Error)]
pub enum FlowError {
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The account cannot be used.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The provider failed.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Others kept writing the same session.
    #[error("the session is busy")]
    Busy,
    /// The payment is another session's (I1): a booking site named it twice.
    #[error("the payment is another session's")]
    PaymentTaken,
}

impl Desk {
    /// The payer's link: `/pay/{token}`.
    pub fn pay_url(&self, token: &PayerToken) -> Url {
        self.payment_of(token.secret().expose_secret())
    }

    /// Our landing: `/return/{token}`.
    pub fn landing_url(&self, token: &PayerToken) -> Url {
        self.landing_of(token.secret().expose_secret())
    }

    /// The payer's link for a token's text, ours or not.
    pub fn payment_of(&self, token: &str) -> Url {
        self.link("pay", token)
    }

    /// The landing for a token's text, ours or not.
    pub fn landing_of(&self, token: &str) -> Url {
        self.link("return", token)
    }

    /// The payer's token of a session, made again.
    pub fn token(&self, session: &Session) -> Option<PayerToken> {
        PayerToken::reissue(session.key, &session.link, &self.keys)
    }

    /// The landing that a provider returns every payer to, with the payer's own `state`.
    pub fn common_landing(&self, token: &PayerToken) -> CommonLanding {
        CommonLanding { url: self.below(&["return"]), state: token.secret().clone() }
    }

    /// Where an account's provider sends its notifications.
    pub fn webhook_url(&self, at: &AccountRef) -> Url {
        self.below(&["webhooks", at.provider.as_str(), at.name.as_str()])
    }

    fn link(&self, room: &str, token: &str) -> Url {
        self.below(&[room, token])
    }

    fn below(&self, steps: &[&str]) -> Url {
        let mut url = self.public_url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(steps);
        }
        url
    }

    /// The session that a payer's link leads to; `None` for a link that is none of ours or is over.
    async fn session_of_link(
        &self,
        token: &str,
        now: crate::Timestamp,
    ) -> Result<Option<Session>, FlowError> {
        let Some(token) = PayerToken::parse(token) else {
            return Ok(None);
        };
        let session = self.store.session(token.session()).await?;
        Ok(session.filter(|session| token.proves(&session.link) && now < session.link_expires_at()))
    }
}
