//! A provider with a ledger of its own, whose every answer can be made to fail.

use super::fuse::{Crash, Fuse};
use bellhop_domain::SignedDuration;
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::ids::{AttemptId, SessionId};
use bellhop_domain::money::Money;
use bellhop_domain::provider::{
    Echo, Observation, Operation, Page, ProviderError, ProviderErrorKind, ProviderName, ProviderPaymentId,
};
use bellhop_domain::status::{AttemptStatus, Reading};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use url::Url;

/// A call that goes wrong, before or after it had its effect.
#[derive(Debug, Clone)]
pub enum Fault {
    Before(ProviderErrorKind),
    After(ProviderErrorKind),
}

/// A payment in the provider's own books.
#[derive(Debug, Clone)]
pub struct Payment {
    pub seen: Observation,
    pub attempt: AttemptId,
    pub session: SessionId,
    /// A payer was sent to its page.
    pub shown: bool,
}

impl Payment {
    pub fn status(&self) -> Option<AttemptStatus> {
        match &self.seen.reading {
            Reading::Known(status) => Some(*status),
            Reading::Unrecognized(_) => None,
        }
    }

    pub fn set(&mut self, status: AttemptStatus) {
        let seen = &mut self.seen;
        let amount = seen.amount.unwrap().minor();
        let moved = |when: AttemptStatus| if status == when { amount } else { 0 };
        seen.reading = Reading::Known(status);
        seen.awaits_confirmation = false;
        seen.moved = Moved {
            authorized: moved(AttemptStatus::Authorized),
            captured: moved(AttemptStatus::Succeeded),
            refunded: 0,
        };
        seen.failure =
            (status == AttemptStatus::Failed).then_some(Failure { code: FailureCode::Declined, retry: true });
        seen.page = seen.page.take().filter(|_| status.is_payable());
    }
}

type Hook = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

#[derive(Default)]
pub struct Books {
    pub ledger: Vec<Payment>,
    pub calls: Vec<Operation>,
    faults: Vec<(Operation, VecDeque<Fault>)>,
    hooks: Vec<(Operation, Hook)>,
    /// How long a payment that nobody has tried can be paid after the last look at its page.
    pub lingers: Option<SignedDuration>,
    /// Searches show nothing yet.
    pub search_lags: bool,
    /// There is no search.
    pub no_search: bool,
    /// It waits for our word and lets holds be taken: how often either had its effect.
    pub answers: Option<usize>,
    /// Notifications name something else than a payment, and these are what they mean.
    pub names: Option<Vec<(&'static str, usize)>>,
    /// So many proofs fail, as they do while a secret is rotated.
    pub proofs_fail: usize,
}

pub struct FakePay {
    books: Mutex<Books>,
    fuse: Arc<Fuse>,
}

impl std::fmt::Debug for FakePay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FakePay")
    }
}

impl Books {
    /// Nothing goes wrong any more.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }
}

