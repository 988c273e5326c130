//! Front Payment (FrontGo): a reservation paid by card on a hosted page, in kroner, by a bearer token.
//!
//! Facts from docs.frontpayment.no ("docs"), its earlier revisions included, and from exchanges with
//! its demo that others recorded. What is inferred stands in a constant that says so.
//!
//! A page serves every visit until the due date. Their merchants' answers warn of "OrderID already
//! used" when a payer leaves and comes back quickly: then only a new attempt helps.

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
use client::{API, Client, data};
use config::{Credentials, Settings};
use http::Method;
use order::Order;
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;
use url::Url;
use wire::Made;

mod client;
mod config;
mod errors;
mod facets;
mod fields;
mod notify;
mod options;
mod order;
mod products;
pub(crate) mod schedule;
mod search;
mod status;
mod wire;

/// Front Payment with one account's token.
struct Frontgo {
    client: Client,
    settings: Settings,
    webhook_secrets: Vec<SecretString>,
}

/// Front Payment for `account`.
///
/// # Errors
/// When a setting or a part of the secret is missing or wrong.
pub(crate) fn open(
    http: HttpClient,
    account: &Account,
    secret: &SecretString,
) -> Result<Arc<dyn Provider>, SettingsError> {
    Ok(Arc::new(Frontgo::new(http, account, secret)?))
}

#[async_trait]
impl Provider for Frontgo {
    fn name(&self) -> ProviderName {
        ProviderName::Frontgo
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        Order::read(&self.settings, wish).err().unwrap_or_default()
    }

    /// The answer names nothing of ours, so the first fetch is what compares.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        const OP: Operation = Operation::Create;
        self.check_addresses(payment)?;
        let order = Order::read(&self.settings, payment.wish).map_err(|faults| {
            let pointer = faults.into_iter().next().map(|fault| fault.pointer);
            API.refused(OP, RefusalCode::InvalidField, pointer)
        })?;
        let answer = self.client.send(OP, (Method::POST, &["create"]), &order.body(payment)).await?;
        let made: Made = data(OP, &answer)?;
        let created = ProviderPaymentId::parse(&made.reservation_uuid).zip(self.page(&made.payment_url));
        let created = created.map(|(payment, page)| Created::payable(payment, Some(page)));
        created.ok_or_else(|| API.unreadable(OP))
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        self.look(Operation::Fetch, payment).await
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        notify::read(&self.webhook_secrets, self.settings.formula, raw)
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

impl Frontgo {
    fn new(http: HttpClient, account: &Account, secret: &SecretString) -> Result<Self, SettingsError> {
        let settings = Settings::read(account)?;
        let credentials = Credentials::read(secret)?;
        let authorization = credentials.authorization()?;
        let client = Client { http, base: settings.base.clone(), authorization };
        Ok(Self { client, settings, webhook_secrets: credentials.webhook_secrets })
    }

    /// Where a reservation stands.
    async fn look(
        &self,
        operation: Operation,
        payment: &ProviderPaymentId,
    ) -> Result<Observation, ProviderError> {
        let seen = self.client.details(operation, payment.as_str()).await?;
        status::observe(&seen).ok_or_else(|| API.unreadable(operation))
    }

    /// https; plain only from an API that is itself a plain, local one.
    fn page(&self, text: &str) -> Option<Url> {
        let plain = self.settings.base.scheme() == "http";
        Url::parse(text).ok().filter(|url| is_web(url, plain))
    }

    /// Our own addresses hold no query: whether they would hash it is not known.
    fn check_addresses(&self, payment: &CreatePayment<'_>) -> Result<(), ProviderError> {
        let bare = |url: &Url| is_web(url, self.settings.test) && url.query().is_none();
        let fine = bare(&payment.landing) && bare(&payment.notify);
        let refusal = || API.refused(Operation::Create, RefusalCode::InvalidField, None);
        fine.then_some(()).ok_or_else(refusal)
    }
}

/// https, or http where that is `plain`.
fn is_web(url: &Url, plain: bool) -> bool {
    (url.scheme() == "https" || (plain && url.scheme() == "http")) && url.has_host()
}

impl fmt::Debug for Frontgo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frontgo").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
