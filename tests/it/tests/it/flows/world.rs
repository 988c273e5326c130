//! Everything that the flows work with, and the steps that a test takes.

use super::accounts::FakeAccounts;
use super::fake::FakePay;
use super::fuse::Fuse;
use super::queue::FakeQueue;
use super::table::Table;
use super::wishes::{Plain, account_at, all, order, start};
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::flows::{
    Attended, CreateOrder, CreateResult, Desk, FlowError, Landing, Look, Opening, Retried, Run, Target,
    attend, create_session, land_return, open_payment, reconcile, refresh, retry,
};
use bellhop_domain::ids::{MerchantId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::queue::Task;
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::session::Session;
use bellhop_domain::store::{Save, Saved, Store};
use bellhop_domain::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use std::sync::Arc;
use url::Url;

/// The history of a payment that was seen on its way.
pub const PAID_IN_TWO_STEPS: [EventKind; 4] =
    [EventKind::Created, EventKind::Pending, EventKind::Processing, EventKind::Succeeded];

/// A run of the schedule with all the time it wants, for accounts that may be asked at any rate.
pub fn unpaced(now: Timestamp) -> Run<'static> {
    Run { now, time_left: &|| true, pace: &|_| None }
}

#[derive(Clone)]
pub struct World {
    pub fuse: Arc<Fuse>,
    pub table: Arc<Table>,
    pub pay: Arc<FakePay>,
    pub accounts: Arc<FakeAccounts>,
    pub queue: Arc<FakeQueue>,
    pub merchant: MerchantId,
    pub desk: Desk,
}

impl World {
    pub fn new() -> Self {
        let fuse = Arc::new(Fuse::default());
        let table = Arc::new(Table::new(fuse.clone()));
        let pay = Arc::new(FakePay::new(fuse.clone()));
        let merchant = MerchantId::generate(start()).unwrap();
        let accounts = Arc::new(FakeAccounts::new(merchant, pay.clone()));
        let queue = Arc::new(FakeQueue::default());
        let desk = Desk {
            store: table.clone(),
            accounts: accounts.clone(),
            queue: queue.clone(),
            keys: ServiceKeys::new(&[7; 32], None),
            public_url: Url::parse("https://pay.bellhop.example").unwrap(),
        };
        Self { fuse, table, pay, accounts, queue, merchant, desk }
    }

    /// A world with a session whose payment is open.
    pub async fn opened() -> Self {
        let world = Self::new();
        world.create(start()).await.unwrap();
        world
    }

    pub fn order(&self) -> CreateOrder {
        order(self.merchant, "RES-12345", "key-1")
    }

    pub async fn create(&self, now: Timestamp) -> Result<CreateResult, FlowError> {
        self.create_from(&self.order(), now).await
    }

    pub async fn create_from(&self, order: &CreateOrder, now: Timestamp) -> Result<CreateResult, FlowError> {
        create_session(&self.desk, order, &Plain, now).await
    }

    /// The newest session of the booking, read past every count and fault.
    pub async fn session(&self) -> Session {
        let page = self.table.inner().sessions(self.merchant, &all()).await.unwrap();
        page.items.last().expect("there is a session").clone()
    }

    pub async fn stored(&self, key: SessionKey) -> Session {
        self.table.inner().session(key).await.unwrap().unwrap()
    }

    /// Somebody else writes the session, and changes nothing but its version.
    pub async fn touch(&self, before: &Session) {
        let mut next = before.clone();
        next.version += 1;
        let saved = self.table.inner().save(Save::only(&next, None)).await;
        assert_eq!(saved.unwrap(), Saved::Done);
    }

    /// Every event of the session, which have no gap.
    pub async fn events(&self) -> Vec<Event> {
        let key = self.session().await.key;
        let events = self.table.inner().events(key, 0, 100).await.unwrap().items;
        let sequences = events.iter().map(|event| event.sequence);
        assert!(sequences.eq(1..=events.len() as u64), "a gap: {events:?}");
        events
    }

    pub async fn kinds(&self) -> Vec<EventKind> {
        let events = self.events().await;
        events.iter().map(|event| event.kind).collect()
    }

    pub async fn look(&self, target: Target<'_>, now: Timestamp) -> Result<Session, FlowError> {
        let cause = Cause::Schedule;
        let key = self.session().await.key;
        let look = Look { target, cause, now };
        Ok(refresh(&self.desk, key, look).await?.expect("there is a session"))
    }

    pub async fn look_now(&self, now: Timestamp) -> Result<Session, FlowError> {
        self.look(Target::Current, now).await
    }

    pub async fn token(&self) -> String {
        let token = self.desk.token(&self.session().await).unwrap();
        token.secret().expose_secret().to_owned()
    }

    pub async fn open(&self, now: Timestamp) -> Result<Opening, FlowError> {
        open_payment(&self.desk, &self.token().await, now).await
    }

    pub async fn land(&self, now: Timestamp) -> Result<Landing, FlowError> {
        let landing = land_return(&self.desk, &self.token().await, now).await?;
        Ok(landing.expect("the link lands"))
    }

    pub async fn retry(&self, now: Timestamp) -> Result<Retried, FlowError> {
        retry(&self.desk, &self.token().await, now).await
    }

    /// A verified notification about a payment of our account, taken off the queue.
    pub async fn notified(&self, payment: &str, now: Timestamp) -> Result<Attended, FlowError> {
        let task = self.notice(payment, self.merchant);
        attend(&self.desk, &task, now).await
    }

    pub fn notice(&self, payment: &str, merchant: MerchantId) -> Task {
        Task::Notified {
            account: account_at(),
            merchant,
            payment: ProviderPaymentId::parse(payment).unwrap(),
            session: None,
        }
    }

    /// The schedule runs every minute from `from` on, and the queue is worked off each time.
    pub async fn let_pass(&self, from: Timestamp, minutes: i64) {
        for minute in 0..=minutes {
            let now = from + SignedDuration::from_mins(minute);
            reconcile(&*self.table, &*self.queue, unpaced(now)).await.unwrap();
            for task in self.queue.take() {
                // A failed look is planned again; a failed message comes again.
                let _ = attend(&self.desk, &task, now).await;
            }
        }
    }
}