impl FakePay {
    pub fn new(fuse: Arc<Fuse>) -> Self {
        let books = Mutex::default();
        Self { books, fuse }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    /// The next call of this kind goes wrong like this; asked for twice, the next two do.
    pub fn fail(&self, operation: Operation, fault: Fault) {
        let mut books = self.books();
        match books.faults.iter_mut().find(|(of, _)| *of == operation) {
            Some((_, faults)) => faults.push_back(fault),
            None => books.faults.push((operation, VecDeque::from([fault]))),
        }
    }

    /// Runs something else while the next call of this kind is on its way.
    pub fn meanwhile<F>(&self, operation: Operation, work: impl FnOnce() -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let hook: Hook = Box::new(move || Box::pin(work()));
        self.books().hooks.push((operation, hook));
    }

    /// How often this was asked.
    pub fn count(&self, operation: Operation) -> usize {
        let books = self.books();
        books.calls.iter().filter(|call| **call == operation).count()
    }

    /// What the provider's own books say of a payment from now on.
    pub fn set(&self, at: usize, status: AttemptStatus) {
        self.books().ledger[at].set(status);
    }

    /// A payer is sent to a page, and pays there if it can be paid.
    pub fn pay_on(&self, page: &Page) {
        let mut books = self.books();
        let mut ledger = books.ledger.iter_mut();
        let payment = ledger.find(|payment| payment.seen.page.as_ref() == Some(page));
        let payment = payment.expect("the page is a payment's");
        payment.shown = true;
        payment.set(AttemptStatus::Succeeded);
    }

    /// Payments whose page a payer has seen and could still pay on.
    pub fn shown_and_payable(&self) -> usize {
        let books = self.books();
        let payable = |payment: &&Payment| payment.status().is_some_and(AttemptStatus::is_payable);
        books.ledger.iter().filter(|payment| payment.shown).filter(payable).count()
    }

    /// Payments whose money has reached the merchant.
    pub fn paid(&self) -> usize {
        let books = self.books();
        let paid = |payment: &&Payment| payment.status().is_some_and(AttemptStatus::is_paid);
        books.ledger.iter().filter(paid).count()
    }

    pub fn status(&self, at: usize) -> Option<AttemptStatus> {
        self.books().ledger[at].status()
    }

    /// One call: whatever runs meanwhile, then the fault or the crash, then the effect.
    pub(super) async fn call<T>(
        &self,
        operation: Operation,
        act: impl FnOnce(&mut Books) -> Result<T, ProviderErrorKind>,
    ) -> Result<T, ProviderError> {
        if let Some(hook) = self.take_hook(operation) {
            hook().await;
        }
        let mut books = self.books();
        books.calls.push(operation);
        let fault = books.next_fault(operation);
        let result = match (self.fuse.turn(), fault) {
            (Some(Crash::Before), _) => Err(ProviderErrorKind::OutcomeUnknown),
            (None, Some(Fault::Before(kind))) => Err(kind),
            (Some(Crash::After), _) => act(&mut books).and(Err(ProviderErrorKind::OutcomeUnknown)),
            (None, Some(Fault::After(kind))) => act(&mut books).and(Err(kind)),
            (None, None) => act(&mut books),
        };
        result.map_err(|kind| ProviderError {
            provider: ProviderName::GovukPay,
            operation,
            kind,
            source: None,
        })
    }

    fn take_hook(&self, operation: Operation) -> Option<Hook> {
        let mut books = self.books();
        let at = books.hooks.iter().position(|(of, _)| *of == operation)?;
        Some(books.hooks.remove(at).1)
    }
}

impl Books {
    /// The provider works again.
    pub fn end_faults(&mut self) {
        self.faults.clear();
    }

    fn next_fault(&mut self, operation: Operation) -> Option<Fault> {
        let (_, faults) = self.faults.iter_mut().find(|(of, _)| *of == operation)?;
        faults.pop_front()
    }

    pub fn payment(&mut self, id: &ProviderPaymentId) -> Result<&mut Payment, ProviderErrorKind> {
        let found = self.ledger.iter_mut().find(|payment| payment.seen.payment == *id);
        found.ok_or(ProviderErrorKind::NotFound)
    }

    /// Writes a new payment into the books; it can be paid from now on.
    pub fn open(
        &mut self,
        (session, attempt): (SessionId, AttemptId),
        amount: Money,
        reference: &str,
    ) -> ProviderPaymentId {
        let id = format!("pay{}", self.ledger.len());
        let payment = ProviderPaymentId::parse(&id).unwrap();
        self.ledger.push(Payment {
            seen: Observation {
                payment: payment.clone(),
                amount: Some(amount),
                echo: Echo {
                    reference: Some(reference.to_owned()),
                    attempt: Some(attempt),
                    ours_by_id: false,
                },
                reading: Reading::Known(AttemptStatus::Pending),
                moved: Moved::default(),
                failure: None,
                page: Url::parse(&format!("https://pay.example/{id}")).ok().map(Page::To),
                settled: false,
                awaits_confirmation: false,
                charged_as: None,
                not_before: None,
            },
            attempt,
            session,
            shown: false,
        });
        payment
    }
}
