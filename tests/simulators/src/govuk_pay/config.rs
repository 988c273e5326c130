//! What a simulator is started with, as JSON or as a value.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Settings of one simulator.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The clock file; without it the time is real.
    pub clock_file: Option<PathBuf>,
    /// The folder where payments and messages outlive a restart, in `govuk_pay.json`; without it they do not.
    pub data: Option<PathBuf>,
    /// How many milliseconds the search lags behind (PROVIDERS §3.2: eventually consistent).
    pub search_lag_ms: i64,
    /// Milliseconds from `success` to the real capture; 0 captures in the same step.
    pub capture_delay_ms: i64,
    /// POSTs a second and kind before 429 P0900; none for no limit. The documented figure is 15 (PROVIDERS §3.1).
    pub posts_per_second: Option<u32>,
    /// The accounts and their keys.
    pub accounts: Vec<Account>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            clock_file: None,
            data: None,
            search_lag_ms: 0,
            capture_delay_ms: 0,
            posts_per_second: None,
            accounts: vec![Account::default()],
        }
    }
}

/// A gateway account. `[doc]` PROVIDERS §3.1: the key decides, and a test key begins with `api_test_`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// Its name in the ledger.
    pub id: String,
    /// Bearer keys.
    pub api_keys: Vec<String>,
    /// Live accounts take https return URLs only.
    pub live: bool,
    /// `sandbox`, `stripe` or `worldpay`: decides amount limits and how refunds end.
    pub provider: String,
    /// Whether an amount of 0 is enabled.
    pub zero_amount: bool,
    /// Whether telephone payments are enabled.
    pub moto: bool,
    /// Agreements that recurring payments may name.
    pub agreements: Vec<String>,
    /// A lasting trouble of the account.
    pub trouble: Option<Trouble>,
    /// Where events go.
    pub webhook: Option<Webhook>,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            id: "test".to_owned(),
            api_keys: vec!["api_test_simulator".to_owned()],
            live: false,
            provider: "sandbox".to_owned(),
            zero_amount: false,
            moto: false,
            agreements: Vec::new(),
            trouble: None,
            webhook: None,
        }
    }
}

/// What can be wrong with an account. `[doc]` PROVIDERS §3.1.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// P0199.
    AccountError,
    /// P0930.
    NotEnabled,
    /// P0940.
    NotLinked,
    /// P0941: no payments and no refunds.
    Disabled,
    /// P0999: everything is down.
    Unavailable,
}

/// Where events are sent and how they are signed.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The callback address, plain http on this machine.
    pub url: String,
    /// The signing secret, used as UTF-8 bytes.
    pub secret: String,
}
