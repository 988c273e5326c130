//! The command line of this simulator.

use std::io;
use std::path::{Path, PathBuf};

use super::config::{Config, Webhook};

/// Flags of the Powens simulator.
#[derive(Clone, clap::Args)]
#[group(id = "powens")]
pub struct Args {
    /// Port of the Powens simulator on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub powens_port: u16,
    /// The client's identifier.
    #[arg(long)]
    pub powens_client_id: Option<String>,
    /// The client's secret.
    #[arg(long)]
    pub powens_client_secret: Option<String>,
    /// Where Powens webhooks go.
    #[arg(long, requires = "powens_webhook_secret")]
    pub powens_webhook_url: Option<String>,
    /// What Powens webhooks are signed with.
    #[arg(long, requires = "powens_webhook_url")]
    pub powens_webhook_secret: Option<String>,
    /// A JSON file with the whole configuration; the flags above come on top of it.
    #[arg(long)]
    pub powens_config: Option<PathBuf>,
}

impl Args {
    /// The configuration that the flags ask for; `clock_file` and `data` come before those of the configuration
    /// file.
    ///
    /// # Errors
    /// When the configuration file cannot be read.
    pub fn config(&self, clock_file: Option<&Path>, data: Option<&Path>) -> io::Result<Config> {
        let mut config: Config = match &self.powens_config {
            Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
            None => Config::default(),
        };
        config.port = self.powens_port;
        config.clock_file = clock_file.map(Path::to_path_buf).or(config.clock_file);
        config.data = data.map(Path::to_path_buf).or(config.data);
        let domain = &mut config.domain;
        if let Some(id) = &self.powens_client_id {
            domain.client_id.clone_from(id);
        }
        if let Some(secret) = &self.powens_client_secret {
            domain.client_secret.clone_from(secret);
        }
        if let (Some(url), Some(secret)) = (&self.powens_webhook_url, &self.powens_webhook_secret) {
            domain.webhook = Some(Webhook { url: url.clone(), secret: secret.clone(), signed_path: None });
        }
        Ok(config)
    }
}
