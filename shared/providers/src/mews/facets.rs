//! What Mews can do besides: make a page; and with the Connector API search, cancel, and tell which
//! payment request a notification means.

use super::Mews;
use super::client::{API, Connector};
use super::ids::{Id, PaymentId};
use super::notes::attempts_of;
use super::order::{Order, is_given};
use super::status::{observe, observe_free};
use super::wire::{Group, GroupList, PaymentList, RequestList, ReservationList};
use crate::json_api::url_below;
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{
    Cancels, Lookup, Observation, Operation, Page, Pages, ProviderError, ProviderErrorKind as Kind,
    ProviderPaymentId, RefusalCode, Resolves, Visit,
};
use bellhop_domain::wish::Wish;
use bellhop_domain::{SignedDuration, Timestamp};
use data_encoding::BASE64;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// Groups that one search may read (I9).
const MAX_GROUPS: usize = 24;

/// Two clocks agree within five minutes (I13).
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A search reaches over three months at most; whatever was changed since the attempt is in it.
const REACH: SignedDuration = SignedDuration::from_hours(80 * 24);

#[async_trait]
impl Lookup for Mews {
    /// A request that the wish names is there to be read. A booking of ours is searched among those
    /// that changed since, and known by its notes: the Connector's list does not show them.
    async fn find(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        if is_given(wish) {
            return self.named(wish, attempt).await;
        }
        const OP: Operation = Operation::Lookup;
        let connector = self.connector.as_ref().ok_or_else(|| API.error(OP, Kind::Unauthorized))?;
        let made = made_at(attempt);
        let until = made.saturating_add(REACH).unwrap_or(Timestamp::MAX);
        let from = made.saturating_sub(SKEW).unwrap_or(Timestamp::MIN);
        let body = json!({
            "UpdatedUtc": {"StartUtc": second(from), "EndUtc": second(until)},
            "Limitation": {"Count": MAX_GROUPS},
        });
        let list: GroupList = connector.ask(OP, &["reservationGroups", "getAll"], body).await?;
        let mut found = Vec::new();
        for listed in list.reservation_groups.iter().take(MAX_GROUPS) {
            found.extend(self.ours(&listed.id, attempt).await?);
        }
        // A search that was cut short proves nothing.
        if found.is_empty() && list.reservation_groups.len() >= MAX_GROUPS {
            return Err(API.error(OP, Kind::Unavailable { after: None }));
        }
        Ok(found)
    }
}

impl Mews {
    /// The request that the wish names, which makes it the attempt's where nothing says otherwise.
    async fn named(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        let Ok(Order::Given(named)) = Order::read(&self.settings, wish) else {
            return Ok(Vec::new());
        };
        match self.read(Operation::Lookup, &named).await {
            Ok(mut seen) => {
                seen.echo.attempt.get_or_insert(attempt);
                Ok(vec![seen])
            }
            Err(error) if error.kind == Kind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The group, if `attempt` made it. Others of the hotel are not read any further.
    async fn ours(&self, id: &Id, attempt: AttemptId) -> Result<Option<Observation>, ProviderError> {
        const OP: Operation = Operation::Lookup;
        let group = match self.engine.group(OP, id).await {
            Err(error) if error.kind == Kind::NotFound => return Ok(None),
            group => group?,
        };
        if !attempts_of(&group.reservations).contains(&attempt) {
            return Ok(None);
        }
        sole(&group).map(Some).ok_or_else(|| API.unreadable(OP))
    }
}

/// The payment of a group of ours: of the request that it names, or its only one, or nothing to pay.
fn sole(group: &Group) -> Option<Observation> {
    let requests = group.payment_requests.as_ref()?;
    match (&group.payment_request_id, requests.as_slice()) {
        (Some(named), all) => observe(group, all.iter().find(|one| one.id == *named)?),
        (None, [only]) => observe(group, only),
        (None, []) => observe_free(group),
        (None, _) => None,
    }
}

/// Of a UUIDv7: when it was made.
fn made_at(attempt: AttemptId) -> Timestamp {
    let millis = u128::from_be_bytes(attempt.to_bytes()) >> 80;
    let millis = i64::try_from(millis).unwrap_or_default();
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// To the second, as all times of theirs.
fn second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

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
        let steps = ["reservations", "getAll", "2023-06-06"];
        let body = by_id("ReservationIds", reservation.as_str());
        let list: ReservationList = self.ask(Operation::Resolve, &steps, body).await?;
        Ok(list.reservations.into_iter().find(|one| one.id == *reservation).map(|one| one.group_id))
    }
}

/// A list of one.
pub(super) fn by_id(filter: &str, id: &str) -> Value {
    json!({filter: [id], "Limitation": {"Count": 1}})
}
