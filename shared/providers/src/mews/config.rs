//! An account's settings and secret.

use super::ids::Id;
use crate::settings::{Reader, SettingsError};
use bellhop_domain::account::{Account, Mode};
use bellhop_domain::text::free_text;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

/// Docs, "Environments": their API and their pages, for real money and for trying out.
const LIVE: [&str; 2] = ["https://api.mews.com", "https://app.mews.com"];
const DEMO: [&str; 2] = ["https://api.mews-demo.com", "https://app.mews-demo.com"];

const KNOWN: [&str; 7] =
    ["base_url", "apps_url", "connector_url", "client", "connector_client", "hotel_id", "configuration_id"];

/// The settings; all but `client` and `hotel_id` may be left out.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `base_url`: the booking-engine API. A test account's is the demo's.
    pub base: Url,
    /// `apps_url`: where the payer's page stands.
    pub apps: Url,
    /// `connector_url`: the Connector API, where it stands elsewhere.
    pub connector: Url,
    /// `client`: the name and version that the booking engine is registered under.
    pub client: String,
    /// `connector_client`: likewise of the Connector's client, where it has another.
    pub connector_client: String,
    /// `hotel_id`: one account is one hotel.
    pub hotel: Id,
    /// `configuration_id`: the booking engine's, where bookings do not name one.
    pub configuration: Option<Id>,
}

impl Settings {
    /// Reads the settings of `account`.
    pub fn read(account: &Account) -> Result<Self, SettingsError> {
        let all = Reader::new(&account.settings, &KNOWN)?;
        let [api, apps] = match account.mode {
            Mode::Live => LIVE,
            Mode::Test => DEMO,
        };
        let base = all.base("base_url", api)?;
        let needed = |setting| SettingsError { setting, problem: "is required" };
        let client = name(account, "client")?.ok_or(needed("client"))?;
        Ok(Self {
            apps: all.base("apps_url", apps)?,
            connector: all.base("connector_url", base.as_str())?,
            connector_client: name(account, "connector_client")?.unwrap_or_else(|| client.clone()),
            hotel: id(account, "hotel_id")?.ok_or(needed("hotel_id"))?,
            configuration: id(account, "configuration_id")?,
            client,
            base,
        })
    }
}

fn name(account: &Account, setting: &'static str) -> Result<Option<String>, SettingsError> {
    let wrong = SettingsError { setting, problem: "must be a name and a version" };
    let value = account.settings.get(setting);
    let text = |value: &serde_json::Value| free_text(value.as_str()?, 100).ok().map(str::to_owned);
    value.map(|value| text(value).ok_or(wrong)).transpose()
}

fn id(account: &Account, setting: &'static str) -> Result<Option<Id>, SettingsError> {
    let wrong = SettingsError { setting, problem: "is not an id of Mews" };
    let value = account.settings.get(setting);
    value.map(|value| value.as_str().and_then(Id::parse).ok_or(wrong)).transpose()
}

/// What the secret's text holds:
/// `{"connector": {"client_token": "..", "access_token": ".."}, "webhook_secrets": [..]}`.
/// `connector` may be left out; then nothing can be canceled, given back or searched for.
#[derive(Deserialize)]
pub(super) struct Credentials {
    /// Of the Connector API.
    pub connector: Option<Tokens>,
    /// The last steps of our webhook address, as they were given to Mews: the new one first.
    pub webhook_secrets: Vec<SecretString>,
}

/// What opens the Connector API.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub client_token: SecretString,
    pub access_token: SecretString,
}

/// More than one is only needed while a webhook secret is rotated.
const MAX_WEBHOOK_SECRETS: usize = 4;

/// A webhook secret is all the proof there is: 20 characters of an address are at least 119 bits.
const WEBHOOK_SECRET: std::ops::RangeInclusive<usize> = 20..=128;

impl Credentials {
    /// Reads the secret.
    pub fn read(secret: &SecretString) -> Result<Self, SettingsError> {
        let wrong = |setting, problem| SettingsError { setting, problem };
        // The parser's own words may quote the secret.
        let all: Self = serde_json::from_str(secret.expose_secret()).map_err(|_| {
            wrong("secret", "must be JSON with webhook_secrets, and connector where there is one")
        })?;
        let tokens = all.connector.iter().flat_map(|one| [&one.client_token, &one.access_token]);
        let visible = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        if !tokens.map(SecretString::expose_secret).all(visible) {
            return Err(wrong("secret.connector", "must hold two tokens of visible ASCII characters"));
        }
        let mut secrets = all.webhook_secrets.iter().map(SecretString::expose_secret);
        let plain = |text: &str| {
            let fine = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
            WEBHOOK_SECRET.contains(&text.len()) && text.bytes().all(fine)
        };
        if all.webhook_secrets.len() > MAX_WEBHOOK_SECRETS || !secrets.all(plain) {
            let problem = "must be four at most, each of 20 to 128 letters, digits, hyphens and underscores";
            return Err(wrong("secret.webhook_secrets", problem));
        }
        Ok(all)
    }
}
