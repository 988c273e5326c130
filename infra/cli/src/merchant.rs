//! `bellhop merchant`: booking sites' businesses.

use crate::account::Tried;
use crate::account_flags::{AccountFlags, Draft};
use crate::backend::Backend;
use crate::failure::Failure;
use crate::key;
use crate::print::Report;
use crate::problems::Problems;
use bellhop_domain::account::{Merchant, Tenant};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::outcome::signing_secret;
use bellhop_domain::provider::ProviderName;
use bellhop_domain::text::{Origin, free_text};
use bellhop_runtime::http::session_json::rfc3339;
use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// Characters of a merchant's name.
const LONGEST_NAME: usize = 255;

/// What can be done with merchants.
#[derive(Debug, Subcommand)]
pub enum MerchantCommand {
    /// Adds a merchant, and an account at a provider with it
    #[command(after_help = ADD_EXAMPLES)]
    Add(AddArgs),
    /// Shows a merchant: its origins, its accounts, its keys by id and state
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
}

const ADD_EXAMPLES: &str = "Examples:
  bellhop merchant add --name 'Harbour Hotel' --origin https://booking.example
  bellhop merchant add --name 'Harbour Hotel' --origin https://booking.example https://www.booking.example \\
    --default-provider govuk_pay --account govuk_pay/harbour-hotel:test \\
    --setting minimum=30 --secret govuk-pay-test --secret-value-file pay.json

Payers may be sent back to the origins and nowhere else. Exit codes are listed by bellhop --help.";

const SHOW_EXAMPLES: &str = "Examples:
  bellhop merchant show mer_...
  bellhop merchant show mer_... --json
  bellhop merchant show mer_... --reveal-signing-secret

Exit codes are listed by bellhop --help.";

/// `merchant add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The name, as payers read it
    #[arg(long)]
    name: String,
    /// Where payers may be sent back to, such as `https://booking.example`
    #[arg(long = "origin", value_name = "URL", required = true, num_args = 1..)]
    origins: Vec<String>,
    /// The provider of a session that names none
    #[arg(long, value_name = "PROVIDER")]
    default_provider: Option<String>,
    /// An account to add with it: provider/name:test or provider/name:live
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    #[command(flatten)]
    flags: AccountFlags,
    /// The id, where it has to be a certain one
    #[arg(long, value_name = "MERCHANT")]
    id: Option<String>,
}

/// `merchant show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The merchant's id
    merchant: String,
    /// Shows the secret with which the booking site checks signed returns, too
    #[arg(long)]
    reveal_signing_secret: bool,
}

/// Runs a command of merchants.
pub async fn run(
    command: &MerchantCommand,
    open: impl FnOnce() -> Result<Backend, Failure>,
) -> Result<Report, Failure> {
    match command {
        MerchantCommand::Add(args) => {
            let wish = args.read()?;
            add(&open()?, wish).await
        }
        MerchantCommand::Show(args) => {
            let id = read_id(&args.merchant)?;
            let backend = open()?;
            let mut report = report(&backend, id).await?;
            if args.reveal_signing_secret {
                let secret = signing_secret(id, &backend.service_keys().await?);
                report.json["return_signing_secret"] = secret.expose_secret().into();
            }
            Ok(report)
        }
    }
}

/// Reads the id that is a command's only input.
pub fn read_id(text: &str) -> Result<MerchantId, Failure> {
    MerchantId::parse(text).map_err(|why| Failure::BadInput(vec![format!("MERCHANT {why}")]))
}

/// A merchant to be added.
struct Wish {
    id: Option<MerchantId>,
    name: String,
    origins: Vec<Origin>,
    default_provider: Option<ProviderName>,
    account: Option<Draft>,
}

