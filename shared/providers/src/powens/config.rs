//! An account's settings and secret.

use crate::settings::{Reader, SettingsError};
use bellhop_domain::account::Account;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// The settings; all but `base_url` may be left out.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `base_url`, such as `https://DOMAIN.biapi.pro/2.0`: each merchant has a domain of its own.
    pub base: Url,
    /// `webview_url`, such as `https://webview.powens.com/en`; without it the page stands below the base.
    pub webview: Option<Url>,
    /// `accepted`: what a bank's "accepted" is taken for, after which no further news ever comes.
    pub accepted: Accepted,
    /// `webhook_path`: the path of our address as they call it, where a gateway changes it on the way.
    pub webhook_path: Option<String>,
}

/// The merchant's policy for `accepted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    /// `succeed`: the merchant takes the risk.
    Succeed,
    /// `wait`, and what stands without a setting: `processing` until a person is asked.
    Wait,
}

impl Settings {
    /// Reads the settings of `account`.
    pub fn read(account: &Account) -> Result<Self, SettingsError> {
        let given = &account.settings;
        let all = Reader::new(given, &["base_url", "webview_url", "accepted", "webhook_path"])?;
        let webview = given.contains_key("webview_url").then(|| all.base("webview_url", ""));
        Ok(Self {
            base: all.base("base_url", "")?,
            webview: webview.transpose()?,
            accepted: accepted(given.get("accepted"))?,
            webhook_path: given.get("webhook_path").map(path).transpose()?,
        })
    }
}

fn accepted(setting: Option<&Value>) -> Result<Accepted, SettingsError> {
    match setting.map(Value::as_str) {
        None | Some(Some("wait")) => Ok(Accepted::Wait),
        Some(Some("succeed")) => Ok(Accepted::Succeed),
        Some(_) => Err(SettingsError { setting: "accepted", problem: "must be succeed or wait" }),
    }
}

fn path(setting: &Value) -> Result<String, SettingsError> {
    let plain =
        |path: &&str| path.starts_with('/') && path.bytes().all(|b| b.is_ascii_graphic() && b != b'?');
    let wrong = SettingsError { setting: "webhook_path", problem: "must be a path without a query" };
    setting.as_str().filter(plain).map(str::to_owned).ok_or(wrong)
}

/// What the secret's text holds: `{"client_id": "..", "client_secret": "..", "webhook_secrets": [..]}`.
#[derive(Deserialize)]
pub(super) struct Credentials {
    /// Stands in the page's address too.
    pub client_id: String,
    /// For the service token.
    pub client_secret: SecretString,
    /// What webhooks are proved by; none where no webhook is set up.
    pub webhook_secrets: Vec<SecretString>,
}

impl Credentials {
    /// Reads the secret.
    pub fn read(secret: &SecretString) -> Result<Self, SettingsError> {
        // The parser's own words may quote the secret.
        let text: Self = serde_json::from_str(secret.expose_secret()).map_err(|_| SettingsError {
            setting: "secret",
            problem: "must be JSON with client_id, client_secret and webhook_secrets",
        })?;
        for (setting, part) in [
            ("secret.client_id", text.client_id.as_str()),
            ("secret.client_secret", text.client_secret.expose_secret()),
        ] {
            if part.is_empty() || !part.bytes().all(|b| b.is_ascii_graphic()) {
                return Err(SettingsError { setting, problem: "must be visible ASCII characters" });
            }
        }
        Ok(text)
    }
}
