//! The simulator's part of the command line.

use std::io;
use std::path::{Path, PathBuf};

use super::config::{Config, Webhook};

/// Flags of the Mews simulator.
#[derive(Clone, clap::Args)]
#[group(id = "mews")]
pub struct Args {
    /// Port of the Mews simulator on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub mews_port: u16,
    /// The registered name of the client.
    #[arg(long)]
    pub mews_client: Option<String>,
    /// Where Mews webhooks go, the secret token included.
    #[arg(long, requires = "mews_webhook_token")]
    pub mews_webhook_url: Option<String>,
    /// The part of that address that is the secret.
    #[arg(long, requires = "mews_webhook_url")]
    pub mews_webhook_token: Option<String>,
    /// A JSON file with the whole configuration; the flags above come on top of it.
    #[arg(long)]
    pub mews_config: Option<PathBuf>,
}

impl Args {
    /// The configuration that the flags ask for; `clock_file` and `data` come before those of the configuration file.
    ///
    /// # Errors
    /// When the configuration file cannot be read, or says something unknown.
    pub fn config(&self, clock_file: Option<&Path>, data: Option<&Path>) -> io::Result<Config> {
        let mut config: Config = match &self.mews_config {
            Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
            None => Config::default(),
        };
        config.port = self.mews_port;
        config.clock_file = clock_file.map(Path::to_owned).or(config.clock_file);
        config.data = data.map(Path::to_owned).or(config.data);
        if let Some(client) = self.mews_client.clone() {
            config.property.clients = vec![client];
        }
        if let (Some(url), Some(token)) = (&self.mews_webhook_url, &self.mews_webhook_token) {
            config.property.webhook = Some(Webhook::at(url, token));
        }
        Ok(config)
    }
}
