//! Giving money back through the Connector API (docs, "Refund payment").

use super::client::{API, Connector};
use super::currencies;
use super::facets::{by_id, request_of};
use super::ids::Id;
use super::wire::{Amount, Booked, NewRefund, PaymentList, RefundMade, RequestList};
use async_trait::async_trait;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{
    Operation, ProviderError, ProviderErrorKind as Kind, ProviderPaymentId, Refund, RefundOrder,
    RefundStatus, Refunds, RefusalCode,
};
use serde_json::json;
use serde_json::value::RawValue;

/// They want a reason.
const REASON: &str = "Given back by the booking site";

/// As many as they list at once. An account with more is for a person.
const MAX_PAYMENTS: usize = 1000;

#[async_trait]
impl Refunds for Connector {
    /// One payment is given back, all or a part of it: where a request was paid in several, the first
    /// that is large enough.
    async fn refund(
        &self,
        payment: &ProviderPaymentId,
        order: &RefundOrder,
    ) -> Result<Refund, ProviderError> {
        const OP: Operation = Operation::Refund;
        check(order).map_err(wrong)?;
        let value_to_refund = RawValue::from_string(order.amount.to_decimal());
        let value_to_refund = value_to_refund.map_err(|_| wrong(RefusalCode::InvalidField))?;
        let ledger = self.ledger(Operation::Fetch, payment).await?;
        // A compare-and-swap that they do not offer, as near as one look comes to it.
        if ledger.left(order.amount) != Some(order.available) {
            return Err(wrong(RefusalCode::AmountChanged));
        }
        let enough = |one: &&Booked| value(&one.amount).is_some_and(|it| it.minor() >= order.amount.minor());
        let from = ledger.charges().find(enough).ok_or_else(|| wrong(RefusalCode::AmountTooLarge))?;
        let (payment_id, account_id) = (&from.id, &from.account_id);
        let body = NewRefund { payment_id, account_id, reason: REASON, value_to_refund };
        let made: RefundMade = self.ask(OP, &["payments", "refund"], body).await?;
        let amount = Amount { currency: made.amount.currency, gross_value: made.amount.value };
        let same = value(&amount) == Some(order.amount);
        let status = status_of(&made.state);
        let refund = Refund { id: made.refund_id.as_str().to_owned(), amount: order.amount, status };
        same.then_some(refund).ok_or_else(|| API.unreadable(OP))
    }

    async fn list(&self, payment: &ProviderPaymentId) -> Result<Vec<Refund>, ProviderError> {
        const OP: Operation = Operation::Refunds;
        let ledger = self.ledger(OP, payment).await?;
        let refund = |one: &Booked| {
            let status = status_of(&one.state);
            Some(Refund { id: one.id.as_str().to_owned(), amount: value(&one.amount)?, status })
        };
        let mut back: Vec<&Booked> = ledger.refunds().collect();
        back.sort_by(|a, b| a.created_utc.cmp(&b.created_utc));
        back.into_iter().map(refund).collect::<Option<_>>().ok_or_else(|| API.unreadable(OP))
    }
}

fn wrong(code: RefusalCode) -> ProviderError {
    API.refused(Operation::Refund, code, Some("/amount".to_owned()))
}

fn check(order: &RefundOrder) -> Result<(), RefusalCode> {
    let (amount, available) = (order.amount, order.available);
    let step = currencies::step(amount.currency());
    let fine = amount.currency() == available.currency()
        && amount.minor() > 0
        && step.is_some_and(|step| amount.minor().is_multiple_of(step));
    match fine {
        false => Err(RefusalCode::InvalidField),
        true if amount.minor() > available.minor() => Err(RefusalCode::AmountTooLarge),
        true => Ok(()),
    }
}

/// What stands on the account for one payment request.
struct Ledger(Vec<Booked>);

impl Connector {
    /// The account that the request was issued to, and all that was paid on it for that request.
    ///
    /// Inferred: that a refund names the request of what it gives back. Where it does not, the amount
    /// left is above what the merchant believes, and nothing more is given back.
    async fn ledger(
        &self,
        operation: Operation,
        payment: &ProviderPaymentId,
    ) -> Result<Ledger, ProviderError> {
        let request = request_of(operation, payment)?;
        let requests = by_id("PaymentRequestIds", request.as_str());
        let requests: RequestList = self.ask(operation, &["paymentRequests", "getAll"], requests).await?;
        let about = requests.payment_requests.into_iter().find(|one| one.id == request);
        let account: Id = about.ok_or_else(|| API.error(operation, Kind::NotFound))?.account_id;
        let body = json!({"AccountIds": [account], "Limitation": {"Count": MAX_PAYMENTS}});
        let mut all: PaymentList = self.ask(operation, &["payments", "getAll"], body).await?;
        if all.payments.len() >= MAX_PAYMENTS {
            return Err(API.unreadable(operation));
        }
        all.payments.retain(|one| one.payment_request_id.as_ref() == Some(&request));
        Ok(Ledger(all.payments))
    }
}

impl Ledger {
    /// What was paid. The kind is only told of payments through Mews' own processing.
    fn charges(&self) -> impl Iterator<Item = &Booked> {
        let paid = |one: &&Booked| matches!(one.kind.as_deref(), None | Some("Payment"));
        self.0.iter().filter(paid).filter(|one| one.state == "Charged")
    }

    fn refunds(&self) -> impl Iterator<Item = &Booked> {
        self.0.iter().filter(|one| one.kind.as_deref() == Some("Refund"))
    }

    /// What is left of it, in the currency of `like`: what is on its way back is gone.
    fn left(&self, like: Money) -> Option<Money> {
        let back = self.refunds().filter(|one| status_of(&one.state) != Some(RefundStatus::Failed));
        like.with_minor(sum(self.charges(), like)?.checked_sub(sum(back, like)?)?).ok()
    }
}

fn sum<'a>(mut all: impl Iterator<Item = &'a Booked>, like: Money) -> Option<u64> {
    all.try_fold(0_u64, |sum, one| {
        let value = value(&one.amount).filter(|value| value.currency() == like.currency());
        sum.checked_add(value?.minor())
    })
}

/// An amount without its sign: a payment is negative on the guest's account.
fn value(amount: &Amount) -> Option<Money> {
    let currency = Money::currency_of(&amount.currency).ok()?;
    let text = amount.gross_value.get();
    Money::parse_decimal(text.strip_prefix('-').unwrap_or(text), currency).ok()
}

fn status_of(state: &str) -> Option<RefundStatus> {
    match state {
        "Charged" => Some(RefundStatus::Succeeded),
        "Pending" | "Verifying" => Some(RefundStatus::Pending),
        "Failed" | "Canceled" => Some(RefundStatus::Failed),
        _ => None,
    }
}
