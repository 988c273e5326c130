//! Which table and which secrets a command works on.

use crate::failure::Failure;
use crate::problems::Problems;
use bellhop_runtime::config::{Config, is_loopback};
use clap::{Args, Parser};
use std::path::PathBuf;
use url::Url;

/// The region of a table on this machine, where any name will do.
const LOCAL_REGION: &str = "eu-west-2";

/// The options every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where")]
pub struct Connection {
    /// The table's name
    #[arg(long, global = true, env = "BELLHOP_TABLE", value_name = "NAME")]
    pub table: Option<String>,
    /// What the name of every secret begins with, such as bellhop/test/
    #[arg(long, global = true, env = "BELLHOP_SECRETS_PREFIX", value_name = "PREFIX")]
    pub secrets_prefix: Option<String>,
    /// A file of secrets instead of AWS Secrets Manager: one JSON object, name to text.
    /// Only beside a table on this machine
    #[arg(long, global = true, env = "BELLHOP_SECRETS_FILE", value_name = "FILE")]
    pub secrets_file: Option<PathBuf>,
    /// The table service's address, for a table on this machine
    #[arg(long, global = true, env = "AWS_ENDPOINT_URL_DYNAMODB", value_name = "URL")]
    pub endpoint_dynamodb: Option<String>,
    /// The AWS region
    #[arg(long, global = true, env = "AWS_REGION", value_name = "REGION")]
    pub region: Option<String>,
    /// A clock file of the local stack. Only beside a table on this machine
    #[arg(long, global = true, env = "BELLHOP_CLOCK_FILE", value_name = "FILE")]
    pub clock_file: Option<PathBuf>,
}

/// Credentials come from the environment alone: what stands on a command line, every process of the
/// machine can read. This parser is given no command line.
#[derive(Debug, Parser)]
struct Credentials {
    #[arg(long, env = "AWS_ACCESS_KEY_ID", hide_env_values = true)]
    id: Option<String>,
    #[arg(long, env = "AWS_SECRET_ACCESS_KEY", hide_env_values = true)]
    secret: Option<String>,
    #[arg(long, env = "AWS_SESSION_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

impl Connection {
    /// The functions' own configuration, read from these options under the names of its variables:
    /// so both refuse the same mistakes, such as a file of secrets beside a real table.
    ///
    /// # Errors
    /// Names what is missing or wrong.
    pub fn config(&self) -> Result<Config, Failure> {
        let local = self.is_local();
        let keys = Credentials::try_parse_from(["bellhop"]);
        let keys = keys.map_err(|_| Failure::BadInput(vec![NOT_READ.to_owned()]))?;
        self.refuse_gaps(local, &keys)?;
        let or_any = |text: &Option<String>| text.clone().or_else(|| local.then(|| "local".into()));
        let path = |path: &Option<PathBuf>| Some(path.as_ref()?.to_string_lossy().into_owned());
        let config = Config::read(&|name| match name {
            "BELLHOP_TABLE" => self.table.clone(),
            "BELLHOP_SECRETS_PREFIX" => self.secrets_prefix.clone(),
            "BELLHOP_SECRETS_FILE" => path(&self.secrets_file),
            "BELLHOP_CLOCK_FILE" => path(&self.clock_file),
            // No command sends to the queue or makes a link.
            "BELLHOP_REFRESH_QUEUE_URL" | "BELLHOP_PUBLIC_URL" => Some(NOWHERE.to_owned()),
            "AWS_REGION" => {
                let any = local.then(|| LOCAL_REGION.to_owned());
                self.region.clone().or(any)
            }
            "AWS_ACCESS_KEY_ID" => or_any(&keys.id),
            "AWS_SECRET_ACCESS_KEY" => or_any(&keys.secret),
            "AWS_SESSION_TOKEN" => keys.token.clone(),
            "AWS_ENDPOINT_URL_DYNAMODB" | "AWS_ENDPOINT_URL_SQS" => self.endpoint_dynamodb.clone(),
            _ => None,
        });
        config.map_err(|error| Failure::BadInput(vec![error.to_string()]))
    }

    /// Everything that is missing, at once.
    fn refuse_gaps(&self, local: bool, keys: &Credentials) -> Result<(), Failure> {
        let problems = Problems::default();
        let needed = [
            ("--table or BELLHOP_TABLE", self.table.is_some()),
            ("--secrets-prefix or BELLHOP_SECRETS_PREFIX", self.secrets_prefix.is_some()),
            ("--region or AWS_REGION", local || self.region.is_some()),
            ("AWS_ACCESS_KEY_ID in the environment", local || keys.id.is_some()),
            ("AWS_SECRET_ACCESS_KEY in the environment", local || keys.secret.is_some()),
        ];
        for (what, _) in needed.iter().filter(|(_, given)| !given) {
            problems.note(what, "is missing");
        }
        problems.finish()
    }

    fn is_local(&self) -> bool {
        let endpoint = self.endpoint_dynamodb.as_deref();
        let url = endpoint.and_then(|text| Url::parse(text).ok());
        url.as_ref().is_some_and(is_loopback)
    }
}

const NOWHERE: &str = "https://nowhere.invalid";
const NOT_READ: &str = "the AWS credentials in the environment cannot be read";
