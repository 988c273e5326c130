//! The payment providers, one folder each, behind one trait.

use bellhop_domain::account::Account;
use bellhop_domain::provider::{Provider, ProviderName};
use secrecy::SecretString;
use std::sync::Arc;

mod bank131;
mod faults;
mod frontgo;
mod govuk_pay;
pub mod http;
mod json_api;
mod mews;
mod powens;
mod settings;
mod signature;
mod token;

use http::HttpClient;
pub use settings::SettingsError;
pub use token::Now;

/// Every provider there is: the only list. Cheap to clone; all clones share one HTTP client.
#[derive(Debug, Clone)]
pub struct ProviderSet {
    http: HttpClient,
    now: Option<Now>,
}

impl ProviderSet {
    /// A set whose providers all speak through `http`: make one per process.
    ///
    /// It has no clock: a provider's service token is used until it is refused.
    pub const fn new(http: HttpClient) -> Self {
        Self { http, now: None }
    }

    /// The set with a clock: a service token is renewed before it is too old.
    #[must_use]
    pub fn with_clock(self, now: Now) -> Self {
        Self { now: Some(now), ..self }
    }

    /// The provider of `account`, with its settings and the text of its secret.
    ///
    /// # Errors
    /// When a setting or a part of the secret is missing or wrong.
    pub fn open(&self, account: &Account, secret: &SecretString) -> Result<Arc<dyn Provider>, SettingsError> {
        match account.at.provider {
            ProviderName::GovukPay => govuk_pay::open(self.http.clone(), account, secret),
            ProviderName::Frontgo => frontgo::open(self.http.clone(), account, secret),
            ProviderName::Bank131 => bank131::open(self.http.clone(), account, secret),
            ProviderName::Powens => powens::open(self.http.clone(), self.now.clone(), account, secret),
            ProviderName::Mews => mews::open(self.http.clone(), account, secret),
        }
    }

    /// Scheduled looks that one account of `provider` may be given in a minute, as its schedule declares;
    /// `None` for as many as are due.
    pub fn looks_a_minute(provider: ProviderName) -> Option<usize> {
        match provider {
            ProviderName::GovukPay => govuk_pay::schedule::SCHEDULE.looks_a_minute,
            ProviderName::Frontgo => frontgo::schedule::SCHEDULE.looks_a_minute,
            ProviderName::Bank131 => bank131::schedule::SCHEDULE.looks_a_minute,
            ProviderName::Powens => powens::schedule::PLAN.looks_a_minute,
            ProviderName::Mews => mews::schedule::PLAN.looks_a_minute,
        }
    }
}

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod test_server;
