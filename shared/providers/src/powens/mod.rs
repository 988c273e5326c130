//! Powens Pay: a bank transfer that the payer approves on Powens' page, in euros or pounds.
//!
//! Facts from docs.powens.com ("docs"); each file names its own.

use crate::http::HttpClient;
use crate::settings::SettingsError;
use crate::signature::webhook_keys;
use crate::token::{Now, TokenCache};
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::Account;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    Cancels, CreatePayment, Created, Lookup, Observation, Operation, Pages, Provider, ProviderError,
    ProviderName, ProviderPaymentId, RefusalCode, ReturnHint,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::wish::{FieldError, Wish};
use client::{API, Client, TOKEN_USE};
use config::{Credentials, Settings};
use order::reference_id;
use ring::hmac;
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;

mod client;
mod config;
mod errors;
mod facets;
mod notify;
mod order;
mod rules;
pub(crate) mod schedule;
mod status;
mod wire;

/// Powens with one account's credentials.
struct Powens {
    client: Client,
    settings: Settings,
    webhook_keys: Vec<hmac::Key>,
}

/// Powens for `account`; `now` says how old a service token is.
///
/// # Errors
/// When a setting or a part of the secret is missing or wrong.
pub(crate) fn open(
    http: HttpClient,
    now: Option<Now>,
    account: &Account,
    secret: &SecretString,
) -> Result<Arc<dyn Provider>, SettingsError> {
    Ok(Arc::new(Powens::new(http, now, account, secret)?))
}

#[async_trait]
impl Provider for Powens {
    fn name(&self) -> ProviderName {
        ProviderName::Powens
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        order::check(wish)
    }

    /// Harmless by itself: nobody can pay it before a page is made.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        const OP: Operation = Operation::Create;
        let refused = |pointer| API.refused(OP, RefusalCode::InvalidField, pointer);
        if let Some(fault) = order::check(payment.wish).into_iter().next() {
            return Err(refused(Some(fault.pointer)));
        }
        let body = order::body(payment).ok_or_else(|| refused(None))?;
        let answer = self.client.post(OP, self.client.url(None, &[]), &body).await?;
        let answer: wire::Payment = API.json(OP, &answer)?;
        let made = self.observed(&answer, OP)?;
        let amount = payment.wish.amount;
        let id = reference_id(payment.attempt, amount.currency());
        let mut lines = answer.instructions.iter();
        let ours = made.amount == Some(amount) && lines.all(|line| line.reference_id.as_ref() == Some(&id));
        let created = Created::payable(made.payment, None);
        ours.then_some(created).ok_or_else(|| API.unreadable(OP))
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        const OP: Operation = Operation::Fetch;
        let answer = self.client.get(OP, self.client.url(Some(payment), &[])).await?;
        self.observed(&API.json(OP, &answer)?, OP)
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        notify::read(&self.webhook_keys, self.settings.webhook_path.as_deref(), raw)
    }

    fn schedule(&self) -> &'static Schedule {
        schedule::of(self.settings.accepted)
    }

    /// Unsigned (guide, "Handle the callback"): `error` is `cancelled` when the payer stopped in the webview,
    /// `error_code` is the payment's.
    fn return_hint(&self, query: &[(String, String)]) -> Option<ReturnHint> {
        let value = |name: &str| query.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
        match (value("error"), value("error_code")) {
            (Some("cancelled"), _) => Some(ReturnHint::Stopped),
            (Some(_), _) | (_, Some(_)) => Some(ReturnHint::Failed),
            (None, None) => None,
        }
    }

    fn lookup(&self, _: &Wish) -> Option<&dyn Lookup> {
        Some(self)
    }

    fn pages(&self) -> Option<&dyn Pages> {
        Some(self)
    }

    fn cancels(&self) -> Option<&dyn Cancels> {
        Some(self)
    }
}

impl Powens {
    fn new(
        http: HttpClient,
        now: Option<Now>,
        account: &Account,
        secret: &SecretString,
    ) -> Result<Self, SettingsError> {
        let settings = Settings::read(account)?;
        let Credentials { client_id, client_secret, webhook_secrets } = Credentials::read(secret)?;
        let webhook_keys = webhook_keys(&webhook_secrets)?;
        let (base, tokens) = (settings.base.clone(), TokenCache::new(TOKEN_USE, now));
        let client = Client { http, base, client_id, client_secret, tokens };
        Ok(Self { client, settings, webhook_keys })
    }

    fn observed(&self, payment: &wire::Payment, operation: Operation) -> Result<Observation, ProviderError> {
        status::observe(payment, self.settings.accepted).ok_or_else(|| API.unreadable(operation))
    }
}

impl fmt::Debug for Powens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Powens").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
