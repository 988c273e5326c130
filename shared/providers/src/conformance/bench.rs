//! A provider at work against a scripted API.

use super::calls::{Call, Facts, Step, Verb};
use super::subject::{Captured, Refunded, Subject};
use super::wire::{Route, Wire};
use crate::http::HttpClient;
use crate::test_server::Act;
use crate::{ProviderSet, SettingsError};
use bellhop_domain::Timestamp;
use bellhop_domain::account::{Account, Mode};
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId};
use bellhop_domain::provider::{
    CommonLanding, CreatePayment, Created, Observation, Provider, ProviderError, ProviderPaymentId,
};
use bellhop_domain::wish::Wish;
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// A provider that speaks to a [`Wire`].
pub(crate) struct Bench {
    pub provider: Arc<dyn Provider>,
    pub wire: Wire,
}

impl Subject {
    /// The payment of the wish, with the ids of every case.
    pub fn facts(&self) -> Facts {
        Facts {
            payment: self.payment.to_owned(),
            amount: self.wish.amount,
            reference: self.wish.reference.as_str().to_owned(),
            session: SessionId::from_bytes([1; 16]),
            attempt: AttemptId::from_bytes([2; 16]),
        }
    }

    /// The payment's id.
    pub fn payment(&self) -> ProviderPaymentId {
        ProviderPaymentId::parse(self.payment).unwrap()
    }

    /// What `verb` costs on the wire, if the provider can do it.
    pub fn call(&self, verb: Verb) -> Option<Call> {
        let facts = self.facts();
        match verb {
            Verb::Create => Some((self.create.call)(&facts)),
            Verb::Fetch => Some((self.fetch.call)(&facts)),
            Verb::Find => self.lookup.has().map(|call| call(&[facts])),
            Verb::Confirm => self.confirms.has().cloned(),
            Verb::Cancel => self.cancels.has().cloned(),
            Verb::Capture => self.captures.has().map(|one: &Captured| one.call.clone()),
            Verb::Refund => self.refunds.has().map(|one: &Refunded| one.call.clone()),
            Verb::List => self.refunds.has().map(|one: &Refunded| one.list.clone()),
        }
    }

    /// The verbs among these that the provider has, and what each costs.
    pub fn calls<'s>(&'s self, verbs: &'s [Verb]) -> impl Iterator<Item = (Verb, Call)> + 's {
        let call = |verb: &Verb| Some((*verb, self.call(*verb)?));
        verbs.iter().filter_map(call)
    }

    /// The account's provider with other settings or another secret.
    pub fn open(&self, settings: &Value, secret: &Value) -> Result<Arc<dyn Provider>, SettingsError> {
        let account = Account {
            at: self.wish.account.clone(),
            merchant: MerchantId::from_bytes([3; 16]),
            mode: Mode::Test,
            settings: settings.as_object().unwrap().clone(),
            secret_name: "bellhop/conformance".to_owned(),
        };
        let set = ProviderSet::new(HttpClient::new().unwrap());
        set.open(&account, &secret.to_string().into())
    }

    /// The account's provider, whose API stands at `base`.
    pub fn at(&self, base: &str) -> Arc<dyn Provider> {
        self.open(&(self.settings)(base), &self.secret).unwrap()
    }

    /// Asks `provider` for what `verb` says.
    pub async fn ask(&self, provider: &dyn Provider, verb: Verb) -> Result<(), ProviderError> {
        let payment = self.payment();
        let order = || self.refunds.has().unwrap().order;
        match verb {
            Verb::Create => create(provider, self, &self.wish).await.map(drop),
            Verb::Fetch => provider.fetch(&payment).await.map(drop),
            Verb::Find => {
                let lookup = provider.lookup(&self.wish).unwrap();
                let found = lookup.find(&self.wish, self.facts().attempt).await;
                found.map(drop)
            }
            Verb::Confirm => provider.confirms().unwrap().confirm(&payment, self.facts().attempt).await,
            Verb::Cancel => provider.cancels().unwrap().cancel(&payment).await,
            Verb::Capture => {
                let captures = provider.captures().unwrap();
                captures.capture(&payment, None).await
            }
            Verb::Refund => {
                let refunds = provider.refunds().unwrap();
                refunds.refund(&payment, &order()).await.map(drop)
            }
            Verb::List => provider.refunds().unwrap().list(&payment).await.map(drop),
        }
    }
}

async fn create(provider: &dyn Provider, subject: &Subject, wish: &Wish) -> Result<Created, ProviderError> {
    let facts = subject.facts();
    let payment = CreatePayment {
        session: facts.session,
        attempt: facts.attempt,
        wish,
        landing: Url::parse("https://pay.booking.example/return/landing-token").unwrap(),
        common: CommonLanding {
            url: Url::parse("https://pay.booking.example/return").unwrap(),
            state: "landing-token".into(),
        },
        notify: Url::parse("https://pay.booking.example/webhooks/provider/harbour").unwrap(),
        expires_at: "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap(),
    };
    provider.create(&payment).await
}

impl Bench {
    async fn of(subject: &Subject, routes: Vec<Route>) -> Self {
        let wire = Wire::with(routes).await;
        let provider = subject.at(&wire.base);
        Self { provider, wire }
    }

    /// An API that is not to be asked.
    pub async fn idle(subject: &Subject) -> Self {
        Self::of(subject, Vec::new()).await
    }

    /// Every request of `call` is answered well.
    pub async fn good(subject: &Subject, call: &Call) -> Self {
        let steps = call.before.iter().chain([&call.main]).chain(&call.after);
        Self::of(subject, steps.map(Step::good).collect()).await
    }

    /// The one that matters is answered with `act`.
    pub async fn spoiled(subject: &Subject, call: &Call, act: Act) -> Self {
        let main = call.main.answered(act);
        let others = call.before.iter().chain(&call.after).map(Step::good);
        Self::of(subject, [main].into_iter().chain(others).collect()).await
    }

    /// One that comes before is answered with `act`.
    pub async fn blocked(subject: &Subject, call: &Call, (at, act): (usize, Act)) -> Self {
        let blocked = call.before[at].answered(act);
        let steps = call.before.iter().chain([&call.main]).map(Step::good);
        Self::of(subject, [blocked].into_iter().chain(steps).collect()).await
    }

    /// Opens a payment for `wish`.
    pub async fn create(&self, subject: &Subject, wish: &Wish) -> Result<Created, ProviderError> {
        let made = create(&*self.provider, subject, wish).await;
        self.is_all_scripted();
        made
    }

    /// Reads the payment.
    pub async fn fetch(&self, subject: &Subject) -> Result<Observation, ProviderError> {
        let seen = self.provider.fetch(&subject.payment()).await;
        self.is_all_scripted();
        seen
    }

    /// Asks for what `verb` says.
    pub async fn ask(&self, subject: &Subject, verb: Verb) -> Result<(), ProviderError> {
        let done = subject.ask(&*self.provider, verb).await;
        self.is_all_scripted();
        done
    }

    /// Fails when a request was none of the provider's documented ones.
    fn is_all_scripted(&self) {
        let strays = self.wire.strays();
        assert!(strays.is_empty(), "nobody scripted {strays:?}");
    }
}
