//! What Bank 131 can do besides: a page for each visit, confirm, cancel, capture, refund.

use super::Bank131;
use super::client::{API, Ask};
use super::errors::KEY_USED;
use super::order::{Flow, Order};
use super::wire::{AcquiringWidget, AmountDetails, NewToken, OfSession, Payment, Refund, Session};
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{
    self, Cancels, Captures, Confirms, Lookup, Observation, Operation, Page, Pages, ProviderError,
    ProviderErrorKind as Kind, ProviderPaymentId, RefundOrder, RefundStatus, Refunds, RefusalCode, Visit,
    Widget,
};
use bellhop_domain::wish::Wish;

/// There is no search, and none is needed: a session that was only opened moved no money, and nobody
/// was ever shown a page of it (I1).
#[async_trait]
impl Lookup for Bank131 {
    async fn find(&self, _: &Wish, _: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Pages for Bank131 {
    /// The widget with a token of its own, which is never kept; or what the payer has to do for a
    /// payment that is started now, once in effect. A payment that was started shows its page to a fetch.
    async fn page(&self, visit: &Visit<'_>) -> Result<Page, ProviderError> {
        const OP: Operation = Operation::Page;
        let unavailable = || API.error(OP, Kind::Unavailable { after: None });
        let wrong = || API.refused(OP, RefusalCode::InvalidField, None);
        let order = Order::read(&self.settings, visit.wish).map_err(|_| wrong())?;
        match order.flow() {
            Flow::Widget => self.widget(visit).await,
            Flow::Init => Err(unavailable()),
            Flow::Start => {
                let mut body = order.body(None, visit.attempt, &visit.landing);
                body.session_id = Some(visit.payment.as_str());
                let once = format!("{}-start", visit.attempt);
                let ask = Ask { once: Some(&once), ..Ask::of(OP, &["start", "payment"]) };
                let session = self.client.of(visit.payment, ask, &body).await?;
                self.observed(&session, OP)?.page.ok_or_else(unavailable)
            }
        }
    }
}

impl Bank131 {
    async fn widget(&self, visit: &Visit<'_>) -> Result<Page, ProviderError> {
        let landing = visit.landing.as_str();
        let acquiring_widget = AcquiringWidget {
            session_id: visit.payment.as_str(),
            success_return_url: landing,
            failure_return_url: landing,
        };
        let token = self.client.token(&NewToken { acquiring_widget }).await?;
        let widget = self.settings.widget.clone();
        let widget =
            widget.ok_or_else(|| API.refused(Operation::Page, RefusalCode::AccountNotAllowed, None))?;
        Ok(Page::Widget(Widget { script: widget.script, style: widget.style, form: widget.form, token }))
    }

    /// One call about a session and, for some, an amount.
    async fn about(
        &self,
        payment: &ProviderPaymentId,
        ask: Ask<'_>,
        amount: Option<Money>,
    ) -> Result<Session, ProviderError> {
        let body = OfSession { session_id: payment.as_str(), amount_details: amount.map(AmountDetails::of) };
        self.client.of(payment, ask, &body).await
    }

    /// The refunds of a session, oldest first, read for `operation`.
    async fn refunds_of(
        &self,
        payment: &ProviderPaymentId,
        operation: Operation,
    ) -> Result<(Session, Vec<provider::Refund>), ProviderError> {
        let read = self.about(payment, Ask::of(Operation::Refunds, &["status"]), None).await;
        let session = read.map_err(|error| ProviderError { operation, ..error })?;
        let refunds = refunds(&session).ok_or_else(|| API.unreadable(operation))?;
        Ok((session, refunds))
    }
}

#[async_trait]
impl Confirms for Bank131 {
    /// Once in effect by its key; that the key was used says that it was given before.
    async fn confirm(&self, payment: &ProviderPaymentId, attempt: AttemptId) -> Result<(), ProviderError> {
        let once = format!("{attempt}-confirm");
        let ask = Ask { once: Some(&once), ..Ask::of(Operation::Confirm, &["confirm"]) };
        match self.about(payment, ask, None).await {
            Err(error) if was_given_before(&error.kind) => Ok(()),
            done => done.map(drop),
        }
    }
}

fn was_given_before(kind: &Kind) -> bool {
    matches!(kind, Kind::Refused(refusal) if refusal.provider_code == KEY_USED)
}

#[async_trait]
impl Cancels for Bank131 {
    /// Taken while they wait for a confirmation or a capture.
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        self.about(payment, Ask::of(Operation::Cancel, &["cancel"]), None).await.map(drop)
    }
}

#[async_trait]
impl Captures for Bank131 {
    fn takes_part(&self) -> bool {
        true
    }

