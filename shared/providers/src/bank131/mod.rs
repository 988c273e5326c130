//! Bank 131: cards in a widget on our own page, cards that the bank knows, and codes to scan.
//!
//! Facts from developer.131.ru ("docs"), from its SDK (bank131/php-sdk, "their SDK") and, where those
//! are silent, from its sister product's documentation; each file names its own.

use crate::http::HttpClient;
use crate::settings::SettingsError;
use async_trait::async_trait;
use bellhop_domain::account::Account;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    Cancels, Captures, Confirms, CreatePayment, Created, Lookup, Observation, Operation, Pages, Provider,
    ProviderError, ProviderName, ProviderPaymentId, Refunds, RefusalCode,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::status::{AttemptStatus, Reading};
use bellhop_domain::wish::{FieldError, Wish};
use bellhop_domain::{SignedDuration, Timestamp};
use client::{API, Ask, Client};
use config::{Credentials, Settings};
use keys::BankKeys;
use order::{Flow, Order};
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;
use wire::{OfSession, Session};

mod client;
mod config;
mod errors;
mod facets;
mod interaction;
mod keys;
mod notify;
mod order;
pub(crate) mod schedule;
mod status;
mod way;
mod wire;

/// Bank 131 with one project's keys.
struct Bank131 {
    client: Client,
    settings: Settings,
    bank: BankKeys,
}

/// Bank 131 for `account`.
///
/// # Errors
/// When a setting or a part of the secret is missing or wrong.
pub(crate) fn open(
    http: HttpClient,
    account: &Account,
    secret: &SecretString,
) -> Result<Arc<dyn Provider>, SettingsError> {
    Ok(Arc::new(Bank131::new(http, account, secret)?))
}

#[async_trait]
impl Provider for Bank131 {
    fn name(&self) -> ProviderName {
        ProviderName::Bank131
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        Order::read(&self.settings, wish).err().unwrap_or_default()
    }

    /// Once in effect: the attempt, which is stored before, is the idempotency key.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        const OP: Operation = Operation::Create;
        self.check_landing(payment)?;
        let order = Order::read(&self.settings, payment.wish).map_err(|faults| {
            let pointer = faults.into_iter().next().map(|fault| fault.pointer);
            API.refused(OP, RefusalCode::InvalidField, pointer)
        })?;
        let path: &[&str] = match order.flow() {
            Flow::Widget | Flow::Start => &["create"],
            Flow::Init => &["init", "payment"],
        };
        let once = payment.attempt.to_string();
        let ask = Ask { once: Some(&once), ..Ask::of(OP, path) };
        let body = order.body(Some(payment.session), payment.attempt, &payment.landing);
        let made = self.observed(&self.client.session(ask, &body).await?, OP)?;
        let reference = payment.wish.reference.as_str();
        let ours = made.amount.is_none_or(|amount| amount == payment.wish.amount)
            && made.echo.reference.is_none_or(|echoed| echoed == reference)
            && made.echo.attempt.is_none_or(|id| id == payment.attempt);
        let created = Created::payable(made.payment, None);
        ours.then_some(created).ok_or_else(|| API.unreadable(OP))
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        const OP: Operation = Operation::Fetch;
        let body = OfSession { session_id: payment.as_str(), amount_details: None };
        let session = self.client.session(Ask::of(OP, &["status"]), &body).await?;
        self.observed(&session, OP)
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        notify::read(&self.bank, raw)
    }

    fn schedule(&self) -> &'static Schedule {
        &schedule::SCHEDULE
    }

    /// A session that nobody has tried to pay cannot be canceled, and may never end by itself. Where the
    /// bank waits for our word it takes no money without it; where it does not, a token lives a day.
    fn lingers(&self, seen: &Observation) -> Option<SignedDuration> {
        let untouched = seen.amount.is_none() && seen.reading == Reading::Known(AttemptStatus::Pending);
        let life = if self.settings.auto_confirm { schedule::PAGE_LIFE } else { SignedDuration::ZERO };
        untouched.then_some(life)
    }

    /// Where the create is the payment, only a message can tell of a lost one.
    fn lookup(&self, wish: &Wish) -> Option<&dyn Lookup> {
        Flow::of(wish).is_harmless().then_some(self as &dyn Lookup)
    }

    fn pages(&self) -> Option<&dyn Pages> {
        Some(self)
    }

    fn confirms(&self) -> Option<&dyn Confirms> {
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

impl Bank131 {
    fn new(http: HttpClient, account: &Account, secret: &SecretString) -> Result<Self, SettingsError> {
        let settings = Settings::read(account)?;
        let Credentials { key, bank } = Credentials::read(secret)?;
        let client = Client {
            http,
            base: settings.base.clone(),
            version: settings.version,
            project: settings.project.clone(),
            submerchant: settings.submerchant.clone(),
            key,
        };
        Ok(Self { client, settings, bank })
    }

    fn observed(&self, session: &Session, operation: Operation) -> Result<Observation, ProviderError> {
        status::observe(session, &self.settings.base).ok_or_else(|| API.unreadable(operation))
    }

    /// Our own address, which the bank's form sends the payer back to.
    fn check_landing(&self, payment: &CreatePayment<'_>) -> Result<(), ProviderError> {
        let scheme = payment.landing.scheme();
        let fine = scheme == "https" || (self.settings.test && scheme == "http");
        let refusal = || API.refused(Operation::Create, RefusalCode::InvalidField, None);
        fine.then_some(()).ok_or_else(refusal)
    }
}

impl fmt::Debug for Bank131 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bank131").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
