//! What adapters read from an account's settings, and the one error for all of it.

use serde_json::{Map, Value};
use std::ops::RangeInclusive;
use thiserror::Error;
use url::{Host, Url};

/// A setting or a part of the secret that an adapter cannot work with. Names it; never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{setting} {problem}")]
pub struct SettingsError {
    /// The setting, or `secret.` and the part of the secret.
    pub setting: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// An account's settings, read by name.
pub(crate) struct Reader<'a>(&'a Map<String, Value>);

impl<'a> Reader<'a> {
    /// Settings that hold nothing but `known` names: a misspelled one must not count as absent.
    pub fn new(all: &'a Map<String, Value>, known: &[&str]) -> Result<Self, SettingsError> {
        let fine = all.keys().all(|name| known.contains(&name.as_str()));
        let wrong = SettingsError { setting: "settings", problem: "hold an unknown name" };
        fine.then_some(Self(all)).ok_or(wrong)
    }

    /// A truth; absent is false.
    pub fn flag(&self, setting: &'static str) -> Result<bool, SettingsError> {
        let problem = "must be true or false";
        self.0
            .get(setting)
            .map_or(Ok(false), |value| value.as_bool().ok_or(SettingsError { setting, problem }))
    }

    /// A whole number in `range`.
    pub fn number(
        &self,
        setting: &'static str,
        range: &RangeInclusive<u64>,
    ) -> Result<Option<u64>, SettingsError> {
        let Some(value) = self.0.get(setting) else {
            return Ok(None);
        };
        let problem = "is not a whole number within its range";
        let number = value.as_u64().filter(|number| range.contains(number));
        number.map(Some).ok_or(SettingsError { setting, problem })
    }

    /// Where the API stands: https, or http to this machine alone, for the credentials go with every call.
    pub fn base(&self, setting: &'static str, default: &str) -> Result<Url, SettingsError> {
        let wrong = |problem| SettingsError { setting, problem };
        let text = match self.0.get(setting) {
            None => default,
            Some(value) => value.as_str().ok_or(wrong("must be a text"))?,
        };
        let url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        match url.scheme() {
            _ if !bare => Err(wrong("must not hold userinfo, query or fragment")),
            "https" => Ok(url),
            "http" if is_local(&url) => Ok(url),
            _ => Err(wrong("must be https")),
        }
    }
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
