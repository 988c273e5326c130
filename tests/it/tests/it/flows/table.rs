//! The table in memory, with every call written down and able to fail.

use super::fuse::{Crash, Fuse};
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::AccountRef;
use bellhop_domain::event::Event;
use bellhop_domain::idempotency::{Claim, KeyHash, StoredAnswer};
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Session;
use bellhop_domain::store::{Due, Opened, Page, Parking, Save, Saved, SessionFilter, Store, StoreError};
use bellhop_store::MemoryStore;
use std::sync::{Arc, Mutex};

type EditDue = fn(&mut Page<Due, Due>);

pub struct Table {
    inner: MemoryStore,
    fuse: Arc<Fuse>,
    calls: Mutex<Vec<&'static str>>,
    edit_due: Mutex<Option<EditDue>>,
}

impl Table {
    pub fn new(fuse: Arc<Fuse>) -> Self {
        let inner = MemoryStore::default();
        Self { inner, fuse, calls: Mutex::default(), edit_due: Mutex::default() }
    }

    /// From now on every page of the due index is changed like this.
    pub fn edit_due(&self, edit: EditDue) {
        *self.edit_due.lock().unwrap() = Some(edit);
    }

    /// The table itself, for a test that looks at it.
    pub const fn inner(&self) -> &MemoryStore {
        &self.inner
    }

    /// The calls since this was last asked.
    pub fn take_calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    async fn through<T: Send>(
        &self,
        name: &'static str,
        call: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.calls.lock().unwrap().push(name);
        match self.fuse.turn() {
            None => call.await,
            Some(Crash::Before) => Err(crashed()),
            Some(Crash::After) => call.await.and(Err(crashed())),
        }
    }
}

fn crashed() -> StoreError {
    StoreError::Unavailable("crashed".into())
}

#[async_trait]
impl Store for Table {
    async fn open(&self, session: &Session, event: &Event, claim: &Claim) -> Result<Opened, StoreError> {
        self.through("open", self.inner.open(session, event, claim)).await
    }

    async fn session(&self, key: SessionKey) -> Result<Option<Session>, StoreError> {
        self.through("session", self.inner.session(key)).await
    }

    async fn save(&self, save: Save<'_>) -> Result<Saved, StoreError> {
        self.through("save", self.inner.save(save)).await
    }

    async fn answer(
        &self,
        merchant: MerchantId,
        key: &KeyHash,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError> {
        self.through("answer", self.inner.answer(merchant, key, answer)).await
    }

    async fn park(
        &self,
        at: &AccountRef,
        payment: &ProviderPaymentId,
        now: Timestamp,
    ) -> Result<Parking, StoreError> {
        self.through("park", self.inner.park(at, payment, now)).await
    }

    async fn events(
        &self,
        key: SessionKey,
        after: u64,
        limit: usize,
    ) -> Result<Page<Event, u64>, StoreError> {
        self.through("events", self.inner.events(key, after, limit)).await
    }

    async fn sessions(
        &self,
        merchant: MerchantId,
        filter: &SessionFilter,
    ) -> Result<Page<Session, SessionId>, StoreError> {
        self.through("sessions", self.inner.sessions(merchant, filter)).await
    }

    async fn due(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<&Due>,
        limit: usize,
    ) -> Result<Page<Due, Due>, StoreError> {
        let mut page = self.through("due", self.inner.due(shard, now, after, limit)).await?;
        if let Some(edit) = *self.edit_due.lock().unwrap() {
            edit(&mut page);
        }
        Ok(page)
    }
}
