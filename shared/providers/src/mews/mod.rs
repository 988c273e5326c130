//! Mews: a hotel's booking, paid on Mews' own page; with the hotel's Connector API where there is one.
//!
//! Facts from docs.mews.com, as they stand in MewsSystems/open-api-docs ("docs"); each file names its own.

use crate::http::HttpClient;
use crate::settings::SettingsError;
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::Account;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    Cancels, CreatePayment, Created, Lookup, Observation, Operation, Pages, Provider, ProviderError,
    ProviderErrorKind as Kind, ProviderName, ProviderPaymentId, Refunds, RefusalCode, Resolves,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::text::AccountName;
use bellhop_domain::wish::{FieldError, Wish};
use client::{API, BookingEngine, Connector};
use config::{Credentials, Settings, Tokens};
use ids::PaymentId;
use notes::attempts_of;
use order::{Booking, Order, is_given};
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;
use wire::Group;

mod client;
mod config;
mod currencies;
mod errors;
mod facets;
mod ids;
mod notes;
mod notify;
mod order;
mod refunds;
mod rules;
pub(crate) mod schedule;
mod search;
mod status;
mod wire;

/// Mews with one hotel's account.
struct Mews {
    engine: BookingEngine,
    connector: Option<Connector>,
    settings: Settings,
    account: AccountName,
    webhook_secrets: Vec<SecretString>,
}

/// Mews for `account`.
///
/// # Errors
/// When a setting or a part of the secret is missing or wrong.
pub(crate) fn open(
    http: HttpClient,
    account: &Account,
    secret: &SecretString,
) -> Result<Arc<dyn Provider>, SettingsError> {
    Ok(Arc::new(Mews::new(http, account, secret)?))
}

#[async_trait]
impl Provider for Mews {
    fn name(&self) -> ProviderName {
        ProviderName::Mews
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        Order::read(&self.settings, wish).err().unwrap_or_default()
    }

    /// Books, where the wish does not name a payment request. There is no idempotency key: an answer
    /// that is lost is searched for or told to a person, and never asked for again.
    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        let order = Order::read(&self.settings, payment.wish).map_err(|faults| {
            let pointer = faults.into_iter().next().map(|fault| fault.pointer);
            API.refused(Operation::Create, RefusalCode::InvalidField, pointer)
        })?;
        match order {
            Order::Given(id) => created(&id),
            Order::Booking(booking) => self.book(booking, payment.attempt).await,
        }
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        const OP: Operation = Operation::Fetch;
        let id = PaymentId::parse(payment).ok_or_else(|| API.error(OP, Kind::NotFound))?;
        self.read(OP, &id).await
    }

    /// Without the Connector API nothing could be made of what a message names.
    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        let named = notify::read(&self.webhook_secrets, &self.account, raw)?;
        Ok(if self.connector.is_some() { named } else { Vec::new() })
    }

    fn schedule(&self) -> &'static Schedule {
        schedule::of(self.connector.is_some())
    }

    fn lookup(&self, wish: &Wish) -> Option<&dyn Lookup> {
        (is_given(wish) || self.connector.is_some()).then_some(self as &dyn Lookup)
    }

    fn resolves(&self) -> Option<&dyn Resolves> {
        self.connector.as_ref().map(|connector| connector as &dyn Resolves)
    }

    fn pages(&self) -> Option<&dyn Pages> {
        Some(self)
    }

    fn cancels(&self) -> Option<&dyn Cancels> {
        self.connector.as_ref().map(|connector| connector as &dyn Cancels)
    }

    fn refunds(&self) -> Option<&dyn Refunds> {
        self.connector.as_ref().map(|connector| connector as &dyn Refunds)
    }
}

impl Mews {
    fn new(http: HttpClient, account: &Account, secret: &SecretString) -> Result<Self, SettingsError> {
        let settings = Settings::read(account)?;
        let Credentials { connector, webhook_secrets } = Credentials::read(secret)?;
        let connector = connector.map(|Tokens { client_token, access_token }| Connector {
            http: http.clone(),
            base: settings.connector.clone(),
            client: settings.connector_client.clone(),
            client_token,
            access_token,
        });
        let (base, client, hotel) = (settings.base.clone(), settings.client.clone(), settings.hotel.clone());
        let engine = BookingEngine { http, base, client, hotel };
        Ok(Self { engine, connector, settings, account: account.at.name.clone(), webhook_secrets })
    }

    /// An answer about another attempt is no success of ours; one without any notes says nothing of it.
    async fn book(&self, booking: Booking, attempt: AttemptId) -> Result<Created, ProviderError> {
        const OP: Operation = Operation::Create;
        let group: Group = self.engine.ask(OP, "create", booking.body(attempt)).await?;
        if attempts_of(&group.reservations).iter().any(|other| *other != attempt) {
            return Err(API.unreadable(OP));
        }
        created(&PaymentId { group: group.id, request: group.payment_request_id })
    }

    /// A payment as it stands.
    async fn read(&self, operation: Operation, id: &PaymentId) -> Result<Observation, ProviderError> {
        let group = self.engine.group(operation, &id.group).await?;
        let unreadable = || API.unreadable(operation);
        let Some(request) = &id.request else {
            return status::observe_free(&group).ok_or_else(unreadable);
        };
        let mut requests = group.payment_requests.as_ref().ok_or_else(unreadable)?.iter();
        let request = requests.find(|one| one.id == *request);
        let request = request.ok_or_else(|| API.error(operation, Kind::NotFound))?;
        status::observe(&group, request).ok_or_else(unreadable)
    }
}

/// No request means that the rate asks for no payment now: what was booked is booked.
fn created(id: &PaymentId) -> Result<Created, ProviderError> {
    let payment = id.to_payment().ok_or_else(|| API.unreadable(Operation::Create))?;
    Ok(Created { payment, page: None, nothing_to_pay: id.request.is_none() })
}

impl fmt::Debug for Mews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mews").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
