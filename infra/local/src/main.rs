//! `bellhop-local`: the whole service on one machine, as `make run` starts it.

mod run;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use bellhop_local::StackError;
use clap::{ArgAction, Parser};

/// The whole service on this machine: stack, functions, simulators, demo site.
#[derive(Debug, Parser)]
#[command(name = "bellhop-local", about)]
struct Flags {
    /// The SAM template to play.
    #[arg(long, default_value = "template.yaml")]
    template: PathBuf,
    /// Keeps table, queues, clock and the demo key in this folder; without it nothing stays.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The HTTP API's port; the next ones are control, table, queues, GOV.UK Pay, demo site, cargo-lambda,
    /// and the other four providers.
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// `cargo-lambda` (hot reload), or `binaries:DIR` such as `binaries:target/debug`.
    #[arg(long, default_value = "cargo-lambda", value_parser = functions)]
    functions: FunctionsFlag,
    /// Starts the providers' simulators.
    #[arg(long, default_value_t = true, action = ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    simulators: bool,
    /// Makes the demo merchant and starts the demo booking site.
    #[arg(long, default_value_t = true, action = ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    demo: bool,
    /// Sets a parameter of the template: `--parameter Stage=test`.
    #[arg(long = "parameter", value_parser = pair)]
    parameters: Vec<(String, String)>,
}

/// How functions are run.
#[derive(Debug, Clone)]
enum FunctionsFlag {
    CargoLambda,
    Binaries(PathBuf),
}

fn functions(text: &str) -> Result<FunctionsFlag, String> {
    match text.split_once(':') {
        None if text == "cargo-lambda" => Ok(FunctionsFlag::CargoLambda),
        Some(("binaries", dir)) if !dir.is_empty() => Ok(FunctionsFlag::Binaries(dir.into())),
        _ => Err("cargo-lambda or binaries:DIR is expected".to_owned()),
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or("NAME=VALUE is expected")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}

#[tokio::main]
async fn main() -> ExitCode {
    match run::run(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

fn report(error: &StackError) {
    let _ = writeln!(std::io::stderr(), "bellhop-local: {error}");
}
