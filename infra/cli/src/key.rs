//! `bellhop key`: merchants' keys to the API.

use crate::backend::Backend;
use crate::failure::Failure;
use crate::merchant::read_id;
use crate::print::Report;
use crate::problems::Problems;
use bellhop_domain::account::{KeyRecord, Mode, Tenant};
use bellhop_domain::api_key::ApiKey;
use bellhop_domain::ids::{KeyId, MerchantId};
use bellhop_runtime::http::session_json::rfc3339;
use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Keys of one mode that may be good at once: the one in use, and its successor.
const MOST: usize = 2;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Makes a key and prints it this one time, alone on standard output
    #[command(after_help = CREATE_EXAMPLES)]
    Create(CreateArgs),
    /// Makes a key useless, within a minute
    #[command(after_help = REVOKE_EXAMPLES)]
    Revoke(RevokeArgs),
    /// Lists a merchant's keys, revoked ones too; never the keys themselves
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Shows whose a key is, and whether it is still good
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
}

const CREATE_EXAMPLES: &str = "Examples:
  bellhop key create mer_... --mode test > key.txt
  bellhop key create mer_... --mode live --json

At most two keys of one mode are good at once (exit code 3): make the new one, change over, revoke the old.
Exit codes are listed by bellhop --help.";

const REVOKE_EXAMPLES: &str = "Examples:
  bellhop key revoke mer_... key_...

Revoking a revoked key changes nothing. Exit codes are listed by bellhop --help.";

const LIST_EXAMPLES: &str = "Examples:
  bellhop key list mer_...
  bellhop key list mer_... --json

Exit codes are listed by bellhop --help.";

const SHOW_EXAMPLES: &str = "Examples:
  bellhop key show --key-file key.txt
  bellhop key show --key-file key.txt --json

The key itself is never shown again. Exit codes are listed by bellhop --help.";

/// `key create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// The merchant's id
    merchant: String,
    /// test, or live for real money
    #[arg(long)]
    mode: String,
}

/// `key revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// The merchant's id
    merchant: String,
    /// The key's id, such as key list shows it
    key: String,
}

/// `key list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The merchant's id
    merchant: String,
}

/// `key show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The file that holds the key, alone on its line
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
}

/// Runs a command of keys.
pub async fn run(
    command: &KeyCommand,
    open: impl FnOnce() -> Result<Backend, Failure>,
) -> Result<Report, Failure> {
    match command {
        KeyCommand::Create(args) => {
            let problems = Problems::default();
            let id = problems.read("MERCHANT", MerchantId::parse(&args.merchant));
            let known = Mode::ALL.iter().map(|mode| mode.as_str());
            let known: Vec<_> = known.collect();
            let mode = problems.word("--mode", &known, Mode::parse(&args.mode));
            let (id, mode) = problems.both(id, mode)?;
            create(&open()?, id, mode).await
        }
        KeyCommand::Revoke(args) => {
            let problems = Problems::default();
            let id = problems.read("MERCHANT", MerchantId::parse(&args.merchant));
            let key = problems.read("KEY", KeyId::parse(&args.key));
            let (id, key) = problems.both(id, key)?;
            revoke(&open()?, id, key).await
        }
        KeyCommand::List(args) => {
            let id = read_id(&args.merchant)?;
            let tenant = open()?.tenant(id).await?;
            Ok(Report::of(json!({ "keys": all_shown(&tenant) })))
        }
        KeyCommand::Show(args) => {
            let key = read_key(&args.key_file)?;
            show(&open()?, &key).await
        }
    }
}

async fn create(backend: &Backend, merchant: MerchantId, mode: Mode) -> Result<Report, Failure> {
    let tenant = backend.tenant(merchant).await?;
    let good = |key: &&KeyRecord| key.mode == mode && key.revoked_at.is_none();
    if tenant.keys.iter().filter(good).count() >= MOST {
        return Err(Failure::Conflict(format!(
            "merchant {merchant} has {MOST} good {mode} keys already: revoke one first"
        )));
    }
    let keys = backend.service_keys().await?;
    let key = ApiKey::generate(merchant, mode)?;
    let now = backend.now();
    let record = KeyRecord {
        id: KeyId::generate(now)?,
        merchant,
        mode,
        hash: key.hash(&keys),
        created_at: now,
        revoked_at: None,
    };
    backend.directory.add_key(&record).await?;
    Ok(made(&record, &key))
}

/// The one time that a key is shown.
fn made(record: &KeyRecord, key: &ApiKey) -> Report {
    let text = key.secret().expose_secret();
    let mut json = shown(record);
    json["key"] = text.into();
    let mut report = Report::of(json).remarking(format!(
        "made {}: the line on standard output is the key, and it is shown only now",
        record.id
    ));
    report.text = Some(format!("{text}\n"));
    report
}

async fn revoke(backend: &Backend, merchant: MerchantId, key: KeyId) -> Result<Report, Failure> {
    backend.tenant(merchant).await?;
    let now = backend.now();
    if !backend.directory.revoke_key(merchant, key, now).await? {
        return Err(Failure::NotFound(format!("merchant {merchant} has no key {key}")));
    }
    let tenant = backend.tenant(merchant).await?;
    let revoked = tenant.keys.iter().find(|record| record.id == key);
    let json = revoked.map_or(Value::Null, shown);
    Ok(Report::of(json).remarking("the key is useless within a minute"))
}

fn read_key(path: &Path) -> Result<ApiKey, Failure> {
    let wrong = |why: &str| Failure::BadInput(vec![format!("--key-file {} {why}", path.display())]);
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    ApiKey::parse(text.trim()).ok_or_else(|| wrong("holds no key"))
}

/// Any service key will do: the key may have been made under the one before.
async fn show(backend: &Backend, key: &ApiKey) -> Result<Report, Failure> {
    let merchant = key.merchant();
    let tenant = backend.tenant(merchant).await?;
    let hashes = key.hashes(&backend.service_keys().await?);
    let record = tenant.keys.iter().find(|record| hashes.contains(&record.hash));
    let unknown = || Failure::NotFound(format!("merchant {merchant} has no such key"));
    let mut json = shown(record.ok_or_else(unknown)?);
    json["merchant"] = merchant.to_string().into();
    Ok(Report::of(json))
}

/// Every key of a merchant, the oldest first.
pub fn all_shown(tenant: &Tenant) -> Vec<Value> {
    let mut keys: Vec<_> = tenant.keys.iter().collect();
    keys.sort_by_key(|key| key.id);
    keys.into_iter().map(shown).collect()
}

/// A key by its id; the key itself is not kept anywhere.
fn shown(key: &KeyRecord) -> Value {
    let state = if key.revoked_at.is_some() { "revoked" } else { "good" };
    json!({
        "id": key.id.to_string(),
        "mode": key.mode.as_str(),
        "state": state,
        "created_at": rfc3339(key.created_at),
        "revoked_at": key.revoked_at.map(rfc3339),
    })
}