impl AddArgs {
    fn read(&self) -> Result<Wish, Failure> {
        let problems = Problems::default();
        let id = self.id.as_deref().map(MerchantId::parse);
        let name = problems.read("--name", free_text(&self.name, LONGEST_NAME));
        let origins = self.origins.iter();
        let wish = Wish {
            id: id.and_then(|id| problems.read("--id", id)),
            name: name.unwrap_or_default().to_owned(),
            origins: origins
                .filter_map(|url| problems.read(&format!("--origin {url:?}"), Origin::parse(url)))
                .collect(),
            default_provider: self.provider(&problems),
            account: self.draft(&problems),
        };
        problems.finish()?;
        Ok(wish)
    }

    fn provider(&self, problems: &Problems) -> Option<ProviderName> {
        let named = self.default_provider.as_deref()?;
        let known: Vec<&str> = ProviderName::ALL.iter().map(|name| name.as_str()).collect();
        problems.word("--default-provider", &known, ProviderName::parse(named))
    }

    fn draft(&self, problems: &Problems) -> Option<Draft> {
        match &self.account {
            Some(account) => self.flags.read(account, problems),
            None => {
                if !self.flags.is_empty() {
                    problems.note("--account", "is missing: settings and secrets belong to one");
                }
                None
            }
        }
    }
}

/// First everything is checked, then stored: the secret, the merchant, the account. A command that was
/// cut off can be given again with another id; a secret that is there with the same text is no conflict.
async fn add(backend: &Backend, wish: Wish) -> Result<Report, Failure> {
    let now = backend.now();
    let id = match wish.id {
        Some(id) => id,
        None => MerchantId::generate(now)?,
    };
    let taken = || Failure::Conflict(format!("there is a merchant {id} already"));
    if backend.directory.tenant(id).await?.is_some() {
        return Err(taken());
    }
    let account = match wish.account {
        Some(draft) => Some(Tried::of(backend, draft, id).await?),
        None => None,
    };
    let merchant = Merchant {
        id,
        name: wish.name,
        origins: wish.origins,
        accounts: Vec::new(),
        default_provider: wish.default_provider,
        created_at: now,
    };
    if let Some(account) = &account {
        account.store_secret(backend).await?;
    }
    if !backend.directory.add_merchant(&merchant).await? {
        return Err(taken());
    }
    if let Some(account) = &account {
        let stored = account.store_account(backend).await;
        stored.map_err(|failure| without_account(failure, id))?;
    }
    report(backend, id).await
}

/// Somebody took the account's name in the meantime, or the table went away.
fn without_account(failure: Failure, id: MerchantId) -> Failure {
    let text = |why: String| format!("{why}; the merchant {id} was added without it");
    match failure {
        Failure::Conflict(why) => Failure::Conflict(text(why)),
        Failure::Unavailable(why) => Failure::Unavailable(text(why)),
        other => other,
    }
}

/// A merchant as it is stored now.
pub async fn report(backend: &Backend, id: MerchantId) -> Result<Report, Failure> {
    let tenant = backend.tenant(id).await?;
    Ok(Report::of(shown(backend, &tenant).await?))
}

async fn shown(backend: &Backend, tenant: &Tenant) -> Result<Value, Failure> {
    let merchant = &tenant.merchant;
    let mut accounts = Vec::new();
    for (at, mode) in &merchant.accounts {
        let account = backend.directory.account(at).await?;
        accounts.push(json!({
            "account": at.to_string(),
            "mode": mode.as_str(),
            "settings": account.as_ref().map(|account| &account.settings),
            "secret": account.as_ref().map(|account| backend.secret_name(&account.secret_name)),
        }));
    }
    let origins = merchant.origins.iter().map(Origin::as_str);
    Ok(json!({
        "id": merchant.id.to_string(),
        "name": merchant.name,
        "origins": origins.collect::<Vec<_>>(),
        "default_provider": merchant.default_provider.map(ProviderName::as_str),
        "created_at": rfc3339(merchant.created_at),
        "accounts": accounts,
        "keys": key::all_shown(tenant),
    }))
}
