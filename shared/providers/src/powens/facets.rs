//! What Powens can do besides: search, make a page, cancel. A transfer is neither held nor given back.

use super::Powens;
use super::client::API;
use super::order::reference_id;
use super::wire::{List, Payment, ScopedToken};
use crate::json_api::url_below;
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{
    Cancels, Lookup, Observation, Operation, Page, Pages, ProviderError, ProviderPaymentId, Visit,
};
use bellhop_domain::wish::Wish;
use secrecy::ExposeSecret;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::cmp::Reverse;
use url::Url;

/// One attempt makes one payment, or a few where an answer was lost.
const LIMIT: &str = "100";

#[async_trait]
impl Lookup for Powens {
    async fn find(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        const OP: Operation = Operation::Lookup;
        let ours = reference_id(attempt, wish.amount.currency());
        let mut url = self.client.url(None, &[]);
        url.query_pairs_mut().append_pair("reference_id", &ours).append_pair("limit", LIMIT);
        let list: List = API.json(OP, &self.client.get(OP, url).await?)?;
        let found = list.payments.iter().map(AsRef::as_ref).filter(|one| is_of(one, &ours));
        let read = |one: &RawValue| serde_json::from_str(one.get()).map_err(|_| API.unreadable(OP));
        let mut payments = found.map(read).collect::<Result<Vec<Payment>, _>>()?;
        payments.sort_by_key(|one| Reverse(one.id));
        payments.iter().map(|one| self.observed(one, OP)).collect()
    }
}

/// Whether a payment of the list is about our end-to-end id: their filter is not trusted.
fn is_of(payment: &RawValue, ours: &str) -> bool {
    let listed: Value = serde_json::from_str(payment.get()).unwrap_or_default();
    let mut lines = listed["instructions"].as_array().into_iter().flatten();
    lines.any(|line| line["reference_id"] == ours)
}

#[async_trait]
impl Pages for Powens {
    /// A fresh token each time: it may pay the payment for seven days, so it is never kept.
    async fn page(&self, visit: &Visit<'_>) -> Result<Page, ProviderError> {
        let (payment, back) = (visit.payment, &visit.common);
        const OP: Operation = Operation::Page;
        let url = self.client.url(Some(payment), &["scopedtoken"]);
        let body = json!({"scope": ["payments:validate"]});
        let made: ScopedToken = API.json(OP, &self.client.post(OP, url, &body).await?)?;
        if made.id_payment.to_string() != payment.as_str() {
            return Err(API.unreadable(OP));
        }
        let mut page = self.webview();
        page.query_pairs_mut()
            .append_pair("client_id", &self.client.client_id)
            .append_pair("redirect_uri", back.url.as_str())
            .append_pair("state", back.state.expose_secret())
            .append_pair("code", made.token.expose_secret())
            .append_pair("payment_id", payment.as_str());
        Ok(Page::To(page))
    }
}

impl Powens {
    /// Their page, in the form below the domain, or in the newer one that names it.
    pub(super) fn webview(&self) -> Url {
        let base = &self.settings.base;
        let Some(newer) = &self.settings.webview else {
            return url_below(base, ["auth", "webview", "payment"]);
        };
        let mut page = url_below(newer, ["payment"]);
        page.query_pairs_mut().append_pair("domain", base.authority());
        page
    }
}

#[async_trait]
impl Cancels for Powens {
    /// Taken while `created`, or `pending` and not instant. A bank may ask for the payer's visit
    /// (`pending`, `cancelling`), which nobody waits for: then the payment stands.
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Cancel;
        let url = self.client.url(Some(payment), &[]);
        self.client.post(OP, url, &json!({"cancel": true})).await.map(drop)
    }
}
