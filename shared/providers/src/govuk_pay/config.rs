//! An account's settings and secret.

use crate::settings::{Reader, SettingsError};
use crate::signature::webhook_keys;
use bellhop_domain::account::{Account, Mode};
use http::HeaderValue;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

/// One address for test and live accounts: the key decides (docs, "API reference").
const PUBLIC_BASE: &str = "https://publicapi.payments.service.gov.uk";

/// Pence: 100,000 pounds, whichever card processor stands behind (`CreateCardPaymentRequest.java`).
pub(super) const MAX_PENCE: u64 = 10_000_000;

/// The settings, all of which may be left out.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `base_url`.
    pub base: Url,
    /// `minimum`, in pence: the least that their card processor takes (Stripe: 30).
    pub minimum: u64,
    /// `maximum`, in pence: the most that it takes (Worldpay: 500000).
    pub maximum: u64,
    /// `zero_amount`: payments of nothing, which they enable per account.
    pub zero_amount: bool,
    /// No setting: a test account may have an `http` landing.
    pub test: bool,
}

impl Settings {
    /// Reads the settings of `account`.
    pub fn read(account: &Account) -> Result<Self, SettingsError> {
        let names = ["base_url", "minimum", "maximum", "zero_amount"];
        let all = Reader::new(&account.settings, &names)?;
        let range = 1..=MAX_PENCE;
        let settings = Self {
            base: all.base("base_url", PUBLIC_BASE)?,
            minimum: all.number("minimum", &range)?.unwrap_or(1),
            maximum: all.number("maximum", &range)?.unwrap_or(MAX_PENCE),
            zero_amount: all.flag("zero_amount")?,
            test: account.mode == Mode::Test,
        };
        let fine = settings.minimum <= settings.maximum;
        let wrong = SettingsError { setting: "minimum", problem: "is more than maximum" };
        fine.then_some(settings).ok_or(wrong)
    }
}

/// What the secret's text holds: `{"api_key": "...", "webhook_secrets": ["current", "previous"]}`.
pub(super) struct Credentials {
    /// `Bearer` and the key, marked sensitive.
    pub authorization: HeaderValue,
    /// One key per webhook secret; none where no webhook is set up.
    pub webhook_keys: Vec<hmac::Key>,
}

#[derive(Deserialize)]
struct SecretText {
    api_key: SecretString,
    webhook_secrets: Vec<SecretString>,
}

impl Credentials {
    /// Reads the secret of an account of this `mode`.
    pub fn read(secret: &SecretString, mode: Mode) -> Result<Self, SettingsError> {
        // The parser's own words may quote the secret.
        let text: SecretText = serde_json::from_str(secret.expose_secret()).map_err(|_| SettingsError {
            setting: "secret",
            problem: "must be JSON with api_key and webhook_secrets",
        })?;
        Ok(Self {
            authorization: authorization(text.api_key.expose_secret(), mode)?,
            webhook_keys: webhook_keys(&text.webhook_secrets)?,
        })
    }
}

/// Keys begin with `api_test_` or `api_live_`; the wrong one would move, or not move, real money.
fn authorization(key: &str, mode: Mode) -> Result<HeaderValue, SettingsError> {
    let wrong = |problem| SettingsError { setting: "secret.api_key", problem };
    let (other, problem) = match mode {
        Mode::Test => ("api_live_", "is a live key of a test account"),
        Mode::Live => ("api_test_", "is a test key of a live account"),
    };
    if key.starts_with(other) {
        return Err(wrong(problem));
    }
    if key.is_empty() || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(wrong("must be visible ASCII characters"));
    }
    let value = HeaderValue::try_from(format!("Bearer {key}"));
    let mut value = value.map_err(|_| wrong("cannot stand in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
