//! What is started beside the stack, with which arguments, and what is said of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bellhop_local::template::Template;
use bellhop_local::{Stack, StackError};

use super::child::{Plan, Ready};
use super::home::Home;
use super::providers::{self, PROVIDERS};
use crate::Flags;

/// The first port of the providers that came after the first one, which has kept its own.
const FURTHER: u16 = 7;

/// The ports of a run: one after the other from the API's.
pub(super) struct Addresses {
    pub(super) api: u16,
    pub(super) control: u16,
    pub(super) table: u16,
    pub(super) queue: u16,
    /// In the order of the providers.
    pub(super) simulators: [u16; PROVIDERS.len()],
    pub(super) demo: u16,
    cargo_lambda: u16,
}

impl Addresses {
    pub(super) fn from_port(first: u16) -> Self {
        let port = |offset| first.saturating_add(offset);
        let mut simulators = [4; PROVIDERS.len()];
        for (place, offset) in simulators.iter_mut().skip(1).zip(FURTHER..) {
            *place = offset;
        }
        Self {
            api: port(0),
            control: port(1),
            table: port(2),
            queue: port(3),
            simulators: simulators.map(port),
            demo: port(5),
            cargo_lambda: port(6),
        }
    }

    pub(super) fn cargo_lambda(&self) -> String {
        url(self.cargo_lambda)
    }
}

pub(super) fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// The template's parameters: those given, over the one this machine decides.
pub(super) fn parameters(flags: &Flags) -> Result<BTreeMap<String, String>, StackError> {
    let mut parameters = BTreeMap::new();
    if Template::load(&flags.template)?.has_parameter("PublicUrl") {
        parameters.insert("PublicUrl".to_owned(), "{api_url}".to_owned());
    }
    parameters.extend(flags.parameters.iter().cloned());
    Ok(parameters)
}

/// A binary that `cargo build` put beside this one.
pub(super) fn sibling(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.parent().map_or_else(|| PathBuf::from(name), |dir| dir.join(name))
}

/// The payment providers: they remember as long as the rest of the run does.
pub(super) fn simulators(home: &Home, addresses: &Addresses) -> Result<Plan, StackError> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let data = home.lasting().map(|dir| ["--data".to_owned(), text(dir)]);
    let mut arguments = vec!["--clock-file".to_owned(), text(&home.clock_file())];
    arguments.extend(data.into_iter().flatten());
    arguments.extend(providers::flags(home, addresses)?);
    Ok(Plan {
        name: "simulators",
        program: sibling("simulators"),
        arguments,
        environment: BTreeMap::new(),
        ready: Ready::Answers(addresses.simulators.map(url).to_vec()),
    })
}

/// The functions, built again whenever their source changes.
pub(super) fn cargo_lambda(stack: &Stack, addresses: &Addresses) -> Plan {
    let port = addresses.cargo_lambda.to_string();
    let arguments = ["lambda", "watch", "--invoke-address", "127.0.0.1", "--invoke-port", &port];
    Plan {
        name: "cargo lambda watch",
        program: PathBuf::from("cargo"),
        arguments: arguments.map(ToOwned::to_owned).to_vec(),
        environment: shared_environment(stack),
        ready: Ready::Listens(addresses.cargo_lambda),
    }
}

/// cargo-lambda gives every function one environment, and its own values of
/// what is a function's alone.
pub(super) fn shared_environment(stack: &Stack) -> BTreeMap<String, String> {
    let own =
        |name: &str| name.starts_with("AWS_LAMBDA_") || ["_HANDLER", "PATH", "TZ", "LANG"].contains(&name);
    let functions = stack.plan().functions.iter().filter_map(|function| stack.environment(&function.name));
    let variables = functions.flatten().filter(|(name, _)| !own(name));
    variables.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What is said once everything answers.
pub(super) fn summary(addresses: &Addresses, flags: &Flags, home: &Home) -> String {
    let mut lines = vec![String::new(), format!("  API            {}", url(addresses.api))];
    if let Some(key) = home.demo_key().filter(|_| flags.demo) {
        lines.push(format!("  booking site   {}   <- open this and book a room", url(addresses.demo)));
        lines.push("  for the README's walk-through:".to_owned());
        lines.push(format!("  export API={} SITE={} KEY={key}", url(addresses.api), url(addresses.demo)));
    }
    if flags.simulators {
        let ledger = |(provider, port): (&providers::Provider, u16)| {
            format!("  {:<13}  {}/_ledger", provider.title, url(port))
        };
        lines.extend(providers::at(addresses).map(ledger));
    }
    lines.push(format!("  control        {}/_stack/health", url(addresses.control)));
    lines.push(format!("  table, queues  {}  {}", url(addresses.table), url(addresses.queue)));
    lines.push(String::new());
    lines.push("  pay, or close the browser half-way and move the clock:".to_owned());
    lines.push(format!(
        "  curl -d '{{\"advance_ms\":600000}}' -H 'content-type: application/json' {}/_stack/clock",
        url(addresses.control)
    ));
    lines.push("  Ctrl-C stops everything".to_owned());
    lines.join("\n")
}
