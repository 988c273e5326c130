//! The environment, read once. Nothing else in Bellhop reads it.

use secrecy::SecretString;
use std::path::PathBuf;
use thiserror::Error;
use tracing::level_filters::LevelFilter;
use url::{Host, Url};

/// An environment variable that is missing or wrong. The error names it and never shows its value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// It is not set, or empty.
    #[error("the environment variable {0} is missing")]
    Missing(&'static str),
    /// It is set, and cannot be used.
    #[error("the environment variable {name} {problem}")]
    Bad {
        /// The variable.
        name: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// What the functions are told by `template.yaml` and by Lambda.
#[derive(Debug, Clone)]
pub struct Config {
    /// `BELLHOP_TABLE`: the table's name.
    pub table: String,
    /// `BELLHOP_REFRESH_QUEUE_URL`: the queue of looks.
    pub refresh_queue_url: String,
    /// `BELLHOP_PUBLIC_URL`: where payers and providers reach the API.
    pub public_url: Url,
    /// `BELLHOP_SECRETS_PREFIX`: what the name of every secret begins with.
    pub secrets_prefix: String,
    /// `BELLHOP_LOG`: the least important log line that is kept; `info` when it is not set.
    pub log: LevelFilter,
    /// `BELLHOP_SECRETS_FILE`: secrets from a file, on the local stack only.
    pub secrets_file: Option<PathBuf>,
    /// `BELLHOP_CLOCK_FILE`: a movable clock, on the local stack only.
    pub clock_file: Option<PathBuf>,
    /// What the SDK needs to know.
    pub aws: AwsConfig,
}

/// What the AWS clients are made from.
///
/// Lambda sets region and credentials when it starts an execution environment, and the values stay
/// the same for its life, which ends before the credentials do: nothing has to be renewed in a
/// process. Functions with SnapStart get none of them (their credentials come from a container
/// endpoint), and start with an error that names the missing variable.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
/// <https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html>
#[derive(Debug, Clone)]
pub struct AwsConfig {
    /// `AWS_REGION`.
    pub region: String,
    /// `AWS_ACCESS_KEY_ID`.
    pub access_key_id: SecretString,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret_access_key: SecretString,
    /// `AWS_SESSION_TOKEN`; the local stack has none.
    pub session_token: Option<SecretString>,
    /// `AWS_ENDPOINT_URL_DYNAMODB`: the local stack's table.
    pub dynamodb_endpoint: Option<Url>,
    /// `AWS_ENDPOINT_URL_SQS`: the local stack's queues.
    pub sqs_endpoint: Option<Url>,
}

impl AwsConfig {
    /// Whether both endpoints are on this machine: only then may a client speak plain HTTP.
    pub fn is_local(&self) -> bool {
        let local = |url: &Option<Url>| url.as_ref().is_some_and(is_loopback);
        local(&self.dynamodb_endpoint) && local(&self.sqs_endpoint)
    }
}

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// Names the first variable that is missing or wrong.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// Reads the variables that `lookup` knows.
    ///
    /// # Errors
    /// Names the first variable that is missing or wrong.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let env = Variables(lookup);
        let config = Self {
            table: env.required("BELLHOP_TABLE")?,
            refresh_queue_url: env.required("BELLHOP_REFRESH_QUEUE_URL")?,
            public_url: env.public_url("BELLHOP_PUBLIC_URL")?,
            secrets_prefix: env.required("BELLHOP_SECRETS_PREFIX")?,
            log: env.level("BELLHOP_LOG")?,
            secrets_file: env.optional("BELLHOP_SECRETS_FILE").map(PathBuf::from),
            clock_file: env.optional("BELLHOP_CLOCK_FILE").map(PathBuf::from),
            aws: env.aws()?,
        };
        config.refuse_local_tools()?;
        Ok(config)
    }

    /// Whether this is the local stack.
    pub fn is_local(&self) -> bool {
        self.aws.is_local()
    }

    /// A file of secrets or a movable clock beside real tables would be a mistake or an attack.
    fn refuse_local_tools(&self) -> Result<(), ConfigError> {
        let tools = [("BELLHOP_SECRETS_FILE", &self.secrets_file), ("BELLHOP_CLOCK_FILE", &self.clock_file)];
        match tools.iter().find(|(_, path)| path.is_some()) {
            Some((name, _)) if !self.is_local() => {
                Err(ConfigError::Bad { name, problem: "is only for the local stack" })
            }
            _ => Ok(()),
        }
    }
}

struct Variables<'a>(&'a dyn Fn(&str) -> Option<String>);

impl Variables<'_> {
    fn optional(&self, name: &'static str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    fn required(&self, name: &'static str) -> Result<String, ConfigError> {
        self.optional(name).ok_or(ConfigError::Missing(name))
    }

    fn level(&self, name: &'static str) -> Result<LevelFilter, ConfigError> {
        match self.optional(name).as_deref() {
            None | Some("info") => Ok(LevelFilter::INFO),
            Some("error") => Ok(LevelFilter::ERROR),
            Some("warn") => Ok(LevelFilter::WARN),
            Some("debug") => Ok(LevelFilter::DEBUG),
            Some("trace") => Ok(LevelFilter::TRACE),
            Some(_) => Err(ConfigError::Bad { name, problem: "is none of error, warn, info, debug, trace" }),
        }
    }

    /// Payers' tokens travel under it: https, or this machine.
    fn public_url(&self, name: &'static str) -> Result<Url, ConfigError> {
        let bad = |problem| ConfigError::Bad { name, problem };
        let url = parse(name, &self.required(name)?)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("must hold neither query nor fragment"));
        }
        secure(&url).then_some(url).ok_or(bad("must be https"))
    }

    fn endpoint(&self, name: &'static str) -> Result<Option<Url>, ConfigError> {
        let Some(text) = self.optional(name) else {
            return Ok(None);
        };
        let url = parse(name, &text)?;
        let problem = "must be https, or http on this machine";
        let fine = secure(&url).then_some(Some(url));
        fine.ok_or(ConfigError::Bad { name, problem })
    }

    fn aws(&self) -> Result<AwsConfig, ConfigError> {
        Ok(AwsConfig {
            region: self.required("AWS_REGION")?,
            access_key_id: self.required("AWS_ACCESS_KEY_ID")?.into(),
            secret_access_key: self.required("AWS_SECRET_ACCESS_KEY")?.into(),
            session_token: self.optional("AWS_SESSION_TOKEN").map(Into::into),
            dynamodb_endpoint: self.endpoint("AWS_ENDPOINT_URL_DYNAMODB")?,
            sqs_endpoint: self.endpoint("AWS_ENDPOINT_URL_SQS")?,
        })
    }
}

fn parse(name: &'static str, text: &str) -> Result<Url, ConfigError> {
    let problem = "is not an absolute URL";
    let url = Url::parse(text).ok().filter(Url::has_host);
    url.ok_or(ConfigError::Bad { name, problem })
}

fn secure(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}

/// Whether a URL is plain HTTP to this machine.
pub fn is_loopback(url: &Url) -> bool {
    let local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && local
}
