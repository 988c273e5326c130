//! What GOV.UK Pay can do besides: search, cancel, capture, refund.

use super::GovukPay;
use super::client::API;
use super::wire::{ATTEMPT_KEY, NewRefund, Payment, Refund, RefundList, SearchResults};
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    self, Cancels, Captures, Lookup, Observation, Operation, ProviderError, ProviderErrorKind,
    ProviderPaymentId, RefundOrder, RefundStatus, Refunds, RefusalCode,
};
use bellhop_domain::wish::Wish;
use serde_json::Value;

/// More payments of one booking than its sessions can have had; a full page stays far below the cap
/// of an answer.
const DISPLAY_SIZE: &str = "100";

#[async_trait]
impl Lookup for GovukPay {
    /// The search goes by reference, whose case it ignores, and lags; our attempt decides.
    async fn find(&self, wish: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        const OP: Operation = Operation::Lookup;
        let mut url = self.client.url(None, &[]);
        url.query_pairs_mut()
            .append_pair("reference", wish.reference.as_str())
            .append_pair("display_size", DISPLAY_SIZE);
        let answer = match self.client.get(OP, url).await {
            // P0402: no such page of results, so there are none.
            Err(error) if error.kind == ProviderErrorKind::NotFound => return Ok(Vec::new()),
            answer => answer?,
        };
        let found: SearchResults = API.json(OP, &answer)?;
        let ours = found.results.into_iter().filter(|one| is_of(one, attempt));
        let read = |one| serde_json::from_value::<Payment>(one).map_err(|_| API.unreadable(OP));
        let mut payments = ours.map(read).collect::<Result<Vec<_>, _>>()?;
        payments.sort_by(|a, b| b.created_date.cmp(&a.created_date));
        payments.iter().map(|one| self.observed(one, OP)).collect()
    }
}

fn is_of(payment: &Value, attempt: AttemptId) -> bool {
    payment["metadata"][ATTEMPT_KEY].as_str() == Some(&attempt.to_string())
}

#[async_trait]
impl Cancels for GovukPay {
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Cancel;
        let url = self.client.url(Some(payment), &["cancel"]);
        API.no_content(OP, &self.client.post(OP, url).await?)
    }
}

#[async_trait]
impl Captures for GovukPay {
    /// The call takes no amount (docs, "Take a delayed payment").
    fn takes_part(&self) -> bool {
        false
    }

    /// Safe to repeat: a second capture is answered 204 too.
    async fn capture(&self, payment: &ProviderPaymentId, part: Option<Money>) -> Result<(), ProviderError> {
        const OP: Operation = Operation::Capture;
        if part.is_some() {
            let pointer = Some("/amount".to_owned());
            return Err(API.refused(OP, RefusalCode::InvalidField, pointer));
        }
        let url = self.client.url(Some(payment), &["capture"]);
        API.no_content(OP, &self.client.post(OP, url).await?)
    }
}

#[async_trait]
impl Refunds for GovukPay {
    async fn refund(
        &self,
        payment: &ProviderPaymentId,
        order: &RefundOrder,
    ) -> Result<provider::Refund, ProviderError> {
        const OP: Operation = Operation::Refund;
        let pounds = |money: Money| money.currency() == Currency::GBP;
        let (amount, available) = (order.amount.minor(), order.available.minor());
        let wrong = |code| Err(API.refused(OP, code, Some("/amount".to_owned())));
        match () {
            () if !pounds(order.amount) || !pounds(order.available) || amount == 0 => {
                return wrong(RefusalCode::InvalidField);
            }
            () if amount > available => return wrong(RefusalCode::AmountTooLarge),
            () => {}
        }
        let body = NewRefund { amount, refund_amount_available: available };
        let url = self.client.url(Some(payment), &["refunds"]);
        let answer = self.client.post_json(OP, url, &body).await?;
        let made = refund_of(&API.json(OP, &answer)?).filter(|made| made.amount == order.amount);
        made.ok_or_else(|| API.unreadable(OP))
    }

    /// This list lags behind (docs, "Data consistency").
    async fn list(&self, payment: &ProviderPaymentId) -> Result<Vec<provider::Refund>, ProviderError> {
        const OP: Operation = Operation::Refunds;
        let url = self.client.url(Some(payment), &["refunds"]);
        let list: RefundList = API.json(OP, &self.client.get(OP, url).await?)?;
        let mut refunds = list.embedded.refunds;
        refunds.sort_by(|a, b| a.created_date.cmp(&b.created_date));
        let read = refunds.iter().map(refund_of).collect::<Option<Vec<_>>>();
        read.ok_or_else(|| API.unreadable(OP))
    }
}

/// A refund in our words; `None` when it makes no sense.
fn refund_of(refund: &Refund) -> Option<provider::Refund> {
    let id = ProviderPaymentId::parse(&refund.refund_id)?;
    Some(provider::Refund {
        id: id.as_str().to_owned(),
        amount: Money::new(refund.amount, Currency::GBP).ok()?,
        status: match refund.status.as_str() {
            "submitted" => Some(RefundStatus::Pending),
            "success" => Some(RefundStatus::Succeeded),
            "error" => Some(RefundStatus::Failed),
            _ => None,
        },
    })
}
