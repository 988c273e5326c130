//! `bellhop service`: this installation's own secret.

use crate::backend::{Backend, SERVICE};
use crate::failure::Failure;
use crate::print::Report;
use crate::secret_store::exists;
use bellhop_domain::ids::random_bytes;
use bellhop_runtime::secrets::SecretError;
use bellhop_runtime::service::{ServiceKeyError, parse};
use clap::{Args, Subcommand};
use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

/// What can be done with the installation.
#[derive(Debug, Subcommand)]
pub enum ServiceCommand {
    /// Makes the installation's own secret, 256 random bits; it is never shown
    #[command(after_help = INIT_EXAMPLES)]
    Init(InitArgs),
}

const INIT_EXAMPLES: &str = "Examples:
  bellhop service init
  bellhop service init --rotate

The secret is named {prefix}service and holds {\"current\": \"<64 hex digits>\"}; where it is there already,
nothing is done (exit code 3). --rotate makes a new one and keeps the present one as \"previous\". API keys
outlive one rotation and die with the next: make new ones in between. Booking sites need their new return
signing secret at each rotation: bellhop merchant show mer_... --reveal-signing-secret.
Exit codes are listed by bellhop --help.";

/// `service init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Makes a new secret and keeps the present one as the previous
    #[arg(long)]
    rotate: bool,
}

/// Runs a command of the installation.
pub async fn run(
    command: &ServiceCommand,
    open: impl FnOnce() -> Result<Backend, Failure>,
) -> Result<Report, Failure> {
    let ServiceCommand::Init(args) = command;
    let backend = open()?;
    let name = backend.secret_name(SERVICE);
    if args.rotate {
        rotate(&backend, &name).await?;
    } else {
        init(&backend, &name).await?;
    }
    Ok(Report::of(json!({ "secret": name, "rotated": args.rotate })))
}

async fn init(backend: &Backend, name: &str) -> Result<(), Failure> {
    if backend.secrets.find(name).await?.is_some() {
        return Err(exists(name));
    }
    let text = json!({ "current": new_key()? }).to_string();
    backend.secrets.create(name, &text.into()).await
}

async fn rotate(backend: &Backend, name: &str) -> Result<(), Failure> {
    let kept = backend.secrets.find(name).await?;
    let kept = kept.ok_or_else(|| SecretError::Missing(name.to_owned()))?;
    let text = json!({ "current": new_key()?, "previous": current(&kept)? }).to_string();
    backend.secrets.replace(name, &text.into()).await
}

fn new_key() -> Result<String, Failure> {
    Ok(HEXLOWER.encode(&random_bytes::<32>()?))
}

/// The present key, once the whole secret is known to be sound.
fn current(kept: &SecretString) -> Result<String, Failure> {
    parse(kept)?;
    let json: Option<Value> = serde_json::from_str(kept.expose_secret()).ok();
    let current = json.as_ref().and_then(|json| json["current"].as_str());
    let current = current.ok_or(ServiceKeyError::Unreadable)?;
    Ok(current.to_owned())
}
