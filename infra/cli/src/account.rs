//! `bellhop account`: merchants' accounts at payment providers.

use crate::account_flags::{AccountFlags, Draft};
use crate::backend::Backend;
use crate::failure::Failure;
use crate::merchant;
use crate::print::Report;
use crate::problems::Problems;
use bellhop_domain::account::Account;
use bellhop_domain::ids::MerchantId;
use bellhop_runtime::secrets::same;
use clap::{Args, Subcommand};
use secrecy::SecretString;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Adds an account to a merchant, after its settings and secret were tried
    #[command(after_help = ADD_EXAMPLES)]
    Add(AddArgs),
}

const ADD_EXAMPLES: &str = "Examples:
  bellhop account add mer_... govuk_pay/harbour-hotel:live --secret govuk-pay-live --secret-value-file pay.json
  bellhop account add mer_... govuk_pay/harbour-hotel:test --secret govuk-pay-test --setting minimum=30

The secret of govuk_pay is {\"api_key\": \"...\", \"webhook_secrets\": [\"...\"]}; delete the file afterwards.
A secret that is in the store already is used as it is; another text for it is refused (exit code 3).
Exit codes are listed by bellhop --help.";

/// `account add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The merchant's id
    merchant: String,
    /// The account: provider/name:test or provider/name:live
    account: String,
    #[command(flatten)]
    flags: AccountFlags,
}

/// Runs a command of accounts.
pub async fn run(
    command: &AccountCommand,
    open: impl FnOnce() -> Result<Backend, Failure>,
) -> Result<Report, Failure> {
    let AccountCommand::Add(args) = command;
    let problems = Problems::default();
    let id = problems.read("MERCHANT", MerchantId::parse(&args.merchant));
    let draft = args.flags.read(&args.account, &problems);
    let (id, draft) = problems.both(id, draft)?;
    let backend = open()?;
    backend.tenant(id).await?;
    let tried = Tried::of(&backend, draft, id).await?;
    tried.store(&backend).await?;
    merchant::report(&backend, id).await
}

/// An account whose settings and secret open.
pub struct Tried {
    account: Account,
    /// The secret's text, where it has to be stored.
    new_secret: Option<SecretString>,
}

impl Tried {
    /// Tries the account, so that a mistake shows now and not when a payer waits.
    pub async fn of(backend: &Backend, draft: Draft, owner: MerchantId) -> Result<Self, Failure> {
        let name = backend.secret_name(&draft.secret);
        let kept = backend.secrets.find(&name).await?;
        let (text, is_new) = match (draft.text, kept) {
            (None, None) => {
                return Err(Failure::NotFound(format!(
                    "there is no secret named {name}: give its text with --secret-value-file or --secret-stdin"
                )));
            }
            (Some(given), None) => (given, true),
            (Some(given), Some(kept)) if !same(&given, &kept) => {
                return Err(Failure::Conflict(format!(
                    "the secret named {name} is there already with another text"
                )));
            }
            (_, Some(kept)) => (kept, false),
        };
        let account = Account {
            at: draft.at,
            merchant: owner,
            mode: draft.mode,
            settings: draft.settings,
            secret_name: draft.secret,
        };
        let opened = backend.providers.make(&account, &text);
        opened.map_err(|problem| Failure::BadInput(vec![format!("{}: {problem}", account.at)]))?;
        if backend.directory.account(&account.at).await?.is_some() {
            return Err(taken(&account));
        }
        Ok(Self { account, new_secret: is_new.then_some(text) })
    }

    /// Stores the secret, where it is not yet there.
    pub async fn store_secret(&self, backend: &Backend) -> Result<(), Failure> {
        let Some(text) = &self.new_secret else {
            return Ok(());
        };
        let name = backend.secret_name(&self.account.secret_name);
        backend.secrets.create(&name, text).await
    }

    /// Stores the account.
    pub async fn store_account(&self, backend: &Backend) -> Result<(), Failure> {
        match backend.directory.add_account(&self.account).await? {
            true => Ok(()),
            false => Err(taken(&self.account)),
        }
    }

    async fn store(&self, backend: &Backend) -> Result<(), Failure> {
        self.store_secret(backend).await?;
        self.store_account(backend).await
    }
}

fn taken(account: &Account) -> Failure {
    Failure::Conflict(format!("there is an account {} already", account.at))
}
