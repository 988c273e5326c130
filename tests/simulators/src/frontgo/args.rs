//! The simulator's part of the command line.

use std::io;
use std::path::{Path, PathBuf};

use super::config::Config;

/// Flags of the FrontGo simulator.
#[derive(clap::Args)]
pub struct Args {
    /// Port of the FrontGo simulator on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    frontgo_port: u16,
    /// The merchant's bearer token.
    #[arg(long)]
    frontgo_token: Option<String>,
    /// The secret behind the checksum of callbacks.
    #[arg(long)]
    frontgo_callback_secret: Option<String>,
    /// A JSON file with the whole configuration; the flags above come on top of it.
    #[arg(long)]
    frontgo_config: Option<PathBuf>,
}

impl Args {
    /// The configuration that the flags ask for; `clock_file` and `data` come from flags of the whole program.
    ///
    /// # Errors
    /// When the configuration file cannot be read, or says something unknown.
    pub fn config(&self, clock_file: Option<&Path>, data: Option<&Path>) -> io::Result<Config> {
        let mut config = match &self.frontgo_config {
            Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
            None => Config::default(),
        };
        config.port = self.frontgo_port;
        config.clock_file = clock_file.map(Path::to_owned).or(config.clock_file);
        config.data = data.map(Path::to_owned).or(config.data);
        if let Some(token) = self.frontgo_token.clone() {
            config.tokens = vec![token];
        }
        if let Some(secret) = self.frontgo_callback_secret.clone() {
            config.callback_secret = secret;
        }
        Ok(config)
    }
}
