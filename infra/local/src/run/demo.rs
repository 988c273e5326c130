//! The demo merchant, made with the command line as anyone would, and its booking site.

use std::collections::BTreeMap;

use bellhop_local::{Stack, StackError};
use serde_json::Value;

use super::child::{Plan, Ready, output};
use super::home::Home;
use super::parts::{Addresses, shared_environment, sibling, url};
use super::providers;

/// Makes the service key, the merchant and its key, where an earlier run has not, and its account at every
/// provider that has come since.
pub(super) async fn merchant(home: &Home, addresses: &Addresses, stack: &Stack) -> Result<(), StackError> {
    if home.demo_key().is_some() {
        let key_file = home.key_file().to_string_lossy().into_owned();
        let shown = run(stack, &["--json", "key", "show", "--key-file", &key_file]).await?;
        return accounts(home, addresses, (stack, &text(&shown, "merchant")?)).await;
    }
    run(stack, &["service", "init"]).await?;
    let id = add(addresses, stack).await?;
    accounts(home, addresses, (stack, &id)).await?;
    let shown = run(stack, &["--json", "merchant", "show", &id, "--reveal-signing-secret"]).await?;
    home.keep_signing_secret(&text(&shown, "return_signing_secret")?)?;
    let key = run(stack, &["key", "create", &id, "--mode", "test"]).await?;
    home.keep_demo_key(key.trim())
}

async fn add(addresses: &Addresses, stack: &Stack) -> Result<String, StackError> {
    let (origin, first) = (url(addresses.demo), providers::PROVIDERS[0].name);
    let name = ["--name", "Harbour House", "--origin", &origin, "--default-provider", first];
    text(&run(stack, &[&["--json", "merchant", "add"], &name[..]].concat()).await?, "id")
}

/// Adds the accounts that the merchant does not have.
async fn accounts(
    home: &Home,
    addresses: &Addresses,
    (stack, merchant): (&Stack, &str),
) -> Result<(), StackError> {
    let shown = run(stack, &["--json", "merchant", "show", merchant]).await?;
    let shown: Value = serde_json::from_str(&shown).unwrap_or_default();
    let known: Vec<&str> = shown["accounts"].as_array().into_iter().flatten().filter_map(name_of).collect();
    for (provider, port) in providers::at(addresses) {
        let account = provider.account();
        if known.contains(&account.as_str()) {
            continue;
        }
        let file = home.keep_provider_secret(&(provider.secret)().to_string())?;
        let secret = ["--secret", provider.secret_name, "--secret-value-file", &file];
        let settings = provider.settings(&url(port));
        let settings: Vec<&str> = settings.iter().flat_map(|setting| ["--setting", setting]).collect();
        let at = format!("{account}:test");
        run(stack, &[&["account", "add", merchant, &at], &secret[..], &settings].concat()).await?;
    }
    Ok(())
}

fn name_of(account: &Value) -> Option<&str> {
    account["account"].as_str()
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
        ready: Ready::Answers(vec![format!("{}/health", url(addresses.demo))]),
    }
}

/// The command line, which finds table and secrets as the functions do; what it printed.
async fn run(stack: &Stack, arguments: &[&str]) -> Result<String, StackError> {
    let plan = Plan {
        name: "bellhop",
        program: sibling("bellhop"),
        arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
        environment: shared_environment(stack),
        ready: Ready::Ends,
    };
    output(&plan).await
}

fn text(answer: &str, field: &str) -> Result<String, StackError> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let text = answer[field].as_str().map(ToOwned::to_owned);
    text.ok_or_else(|| StackError::Process(format!("bellhop gave no {field}")))
}
