//! Runs the simulators as a developer's tool.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bellhop_simulators::govuk_pay::{Config, Simulator, Webhook};
use bellhop_simulators::{bank131, frontgo, mews, powens};
use clap::Parser;

/// The payment providers on this machine.
#[derive(Parser)]
#[command(name = "simulators", about)]
struct Flags {
    /// Port of the GOV.UK Pay simulator on 127.0.0.1.
    #[arg(long, default_value_t = 4010)]
    govuk_port: u16,
    /// The clock file; BELLHOP_CLOCK_FILE names one too.
    #[arg(long)]
    clock_file: Option<PathBuf>,
    /// Where webhooks go.
    #[arg(long, requires = "webhook_secret")]
    webhook_url: Option<String>,
    /// What webhooks are signed with.
    #[arg(long, requires = "webhook_url")]
    webhook_secret: Option<String>,
    /// An API key of the test account.
    #[arg(long)]
    api_key: Option<String>,
    /// A JSON file with the whole configuration; the flags above come on top of it.
    #[arg(long)]
    govuk_config: Option<PathBuf>,
    /// A folder where payments and messages of every provider outlive a restart.
    #[arg(long)]
    data: Option<PathBuf>,
    #[command(flatten)]
    frontgo: frontgo::Args,
    #[command(flatten)]
    powens: powens::Args,
    #[command(flatten)]
    mews: mews::Args,
    #[command(flatten)]
    bank131: bank131::Args,
}

/// How often they look at the clock.
const TICK: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut flags = Flags::parse();
    flags.clock_file = flags.clock_file.or_else(clock_file_of_environment);
    let (clock, data) = (flags.clock_file.as_deref(), flags.data.as_deref());
    let (front, powens) = (flags.frontgo.config(clock, data)?, flags.powens.config(clock, data)?);
    let (mews, bank131) = (flags.mews.config(clock, data)?, flags.bank131.config(clock, data)?);
    let front = frontgo::Simulator::start_ticking(front, TICK).await?;
    say("Front Payment", &front.base_url);
    let powens = powens::Simulator::start_ticking(powens, TICK).await?;
    say("Powens", &powens.base_url);
    let mews = mews::Simulator::start_ticking(mews, TICK).await?;
    say("Mews", &mews.base_url);
    let bank131 = bank131::Simulator::start_ticking(bank131, TICK).await?;
    say("Bank 131", &bank131.base_url);
    let govuk_pay = Simulator::start_ticking(config(flags)?, TICK).await?;
    say("GOV.UK Pay", &govuk_pay.base_url);
    tokio::signal::ctrl_c().await?;
    govuk_pay.stop();
    front.stop();
    powens.stop();
    mews.stop();
    bank131.stop();
    Ok(())
}

fn config(flags: Flags) -> io::Result<Config> {
    let mut config = match &flags.govuk_config {
        Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
        None => Config::default(),
    };
    config.port = flags.govuk_port;
    config.clock_file = flags.clock_file.or(config.clock_file);
    config.data = flags.data.or(config.data);
    if let Some(account) = config.accounts.first_mut() {
        if let Some(key) = flags.api_key {
            account.api_keys = vec![key];
        }
        if let (Some(url), Some(secret)) = (flags.webhook_url, flags.webhook_secret) {
            account.webhook = Some(Webhook { url, secret });
        }
    }
    Ok(config)
}

#[expect(clippy::disallowed_methods, reason = "the one place where the simulators read the environment")]
fn clock_file_of_environment() -> Option<PathBuf> {
    std::env::var_os("BELLHOP_CLOCK_FILE").map(PathBuf::from)
}

#[expect(clippy::print_stdout, reason = "a developer's tool tells where it listens")]
fn say(provider: &str, base_url: &str) {
    println!("{provider} simulator: {base_url}");
}
