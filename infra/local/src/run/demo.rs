//! The demo merchant, made with the command line as anyone would, and its booking site.

use std::collections::BTreeMap;

use bellhop_local::{Stack, StackError};
use serde_json::{Value, json};

use super::child::{Plan, Ready, output};
use super::home::Home;
use super::parts::{Addresses, shared_environment, sibling, url};

/// The demo merchant's account: it stands in the webhook's address.
pub(super) const ACCOUNT: &str = "govuk_pay/harbour";
/// The key that the simulator takes.
pub(super) const PROVIDER_KEY: &str = "api_test_harbour";
/// What the simulator signs its webhooks with.
pub(super) const WEBHOOK_SECRET: &str = "webhook_test_harbour";

/// Makes the service key, the merchant and its key, where an earlier run has not.
pub(super) async fn merchant(home: &Home, addresses: &Addresses, stack: &Stack) -> Result<(), StackError> {
    if home.demo_key().is_some() {
        return Ok(());
    }
    output(&command_line(stack, &["service", "init"])).await?;
    let id = add(home, addresses, stack).await?;
    let shown = ["--json", "merchant", "show", &id, "--reveal-signing-secret"];
    let shown = output(&command_line(stack, &shown)).await?;
    home.keep_signing_secret(&text(&shown, "return_signing_secret")?)?;
    let key = output(&command_line(stack, &["key", "create", &id, "--mode", "test"])).await?;
    home.keep_demo_key(key.trim())
}

async fn add(home: &Home, addresses: &Addresses, stack: &Stack) -> Result<String, StackError> {
    let secret = json!({"api_key": PROVIDER_KEY, "webhook_secrets": [WEBHOOK_SECRET]});
    let secret_file = home.keep_provider_secret(&secret.to_string())?;
    let (account, origin) = (format!("{ACCOUNT}:test"), url(addresses.demo));
    let setting = format!("base_url={}", url(addresses.simulators));
    let add = [
        "--json",
        "merchant",
        "add",
        "--name",
        "Harbour House",
        "--origin",
        &origin,
        "--default-provider",
        "govuk_pay",
        "--account",
        &account,
        "--setting",
        &setting,
        "--secret",
        "govuk-pay",
        "--secret-value-file",
        &secret_file,
    ];
    text(&output(&command_line(stack, &add)).await?, "id")
}

/// The demo booking site.
pub(super) fn site(home: &Home, addresses: &Addresses) -> Plan {
    let file = |path: std::path::PathBuf| path.to_string_lossy().into_owned();
    let arguments = [
        "--port".to_owned(),
        addresses.demo.to_string(),
        "--api".to_owned(),
        url(addresses.api),
        "--key-file".to_owned(),
        file(home.key_file()),
        "--merchant-signing-secret-file".to_owned(),
        file(home.signing_file()),
    ];
    Plan {
        name: "demo booking site",
        program: sibling("bellhop-demo"),
        arguments: arguments.to_vec(),
        environment: BTreeMap::new(),
        ready: Ready::Answers(format!("{}/health", url(addresses.demo))),
    }
}

/// The command line finds table and secrets as the functions do.
fn command_line(stack: &Stack, arguments: &[&str]) -> Plan {
    Plan {
        name: "bellhop",
        program: sibling("bellhop"),
        arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
        environment: shared_environment(stack),
        ready: Ready::Ends,
    }
}

fn text(answer: &str, field: &str) -> Result<String, StackError> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let text = answer[field].as_str().map(ToOwned::to_owned);
    text.ok_or_else(|| StackError::Process(format!("bellhop gave no {field}")))
}
