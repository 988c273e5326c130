//! `bellhop`: merchants, keys and sessions from the command line.

mod account;
mod account_flags;
mod backend;
mod connection;
mod failure;
mod key;
mod merchant;
mod print;
mod problems;
mod secret_store;
mod service;
mod session;

use backend::Backend;
use clap::{Parser, Subcommand};
use connection::Connection;
use failure::{EXIT_CODES, Failure};
use print::{Report, complain};
use std::process::ExitCode;

/// Merchants, their keys and their sessions, in the local stack's table or a real one.
///
/// The table and the secrets are named by options or by the same environment variables that the
/// functions have. AWS credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
/// AWS_SESSION_TOKEN; a table on this machine needs none. For a profile, first run:
/// eval "$(aws configure export-credentials --format env)"
#[derive(Debug, Parser)]
#[command(name = "bellhop", version, after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
struct Cli {
    /// Prints JSON: the result on standard output, an error on standard error
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Booking sites' businesses
    #[command(subcommand, after_help = EXIT_CODES)]
    Merchant(merchant::MerchantCommand),
    /// Merchants' accounts at payment providers
    #[command(subcommand, after_help = EXIT_CODES)]
    Account(account::AccountCommand),
    /// Merchants' keys to the API
    #[command(subcommand, after_help = EXIT_CODES)]
    Key(key::KeyCommand),
    /// Payment sessions
    #[command(subcommand, after_help = EXIT_CODES)]
    Session(session::SessionCommand),
    /// This installation's own secret
    #[command(subcommand, after_help = EXIT_CODES)]
    Service(service::ServiceCommand),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli).await {
        Ok(report) => {
            report.print(cli.json);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let text = if cli.json { format!("{}\n", failure.json()) } else { failure.text() };
            complain(&text);
            ExitCode::from(failure.exit_code())
        }
    }
}

async fn run(cli: &Cli) -> Result<Report, Failure> {
    let open = || Backend::open(&cli.connection);
    match &cli.command {
        Command::Merchant(command) => merchant::run(command, open).await,
        Command::Account(command) => account::run(command, open).await,
        Command::Key(command) => key::run(command, open).await,
        Command::Session(command) => session::run(command, open).await,
        Command::Service(command) => service::run(command, open).await,
    }
}
