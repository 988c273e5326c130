//! `bellhop-demo`: the demo booking site on a port of this machine.

use bellhop_demo::{Settings, Site};
use clap::Parser;
use secrecy::SecretString;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thiserror::Error;
use tokio::net::TcpListener;

/// A demo booking site that takes payments through Bellhop's public API.
#[derive(Debug, Parser)]
#[command(version)]
struct Flags {
    /// The port of 127.0.0.1 to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 4005)]
    port: u16,
    /// Where Bellhop's API answers, such as `http://127.0.0.1:4000`.
    #[arg(long, value_name = "URL")]
    api: String,
    /// The file with the merchant's API key, alone on its line.
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// The file with the merchant's return signing secret, alone on its line.
    #[arg(long, value_name = "FILE")]
    merchant_signing_secret_file: PathBuf,
    /// Where payers reach the site; its origin must be registered for the merchant.
    /// The address it listens on when it is not given.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

#[derive(Debug, Error)]
enum Failure {
    #[error("{} cannot be read: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    #[error(transparent)]
    Settings(#[from] bellhop_demo::SettingsError),
    #[error("port {port} of 127.0.0.1 cannot be had: {source}")]
    Port { port: u16, source: io::Error },
    #[error("the server stopped: {0}")]
    Server(io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("bellhop-demo: {failure}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), Failure> {
    let key = secret(&flags.key_file)?;
    let signing = secret(&flags.merchant_signing_secret_file)?;
    let port = flags.port;
    let refused = |source| Failure::Port { port, source };
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let here = format!("http://{}", listener.local_addr().map_err(refused)?);
    let mut settings = Settings::new(flags.api, key, signing);
    settings.public_url = flags.public_url.unwrap_or_else(|| here.clone());
    let router = Site::new(settings)?.router();
    say(&format!("bellhop-demo listens on {here}"));
    axum::serve(listener, router).with_graceful_shutdown(asked_to_stop()).await.map_err(Failure::Server)
}

fn secret(path: &Path) -> Result<SecretString, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|source| Failure::File { path: path.to_owned(), source })?;
    match text.trim() {
        "" => Err(Failure::Empty(path.to_owned())),
        text => Ok(text.into()),
    }
}

/// Ctrl-C, or a polite end by whoever started the site.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut end) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = end.recv() => {}
    }
}

#[expect(clippy::print_stderr, reason = "a command-line tool says what it does")]
fn say(line: &str) {
    eprintln!("{line}");
}
