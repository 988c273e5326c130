//! An account's settings and secret.

use super::notify::Formula;
use crate::settings::{Reader, SettingsError};
use bellhop_domain::account::{Account, Mode};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

/// The docs print this one alone.
const DEMO_BASE: &str = "https://demo-api.frontpayment.no";

/// Seen in the code of a third party (skatkov/frontgo, `lib/frontgo.rb`), hence the setting.
const LIVE_BASE: &str = "https://apigo.frontpayment.no";

/// Øre. Inferred: no largest amount is documented, and no room costs a million kroner.
pub(super) const MAX_ORE: u64 = 99_999_999;

/// The settings, all of which may be left out.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `base_url`: what stands before `/api/v1`.
    pub base: Url,
    /// `minimum`, in øre.
    pub minimum: u64,
    /// `maximum`, in øre.
    pub maximum: u64,
    /// `other_tax_rates`: their "other configuration", which knows more rates than 0, 12, 15 and 25.
    pub other_tax_rates: bool,
    /// `cancel_with_get`: as the docs print it; many gateways drop the body of a GET.
    pub cancel_with_get: bool,
    /// `checksum_formula`: 1 and 2 are the older ones, 3 is today's.
    pub formula: Formula,
    /// No setting: a test account may have an `http` landing.
    pub test: bool,
}

impl Settings {
    /// Reads the settings of `account`.
    pub fn read(account: &Account) -> Result<Self, SettingsError> {
        let amounts = ["base_url", "minimum", "maximum"];
        let names = [&amounts[..], &["other_tax_rates", "cancel_with_get", "checksum_formula"]].concat();
        let all = Reader::new(&account.settings, &names)?;
        let test = account.mode == Mode::Test;
        let range = 1..=MAX_ORE;
        let settings = Self {
            base: all.base("base_url", if test { DEMO_BASE } else { LIVE_BASE })?,
            minimum: all.number("minimum", &range)?.unwrap_or(1),
            maximum: all.number("maximum", &range)?.unwrap_or(MAX_ORE),
            other_tax_rates: all.flag("other_tax_rates")?,
            cancel_with_get: all.flag("cancel_with_get")?,
            formula: match all.number("checksum_formula", &(1..=3))? {
                Some(1) => Formula::Created,
                Some(2) => Formula::Timed,
                _ => Formula::All,
            },
            test,
        };
        let wrong = SettingsError { setting: "minimum", problem: "is more than maximum" };
        if settings.minimum > settings.maximum { Err(wrong) } else { Ok(settings) }
    }
}

/// What the secret's text holds: `{"api_key": "...", "webhook_secrets": ["current", "previous"]}`.
#[derive(Deserialize)]
pub(super) struct Credentials {
    /// Their bearer token.
    api_key: SecretString,
    /// Their `secretKey` for the checksum, and the one before it; none where no callback is believed.
    pub webhook_secrets: Vec<SecretString>,
}

impl Credentials {
    /// Reads the secret. The parser's own words may quote it, so they are dropped.
    pub fn read(secret: &SecretString) -> Result<Self, SettingsError> {
        let wrong = |setting, problem| SettingsError { setting, problem };
        let all: Self = serde_json::from_str(secret.expose_secret())
            .map_err(|_| wrong("secret", "must be JSON with api_key and webhook_secrets"))?;
        if all.webhook_secrets.iter().any(|one| one.expose_secret().trim().is_empty()) {
            return Err(wrong("secret.webhook_secrets", "must not hold an empty one"));
        }
        Ok(all)
    }

    /// `Bearer` and the token, marked sensitive.
    pub fn authorization(&self) -> Result<HeaderValue, SettingsError> {
        let wrong = SettingsError { setting: "secret.api_key", problem: "must be visible ASCII characters" };
        let token = self.api_key.expose_secret();
        let visible = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
        let value = HeaderValue::try_from(format!("Bearer {token}")).ok().filter(|_| visible);
        let mut value = value.ok_or(wrong)?;
        value.set_sensitive(true);
        Ok(value)
    }
}
