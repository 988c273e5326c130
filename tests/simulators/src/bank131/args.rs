//! The command line of this simulator.

use std::io;
use std::path::{Path, PathBuf};

use super::config::{Config, Webhook};

/// Flags of the Bank 131 simulator.
#[derive(Clone, clap::Args)]
#[group(id = "bank131")]
pub struct Args {
    /// Port of the Bank 131 simulator on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub bank131_port: u16,
    /// The project, as X-PARTNER-PROJECT.
    #[arg(long)]
    pub bank131_project: Option<String>,
    /// A PEM file with the partner's public key.
    #[arg(long)]
    pub bank131_partner_key: Option<PathBuf>,
    /// Where Bank 131 webhooks go.
    #[arg(long)]
    pub bank131_webhook_url: Option<String>,
    /// A JSON file with the whole configuration; the flags above come on top of it.
    #[arg(long)]
    pub bank131_config: Option<PathBuf>,
}

impl Args {
    /// The configuration that the flags ask for; `clock_file` and `data` come before those of the configuration file.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn config(&self, clock_file: Option<&Path>, data: Option<&Path>) -> io::Result<Config> {
        let mut config: Config = match &self.bank131_config {
            Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
            None => Config::default(),
        };
        config.port = self.bank131_port;
        config.clock_file = clock_file.map(Path::to_path_buf).or(config.clock_file);
        config.data = data.map(Path::to_path_buf).or(config.data);
        let project = &mut config.project;
        if let Some(name) = &self.bank131_project {
            project.name.clone_from(name);
        }
        if let Some(file) = &self.bank131_partner_key {
            project.partner_public_key = std::fs::read_to_string(file)?;
        }
        if let Some(url) = &self.bank131_webhook_url {
            project.webhook = Some(Webhook::to(url));
        }
        Ok(config)
    }
}
