//! What the fake provider can do, in the domain's words.

use super::fake::FakePay;
use async_trait::async_trait;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::{
    Cancels, Captures, Confirms, CreatePayment, Created, Lookup, Observation, Operation, Provider,
    ProviderError, ProviderErrorKind, ProviderName, ProviderPaymentId, Refusal, RefusalCode, Resolves,
};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::status::{AttemptStatus, Reading};
use bellhop_domain::wish::{FieldError, Wish};
use bellhop_domain::{SignedDuration, Timestamp};

pub static SCHEDULE: Schedule = Schedule {
    page_life: SignedDuration::from_mins(90),
    hold_life: SignedDuration::from_hours(120),
    doubt_life: None,
    charges_alone: None,
    looks_a_minute: None,
    lookup_lag: SignedDuration::from_mins(10),
    open_looks: &[SignedDuration::from_mins(2), SignedDuration::from_mins(10), SignedDuration::from_mins(30)],
    held_looks: &[SignedDuration::from_hours(24)],
    final_looks: &[SignedDuration::from_hours(1), SignedDuration::from_hours(24)],
    never_pushed: &[],
};

pub fn refusal() -> Refusal {
    Refusal { code: RefusalCode::ALL[0], provider_code: "P0102".to_owned(), pointer: None, message: None }
}

#[async_trait]
impl Provider for FakePay {
    fn name(&self) -> ProviderName {
        ProviderName::GovukPay
    }

    fn check(&self, wish: &Wish) -> Vec<FieldError> {
        let long = wish.description.as_str().len() > 100;
        let error = || FieldError::new("/description", "is longer than 100 characters");
        long.then(error).into_iter().collect()
    }

    async fn create(&self, payment: &CreatePayment<'_>) -> Result<Created, ProviderError> {
        let (ids, wish) = ((payment.session, payment.attempt), payment.wish);
        self.call(Operation::Create, |books| {
            let payment = books.open(ids, wish.amount, wish.reference.as_str());
            Ok(Created::payable(payment, None))
        })
        .await
    }

    async fn fetch(&self, payment: &ProviderPaymentId) -> Result<Observation, ProviderError> {
        self.call(Operation::Fetch, |books| Ok(books.payment(payment)?.seen.clone())).await
    }

    fn read_notifications(
        &self,
        raw: &RawNotification<'_>,
        _: Timestamp,
    ) -> Result<Vec<Notification>, VerifyError> {
        let mut books = self.books();
        let rotated = books.proofs_fail > 0;
        books.proofs_fail = books.proofs_fail.saturating_sub(1);
        if rotated || raw.header("proof") != Some("good") {
            return Err(VerifyError::BadProof);
        }
        let text = std::str::from_utf8(raw.body).map_err(|_| VerifyError::Unreadable("body"))?;
        let ids = text.split_whitespace().filter_map(ProviderPaymentId::parse);
        Ok(ids.map(|payment| Notification { payment, session: None }).collect())
    }

    fn schedule(&self) -> &'static Schedule {
        &SCHEDULE
    }

    fn lingers(&self, seen: &Observation) -> Option<SignedDuration> {
        let untouched = seen.reading == Reading::Known(AttemptStatus::Pending);
        self.books().lingers.filter(|_| untouched)
    }

    fn lookup(&self, _: &Wish) -> Option<&dyn Lookup> {
        (!self.books().no_search).then_some(self)
    }

    fn cancels(&self) -> Option<&dyn Cancels> {
        Some(self)
    }

    fn confirms(&self) -> Option<&dyn Confirms> {
        self.books().answers.is_some().then_some(self)
    }

    fn captures(&self) -> Option<&dyn Captures> {
        self.books().answers.is_some().then_some(self)
    }

    fn resolves(&self) -> Option<&dyn Resolves> {
        self.books().names.is_some().then_some(self)
    }
}

#[async_trait]
impl Lookup for FakePay {
    async fn find(&self, _: &Wish, attempt: AttemptId) -> Result<Vec<Observation>, ProviderError> {
        self.call(Operation::Lookup, |books| {
            let lags = books.search_lags;
            let ours = books.ledger.iter().rev();
            let ours = ours.filter(|payment| payment.attempt == attempt && !lags);
            Ok(ours.map(|payment| payment.seen.clone()).collect())
        })
        .await
    }
}

#[async_trait]
impl Cancels for FakePay {
    async fn cancel(&self, payment: &ProviderPaymentId) -> Result<(), ProviderError> {
        self.call(Operation::Cancel, |books| {
            let payment = books.payment(payment)?;
            match payment.status() {
                Some(AttemptStatus::Pending | AttemptStatus::Authorized) => {
                    payment.set(AttemptStatus::Canceled)
                }
                _ if payment.seen.awaits_confirmation => payment.set(AttemptStatus::Canceled),
                _ => return Err(ProviderErrorKind::Refused(refusal())),
            }
            Ok(())
        })
        .await
    }
}
