//! GOV.UK Pay: cards on a hosted page, in pounds, by a bearer key.
//!
//! Facts from docs.payments.service.gov.uk ("docs") and the open source of alphagov/pay-publicapi,
//! pay-connector and pay-webhooks; each file names its own.

use crate::http::HttpClient;
use crate::settings::SettingsError;
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::Account;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    Cancels, Captures, CreatePayment, Created, Lookup, Observation, Operation, Provider, ProviderError,
    ProviderName, ProviderPaymentId, Refunds, RefusalCode,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::wish::{FieldError, Wish};
use client::{API, Client};
use config::{Credentials, Settings};
use order::Order;
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
pub(crate) mod schedule;
mod status;
mod wire;

/// Their limit for `return_url` (`CreateCardPaymentRequest.java`).
const MAX_LANDING: usize = 2000;

/// GOV.UK Pay with one account's key.
struct GovukPay {
    client: Client,
    settings: Settings,
    webhook_keys: Vec<hmac::Key>,
}

/// GOV.UK Pay for `account`.
///
/// # Errors
/// When a setting or a part of the secret is missing or wrong.
pub(crate) fn open(
    http: HttpClient,
    account: &Account,
    secret: &SecretString,
) -> Result<Arc<dyn Provider>, SettingsError> {
    Ok(Arc::new(GovukPay::new(http, account, secret)?))
}

#[async_trait]
impl Provider for GovukPay {
    fn name(&self) -> ProviderName {
        ProviderName::GovukPay
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        Order::read(&self.settings, wish).err().unwrap_or_default()
    }

    /// The page of the answer is left unused: it serves one visit, and each fetch gives a fresh one.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        const OP: Operation = Operation::Create;
        self.check_landing(payment)?;
        let order = Order::read(&self.settings, payment.wish).map_err(|faults| {
            let pointer = faults.into_iter().next().map(|fault| fault.pointer);
            API.refused(OP, RefusalCode::InvalidField, pointer)
        })?;
        let (url, body) = (self.client.url(None, &[]), order.body(payment));
        let answer = self.client.post_json(OP, url, &body).await?;
        let made = self.observed(&API.json(OP, &answer)?, OP)?;
        let ours = made.amount == Some(payment.wish.amount)
            && made.echo.reference.as_deref() == Some(payment.wish.reference.as_str())
            && made.echo.attempt.is_none_or(|id| id == payment.attempt);
        let created = Created::payable(made.payment, None);
        ours.then_some(created).ok_or_else(|| API.unreadable(OP))
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        const OP: Operation = Operation::Fetch;
        let url = self.client.url(Some(payment), &[]);
        let answer = self.client.get(OP, url).await?;
        self.observed(&API.json(OP, &answer)?, OP)
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        notify::read(&self.webhook_keys, raw)
    }

    fn schedule(&self) -> &'static Schedule {
        &schedule::SCHEDULE
    }

    fn lookup(&self, _: &Wish) -> Option<&dyn Lookup> {
        Some(self)
    }

    fn cancels(&self) -> Option<&dyn Cancels> {
        Some(self)
    }

    fn captures(&self) -> Option<&dyn Captures> {
        Some(self)
    }

    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }
}

impl GovukPay {
    fn new(http: HttpClient, account: &Account, secret: &SecretString) -> Result<Self, SettingsError> {
        let settings = Settings::read(account)?;
        let credentials = Credentials::read(secret, account.mode)?;
        let client = Client { http, base: settings.base.clone(), authorization: credentials.authorization };
        Ok(Self { client, settings, webhook_keys: credentials.webhook_keys })
    }

    fn observed(&self, payment: &wire::Payment, operation: Operation) -> Result<Observation, ProviderError> {
        status::observe(payment, &self.settings.base).ok_or_else(|| API.unreadable(operation))
    }

    /// Our own address; a live account takes https alone (P0920).
    fn check_landing(&self, payment: &CreatePayment<'_>) -> Result<(), ProviderError> {
        let landing = &payment.landing;
        let scheme = landing.scheme() == "https" || (self.settings.test && landing.scheme() == "http");
        let fine = scheme && landing.as_str().len() <= MAX_LANDING;
        let refusal = || API.refused(Operation::Create, RefusalCode::InvalidField, None);
        fine.then_some(()).ok_or_else(refusal)
    }
}

impl fmt::Debug for GovukPay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GovukPay").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
