//! AWS clients without aws-config: each thing they need is handed to them.
//!
//! TLS is rustls on ring, trusting Amazon's five roots, compiled in. Nothing reads the system's
//! store, and no credential chain is walked: both cost more than the first call itself.

use crate::config::AwsConfig;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region, SharedHttpClient};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use secrecy::ExposeSecret;
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// Amazon Root CA 1 to 4 and Starfield Services Root CA - G2, which AWS's endpoints chain to.
/// <https://www.amazontrust.com/repository/>
pub const AMAZON_ROOTS: &str = include_str!("amazon_roots.pem");

/// Tries of one operation, the first one included.
const TRIES: u32 = 3;

/// The pause before the second try is at most this, and at most [`LONGEST_PAUSE`] later.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(400);

/// The TLS settings could not be made.
#[derive(Debug, Error)]
#[error("the TLS settings could not be made")]
pub struct TlsError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// How long calls may take. The SDK sets no limit but one on connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To open a connection, TLS included.
    pub connect: Duration,
    /// One try.
    pub attempt: Duration,
    /// All tries and the pauses between them.
    pub operation: Duration,
}

impl Limits {
    /// Limits for a function that Lambda stops after `timeout`: one operation may use half of it and
    /// no more than six seconds, a try a third of that. They are fixed for the process; an invocation
    /// that has less time left is bound by [`crate::clock::Deadline::spare`] around its handler.
    pub fn within(timeout: Duration) -> Self {
        let operation = (timeout / 2).min(Duration::from_secs(6));
        Self { connect: (operation / 4).min(Duration::from_secs(1)), attempt: operation / 3, operation }
    }
}

/// The clients of one process: made once, sharing one pool of connections.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The table.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The queue.
    pub sqs: aws_sdk_sqs::Client,
    /// The secrets.
    pub secrets: aws_sdk_secretsmanager::Client,
}

macro_rules! client {
    ($sdk:ident, $shared:expr, $endpoint:expr) => {{
        let shared: &Shared = $shared;
        let endpoint: Option<&Url> = $endpoint;
        let config = $sdk::Config::builder()
            .behavior_version($sdk::config::BehaviorVersion::latest())
            .region(shared.region.clone())
            .credentials_provider(shared.credentials.clone())
            .http_client(shared.http.clone())
            .timeout_config(shared.timeouts.clone())
            .retry_config(shared.retries.clone());
        let endpoint = endpoint.map(|url| url.as_str().trim_end_matches('/').to_owned());
        let mut config = config;
        config.set_endpoint_url(endpoint);
        $sdk::Client::from_conf(config.build())
    }};
}

impl Clients {
    /// Makes the clients. Plain HTTP is spoken to this machine only: [`crate::config`] refuses any
    /// other endpoint that is not https.
    ///
    /// # Errors
    /// When the TLS settings cannot be made.
    pub fn new(aws: &AwsConfig, limits: Limits) -> Result<Self, TlsError> {
        let shared = Shared::new(aws, limits)?;
        Ok(Self {
            dynamodb: client!(aws_sdk_dynamodb, &shared, aws.dynamodb_endpoint.as_ref()),
            sqs: client!(aws_sdk_sqs, &shared, aws.sqs_endpoint.as_ref()),
            secrets: client!(aws_sdk_secretsmanager, &shared, None),
        })
    }
}

/// What all clients have in common.
struct Shared {
    region: Region,
    credentials: Credentials,
    http: SharedHttpClient,
    timeouts: TimeoutConfig,
    retries: RetryConfig,
}

impl Shared {
    fn new(aws: &AwsConfig, limits: Limits) -> Result<Self, TlsError> {
        let text = |secret: &secrecy::SecretString| secret.expose_secret().to_owned();
        let token = aws.session_token.as_ref().map(text);
        let (id, secret) = (text(&aws.access_key_id), text(&aws.secret_access_key));
        Ok(Self {
            region: Region::new(aws.region.clone()),
            credentials: Credentials::new(id, secret, token, None, "environment"),
            http: https_client()?,
            timeouts: TimeoutConfig::builder()
                .connect_timeout(limits.connect)
                .operation_attempt_timeout(limits.attempt)
                .operation_timeout(limits.operation)
                .build(),
            retries: RetryConfig::standard()
                .with_max_attempts(TRIES)
                .with_initial_backoff(FIRST_PAUSE)
                .with_max_backoff(LONGEST_PAUSE),
        })
    }
}

/// One HTTPS client on ring that trusts [`AMAZON_ROOTS`] and nothing else.
fn https_client() -> Result<SharedHttpClient, TlsError> {
    let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
    let context = TlsContext::builder().with_trust_store(roots).build();
    let context = context.map_err(|error| TlsError(error.into()))?;
    Ok(aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(context)
        .build_https())
}
