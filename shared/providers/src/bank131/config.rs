//! An account's settings and secret.

use super::keys::{BankKeys, SigningKey};
use crate::settings::{Reader, SettingsError};
use bellhop_domain::account::{Account, Mode};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

/// Where the API stands (docs, "Interaction format").
const LIVE_BASE: &str = "https://proxy.bank131.ru";
const TEST_BASE: &str = "https://demo.bank131.ru";

/// What the widget's script calls its form, as their sister product documents it.
const FORM: &str = "SmglPaymentForm";

/// The settings; only `project` has to be there.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `base_url`.
    pub base: Url,
    /// `project`: the name that the bank gave to it, for `X-PARTNER-PROJECT`.
    pub project: HeaderValue,
    /// `submerchant`, of a foreign financial institution.
    pub submerchant: Option<HeaderValue>,
    /// `version` of the API: `v1` or `v2`.
    pub version: &'static str,
    /// `widget_script` and what belongs to it; without it no widget can be shown.
    pub widget: Option<WidgetSettings>,
    /// `holds`: the bank has enabled delayed capture for the project.
    pub holds: bool,
    /// `auto_confirm`: the bank has been asked not to wait for a confirmation.
    pub auto_confirm: bool,
    /// No setting: a test account may have an `http` landing.
    pub test: bool,
}

/// The widget. Nothing of it is guessed: what stands here runs on the page where cards are typed.
#[derive(Debug, Clone)]
pub(super) struct WidgetSettings {
    /// `widget_script`.
    pub script: Url,
    /// `widget_style`.
    pub style: Option<Url>,
    /// `widget_form`: the name under which the script offers its form.
    pub form: String,
}

const NAMES: [&str; 9] = [
    "base_url",
    "project",
    "submerchant",
    "version",
    "widget_script",
    "widget_style",
    "widget_form",
    "holds",
    "auto_confirm",
];

impl Settings {
    /// Reads the settings of `account`.
    pub fn read(account: &Account) -> Result<Self, SettingsError> {
        let given = &account.settings;
        let all = Reader::new(given, &NAMES)?;
        let test = account.mode == Mode::Test;
        let project = header(given, "project")?;
        let missing = SettingsError { setting: "project", problem: "is required" };
        Ok(Self {
            base: all.base("base_url", if test { TEST_BASE } else { LIVE_BASE })?,
            project: project.ok_or(missing)?,
            submerchant: header(given, "submerchant")?,
            version: version(given.get("version"))?,
            widget: widget(given, &all)?,
            holds: all.flag("holds")?,
            auto_confirm: all.flag("auto_confirm")?,
            test,
        })
    }
}

fn header(given: &Map<String, Value>, setting: &'static str) -> Result<Option<HeaderValue>, SettingsError> {
    let problem = "must be 1 to 128 visible ASCII characters";
    let read = |value: &Value| {
        let text = value.as_str().filter(|text| (1..=128).contains(&text.len()))?;
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        HeaderValue::from_str(text).ok().filter(|_| visible)
    };
    given.get(setting).map(|value| read(value).ok_or(SettingsError { setting, problem })).transpose()
}

/// The names of some fields differ; both are read whatever stands here.
fn version(setting: Option<&Value>) -> Result<&'static str, SettingsError> {
    match setting.map(Value::as_str) {
        None | Some(Some("v2")) => Ok("v2"),
        Some(Some("v1")) => Ok("v1"),
        Some(_) => Err(SettingsError { setting: "version", problem: "must be v1 or v2" }),
    }
}

fn widget(given: &Map<String, Value>, all: &Reader<'_>) -> Result<Option<WidgetSettings>, SettingsError> {
    let url = |name| given.contains_key(name).then(|| all.base(name, "")).transpose();
    let (script, style) = (url("widget_script")?, url("widget_style")?);
    let form = match given.get("widget_form") {
        None => FORM.to_owned(),
        Some(value) => form(value)?,
    };
    Ok(script.map(|script| WidgetSettings { script, style, form }))
}

/// A name of JavaScript: our own page looks it up among what the script defines.
fn form(setting: &Value) -> Result<String, SettingsError> {
    let plain = |name: &&str| {
        let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
        letter && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let wrong = SettingsError { setting: "widget_form", problem: "must be letters and digits" };
    setting.as_str().filter(plain).map(str::to_owned).ok_or(wrong)
}

/// What the secret's text holds: `{"private_key": "PEM", "bank_public_keys": ["PEM", ..]}`.
pub(super) struct Credentials {
    /// Signs every request.
    pub key: SigningKey,
    /// Prove the bank's messages: the current one, and the other while it changes.
    pub bank: BankKeys,
}

#[derive(Deserialize)]
struct SecretText {
    private_key: SecretString,
    bank_public_keys: Vec<SecretString>,
}

impl Credentials {
    /// Reads the secret.
    pub fn read(secret: &SecretString) -> Result<Self, SettingsError> {
        // The parser's own words may quote the secret.
        let text: SecretText = serde_json::from_str(secret.expose_secret()).map_err(|_| SettingsError {
            setting: "secret",
            problem: "must be JSON with private_key and bank_public_keys",
        })?;
        Ok(Self { key: SigningKey::read(&text.private_key)?, bank: BankKeys::read(&text.bank_public_keys)? })
    }
}
