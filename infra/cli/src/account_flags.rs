//! An account at a provider as the command line describes it.

use crate::backend::SERVICE;
use crate::problems::Problems;
use bellhop_domain::account::{AccountRef, Mode};
use clap::Args;
use secrecy::SecretString;
use serde_json::{Map, Value};
use std::io::Read;
use std::path::PathBuf;

/// Bytes of a secret that AWS Secrets Manager keeps.
/// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html>
const LONGEST_SECRET: usize = 65_536;

/// Characters of a secret's name behind the prefix.
const LONGEST_NAME: usize = 200;

/// What an account needs beside its name.
#[derive(Debug, Clone, Args)]
pub struct AccountFlags {
    /// A setting of the provider's adapter, nothing secret; may be given again.
    /// Numbers, true and false are taken as such, everything else as text
    #[arg(long = "setting", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// The name of the account's secret, without the prefix. Its text is read from the secret store,
    /// or put there by one of the next two options
    #[arg(long, value_name = "NAME")]
    secret: Option<String>,
    /// Stores the text of this file as the secret
    #[arg(long, value_name = "FILE", conflicts_with = "secret_stdin")]
    secret_value_file: Option<PathBuf>,
    /// Stores what comes on standard input as the secret
    #[arg(long)]
    secret_stdin: bool,
}

/// An account that was read and not yet tried.
pub struct Draft {
    /// Which account.
    pub at: AccountRef,
    /// Whether real money moves.
    pub mode: Mode,
    /// What the adapter needs besides the secret.
    pub settings: Map<String, Value>,
    /// The secret's name, without the prefix.
    pub secret: String,
    /// The secret's text, where it was given.
    pub text: Option<SecretString>,
}

impl AccountFlags {
    /// Whether anything was said that only an account can have.
    pub const fn is_empty(&self) -> bool {
        self.settings.is_empty()
            && self.secret.is_none()
            && self.secret_value_file.is_none()
            && !self.secret_stdin
    }

    /// Reads the account named `account`; every problem is noted.
    pub fn read(&self, account: &str, problems: &Problems) -> Option<Draft> {
        let name = place(account, problems);
        let settings = settings(&self.settings, problems);
        let secret = self.secret.as_deref();
        if secret.is_none() {
            problems.note("--secret", "is required for an account");
        }
        let secret = secret.and_then(|name| problems.read("--secret", secret_name(name)));
        let text = self.text(problems);
        let (at, mode) = name?;
        Some(Draft { at, mode, settings, secret: secret?, text })
    }

    /// The secret's text from wherever it was said to be, without the line's end.
    fn text(&self, problems: &Problems) -> Option<SecretString> {
        let (from, text) = if let Some(path) = &self.secret_value_file {
            let text = std::fs::read_to_string(path);
            (path.display().to_string(), text)
        } else if self.secret_stdin {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            ("standard input".to_owned(), read.map(|_| text))
        } else {
            return None;
        };
        let text = problems.read(&from, text.map_err(|error| format!("cannot be read: {error}")))?;
        let text = text.trim_end();
        if text.is_empty() || text.len() > LONGEST_SECRET {
            problems.note(from, "must hold 1 to 65536 bytes");
            return None;
        }
        Some(text.into())
    }
}

/// `provider/name:mode`.
fn place(text: &str, problems: &Problems) -> Option<(AccountRef, Mode)> {
    let read = text.rsplit_once(':');
    let read = read.and_then(|(at, mode)| Some((AccountRef::parse(at)?, Mode::parse(mode)?)));
    if read.is_none() {
        problems.note(
            format!("account {text:?}"),
            "must be a known provider, a name of lower-case letters, digits and hyphens, and a mode, \
             such as govuk_pay/harbour-hotel:test",
        );
    }
    read
}

fn settings(given: &[String], problems: &Problems) -> Map<String, Value> {
    let mut all = Map::new();
    for pair in given {
        match pair.split_once('=') {
            Some((name, value)) if !name.is_empty() => {
                if all.insert(name.to_owned(), setting(value)).is_some() {
                    problems.note("--setting", format!("{name} is given twice"));
                }
            }
            _ => problems.note("--setting", format!("{pair:?} must be KEY=VALUE")),
        }
    }
    all
}

fn setting(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => text.into(),
    }
}

/// What Secrets Manager takes in a name.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>
fn secret_name(text: &str) -> Result<String, &'static str> {
    let fine = |b: u8| b.is_ascii_alphanumeric() || b"/_+=.@-".contains(&b);
    match () {
        () if text == SERVICE => Err("must not be \"service\": that is the installation's own"),
        () if !(1..=LONGEST_NAME).contains(&text.len()) => Err("must have 1 to 200 characters"),
        () if !text.bytes().all(fine) => Err("may hold letters, digits and /_+=.@- only"),
        () => Ok(text.to_owned()),
    }
}
