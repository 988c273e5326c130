//! A provider for tests.

use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::ids::SessionId;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    CreatePayment, Created, Observation, Operation, Provider, ProviderError, ProviderErrorKind, ProviderName,
    ProviderPaymentId,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::wish::{FieldError, Wish};

/// A provider that only takes `proven` for a proof, and then speaks of one payment.
#[derive(Debug)]
pub struct Mute;

fn mute<T>(operation: Operation) -> Result<T, ProviderError> {
    Err(ProviderError {
        provider: ProviderName::GovukPay,
        operation,
        kind: ProviderErrorKind::NotFound,
        source: None,
    })
}

#[async_trait]
impl Provider for Mute {
    fn name(&self) -> ProviderName {
        ProviderName::GovukPay
    }

    fn check(&self, _: &Wish) -> Vec<FieldError> {
        Vec::new()
    }

    async fn create(&self, _: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        mute(Operation::Create)
    }

    async fn fetch(&self, _: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        mute(Operation::Fetch)
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        let payment = ProviderPaymentId::parse("hu20sqlact5260q2nanm0q8u93");
        let payment = payment.ok_or(VerifyError::Unreadable("no id"))?;
        let session = Some(SessionId::from_bytes([8; 16]));
        match raw.body {
            b"proven" => Ok(vec![Notification { payment, session }]),
            _ => Err(VerifyError::BadProof),
        }
    }

    fn schedule(&self) -> &'static Schedule {
        static SCHEDULE: Schedule = Schedule {
            page_life: bellhop_domain::SignedDuration::ZERO,
            hold_life: bellhop_domain::SignedDuration::ZERO,
            doubt_life: None,
            charges_alone: None,
            looks_a_minute: None,
            lookup_lag: bellhop_domain::SignedDuration::ZERO,
            open_looks: &[],
            held_looks: &[],
            final_looks: &[],
            never_pushed: &[],
        };
        &SCHEDULE
    }
}
