//! What Mews can do besides: make a page; and with the Connector API cancel, and tell which payment
//! request a notification means.

use super::Mews;
use super::client::{API, Connector};
use super::ids::{Id, PaymentId};
use super::wire::{PaymentList, RequestList, ReservationList};
use crate::json_api::url_below;
use async_trait::async_trait;
use bellhop_domain::provider::{
    Cancels, Operation, Page, Pages, ProviderError, ProviderPaymentId, RefusalCode, Resolves, Visit,
};
use data_encoding::BASE64;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// The newest edition of the reservations' list.
pub(super) const RESERVATIONS: [&str; 3] = ["reservations", "getAll", "2023-06-06"];

#[async_trait]
impl Pages for Mews {
    /// docs, "On session payments". The page serves until the request ends, but its address holds the
    /// payer's token, so it is made anew for each visit and never kept.
    async fn page(&self, visit: &Visit<'_>) -> Result<Page, ProviderError> {
        let request = request_of(Operation::Page, visit.payment)?;
        let steps = ["navigator", "payment-requests", "detail", request.as_str()];
        let mut page = url_below(&self.settings.apps, steps);
        // As `btoa` does it. A raw `+` would arrive as a space: hence the encoding of a query.
        let back = BASE64.encode(visit.landing.as_str().as_bytes());
        page.query_pairs_mut().append_pair("returnUrl", &back);
        Ok(Page::To(page))
    }
}

#[async_trait]
impl Cancels for Connector {
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Cancel;
        let body = json!({"PaymentRequestIds": [request_of(OP, payment)?]});
        self.ask::<IgnoredAny>(OP, &["paymentRequests", "cancel"], body).await.map(drop)
    }
}

/// The payment request of a payment; there is none where nothing was to be paid.
pub(super) fn request_of(operation: Operation, payment: &ProviderPaymentId) -> Result<Id, ProviderError> {
    let request = PaymentId::parse(payment).and_then(|payment| payment.request);
    request.ok_or_else(|| API.refused(operation, RefusalCode::WrongState, None))
}

#[async_trait]
impl Resolves for Connector {
    /// A payment names its request, a request its group or a reservation, and a reservation its group.
    /// Most payments of a hotel name no request: one call tells.
    async fn resolve(&self, named: &ProviderPaymentId) -> Result<Option<ProviderPaymentId>, ProviderError> {
        const OP: Operation = Operation::Resolve;
        let payments: PaymentList =
            self.ask(OP, &["payments", "getAll"], by_id("PaymentIds", named.as_str())).await?;
        let mut payments = payments.payments.into_iter();
        let paid = payments.find(|one| one.id.as_str() == named.as_str());
        let Some(request) = paid.and_then(|one| one.payment_request_id) else {
            return Ok(None);
        };
        let requests = by_id("PaymentRequestIds", request.as_str());
        let requests: RequestList = self.ask(OP, &["paymentRequests", "getAll"], requests).await?;
        let Some(about) = requests.payment_requests.into_iter().find(|one| one.id == request) else {
            return Ok(None);
        };
        let group = match (about.reservation_group_id, about.reservation_id) {
            (Some(group), _) => Some(group),
            (None, Some(reservation)) => self.group_of(&reservation).await?,
            (None, None) => None,
        };
        Ok(group.and_then(|group| PaymentId::of(request, group).to_payment()))
    }
}

impl Connector {
    async fn group_of(&self, reservation: &Id) -> Result<Option<Id>, ProviderError> {
        let body = by_id("ReservationIds", reservation.as_str());
        let list: ReservationList = self.ask(Operation::Resolve, &RESERVATIONS, body).await?;
        Ok(list.reservations.into_iter().find(|one| one.id == *reservation).map(|one| one.group_id))
    }
}

/// A list of one.
pub(super) fn by_id(filter: &str, id: &str) -> Value {
    json!({filter: [id], "Limitation": {"Count": 1}})
}