    /// Once: what is not captured then goes free.
    async fn capture(&self, payment: &ProviderPaymentId, part: Option<Money>) -> Result<(), ProviderError> {
        self.about(payment, Ask::of(Operation::Capture, &["capture"]), part).await.map(drop)
    }
}

#[async_trait]
impl Refunds for Bank131 {
    /// They compare nothing, so what is left is read first; and the n-th refund of a payment is made
    /// once, whoever asks for it meanwhile, by its key.
    async fn refund(
        &self,
        payment: &ProviderPaymentId,
        order: &RefundOrder,
    ) -> Result<provider::Refund, ProviderError> {
        const OP: Operation = Operation::Refund;
        let (amount, available) = (order.amount, order.available);
        let wrong = |code| Err(API.refused(OP, code, Some("/amount".to_owned())));
        match () {
            () if amount.minor() == 0 || amount.currency() != available.currency() => {
                return wrong(RefusalCode::InvalidField);
            }
            () if amount.minor() > available.minor() => return wrong(RefusalCode::AmountTooLarge),
            () => {}
        }
        let (session, before) = self.refunds_of(payment, OP).await?;
        let seen = self.observed(&session, OP)?;
        let left = seen.moved.captured - seen.moved.refunded;
        if seen.amount.map(|amount| amount.currency()) != Some(available.currency()) {
            return wrong(RefusalCode::InvalidField);
        }
        if left != available.minor() {
            return wrong(RefusalCode::AmountChanged);
        }
        let once = format!("{}-refund-{}", payment.as_str(), before.len());
        let ask = Ask { once: Some(&once), ..Ask::of(OP, &["refund"]) };
        let after = refunds(&self.about(payment, ask, Some(amount)).await?);
        let is_new = |one: &provider::Refund| before.iter().all(|old| old.id != one.id);
        let made = after.and_then(|after| after.into_iter().find(is_new));
        made.filter(|made| made.amount == amount).ok_or_else(|| API.unreadable(OP))
    }

    async fn list(&self, payment: &ProviderPaymentId) -> Result<Vec<provider::Refund>, ProviderError> {
        self.refunds_of(payment, Operation::Refunds).await.map(|(_, refunds)| refunds)
    }
}

/// The refunds of a session in our words, oldest first; `None` when one makes no sense.
fn refunds(session: &Session) -> Option<Vec<provider::Refund>> {
    let mut all: Vec<&Refund> = session.payments().iter().flat_map(Payment::refunds).collect();
    all.sort_by(|a, b| a.created_at.cmp(&b.created_at));
    all.into_iter().map(refund_of).collect()
}

fn refund_of(refund: &Refund) -> Option<provider::Refund> {
    let id = ProviderPaymentId::parse(&refund.id)?;
    Some(provider::Refund {
        id: id.as_str().to_owned(),
        amount: refund.amount_details.money()?,
        status: match refund.status.as_str() {
            "in_progress" => Some(RefundStatus::Pending),
            "accepted" => Some(RefundStatus::Succeeded),
            "declined" => Some(RefundStatus::Failed),
            // Nor is an `error` final here: it may have gone through.
            _ => None,
        },
    })
}
