//! What the fake provider does with our answers: each has its effect once, however often it comes.

use super::fake::FakePay;
use super::fake_abilities::refusal;
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::{
    Captures, Confirms, Operation, ProviderError, ProviderErrorKind, ProviderPaymentId, Resolves,
};
use bellhop_domain::status::{AttemptStatus, Reading};

impl FakePay {
    /// The payer is done, and the provider waits for our word.
    pub fn wait_for_word(&self, at: usize) {
        let mut books = self.books();
        books.answers.get_or_insert(0);
        books.ledger[at].set(AttemptStatus::Processing);
        books.ledger[at].seen.awaits_confirmation = true;
    }

    /// The payer is done, and the money is held.
    pub fn hold(&self, at: usize) {
        let mut books = self.books();
        books.answers.get_or_insert(0);
        books.ledger[at].set(AttemptStatus::Authorized);
    }

    /// How often our word had an effect.
    pub fn effects(&self) -> usize {
        self.books().answers.unwrap_or_default()
    }

    async fn take(
        &self,
        (operation, payment): (Operation, &ProviderPaymentId),
        waits: fn(&Reading, bool) -> bool,
    ) -> Result<(), ProviderError> {
        self.call(operation, |books| {
            let payment = books.payment(payment)?;
            let paid = payment.status() == Some(AttemptStatus::Succeeded);
            if !waits(&payment.seen.reading, payment.seen.awaits_confirmation) {
                return if paid { Ok(()) } else { Err(ProviderErrorKind::Refused(refusal())) };
            }
            payment.set(AttemptStatus::Succeeded);
            books.answers = books.answers.map(|effects| effects + 1);
            Ok(())
        })
        .await
    }
}

#[async_trait]
impl Confirms for FakePay {
    async fn confirm(&self, payment: &ProviderPaymentId, _: AttemptId) -> Result<(), ProviderError> {
        self.take((Operation::Confirm, payment), |_, awaits| awaits).await
    }
}

#[async_trait]
impl Captures for FakePay {
    fn takes_part(&self) -> bool {
        false
    }

    async fn capture(&self, payment: &ProviderPaymentId, _: Option<Money>) -> Result<(), ProviderError> {
        let held = |reading: &Reading, _| *reading == Reading::Known(AttemptStatus::Authorized);
        self.take((Operation::Capture, payment), held).await
    }
}

#[async_trait]
impl Resolves for FakePay {
    async fn resolve(&self, named: &ProviderPaymentId) -> Result<Option<ProviderPaymentId>, ProviderError> {
        self.call(Operation::Resolve, |books| {
            let names = books.names.clone().unwrap_or_default();
            let meant = names.into_iter().find(|(name, _)| *name == named.as_str());
            Ok(meant.map(|(_, at)| books.ledger[at].seen.payment.clone()))
        })
        .await
    }
}
