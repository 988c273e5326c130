//! The store in memory: for tests and for looking at. It keeps nothing over a restart.
//!
//! It answers as the table does, but never lags and is never unavailable.

mod directory;
mod state;

use crate::shard;
use async_trait::async_trait;
use bellhop_domain::Timestamp;
use bellhop_domain::account::AccountRef;
use bellhop_domain::event::Event;
use bellhop_domain::idempotency::{Claim, KeyHash, StoredAnswer};
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Session;
use bellhop_domain::store::{
    Due, Opened, Page, Parking, ReferenceHold, Save, Saved, SessionFilter, Store, StoreError,
};
use state::State;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Sessions and the directory in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// No method leaves the state half changed, so a panic elsewhere does not spoil it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn open(&self, session: &Session, event: &Event, claim: &Claim) -> Result<Opened, StoreError> {
        let mut state = self.state();
        if let Some(claim) = state.claim(session, &claim.key) {
            return Ok(Opened::Repeated(Box::new(claim.clone())));
        }
        if let Some(holder) = state.holder(session) {
            return Ok(Opened::ReferenceTaken(holder));
        }
        if state.sessions.contains_key(&session.key) {
            let message = "a new session's row is already there";
            return Err(StoreError::Corrupt(message.to_owned()));
        }
        let merchant = session.key.merchant;
        state.claims.insert((merchant, claim.key), claim.clone());
        state.hold(session, ReferenceHold::Take);
        state.put(session, Some(event));
        Ok(Opened::Done)
    }

    async fn session(&self, key: SessionKey) -> Result<Option<Session>, StoreError> {
        Ok(self.state().sessions.get(&key).cloned())
    }

    async fn save(&self, save: Save<'_>) -> Result<Saved, StoreError> {
        let mut state = self.state();
        if let Some(obstacle) = state.obstacle(&save) {
            return Ok(obstacle);
        }
        let session = save.session;
        state.put(session, save.event);
        state.hold(session, save.reference);
        state.end_claim(session.key, save.claim);
        if let Some(link) = save.payment {
            let payment = (session.wish.account.clone(), link.payment.clone());
            state.payments.insert(payment, Some(session.key));
        }
        Ok(Saved::Done)
    }

    async fn answer(
        &self,
        merchant: MerchantId,
        key: &KeyHash,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError> {
        if let Some(claim) = self.state().claims.get_mut(&(merchant, *key)) {
            claim.answer.get_or_insert_with(|| answer.clone());
        }
        Ok(())
    }

    async fn park(
        &self,
        at: &AccountRef,
        payment: &ProviderPaymentId,
        _now: Timestamp,
    ) -> Result<Parking, StoreError> {
        let mut state = self.state();
        let payment = state.payments.entry((at.clone(), payment.clone()));
        Ok(payment.or_default().map_or(Parking::Parked, Parking::Known))
    }

    async fn events(
        &self,
        key: SessionKey,
        after: u64,
        limit: usize,
    ) -> Result<Page<Event, u64>, StoreError> {
        let state = self.state();
        let events = state.events.range((key, after.saturating_add(1))..=(key, u64::MAX));
        let events = events.map(|(_, event)| event.clone());
        Ok(page(events, limit, |event| event.sequence))
    }

    async fn sessions(
        &self,
        merchant: MerchantId,
        filter: &SessionFilter,
    ) -> Result<Page<Session, SessionId>, StoreError> {
        let earliest = filter.created_after.map(SessionId::first_at);
        let state = self.state();
        let sessions = state.sessions.values().filter(|session| {
            let id = session.key.session;
            session.key.merchant == merchant
                && session.mode == filter.mode
                && session.wish.reference == filter.reference
                && filter.status.is_none_or(|status| session.status() == status)
                && earliest.is_none_or(|earliest| id >= earliest)
                && filter.after.is_none_or(|after| id > after)
        });
        let id = |session: &Session| session.key.session;
        Ok(page(sessions.cloned(), filter.limit, id))
    }

    async fn due(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<&Due>,
        limit: usize,
    ) -> Result<Page<Due, Due>, StoreError> {
        let state = self.state();
        let in_shard = |session: &&Session| shard::of(session.key.session) == shard;
        let mut due: Vec<Due> = state
            .sessions
            .values()
            .filter(in_shard)
            .filter_map(|session| {
                let since = session.due_at().filter(|since| *since <= now)?;
                let account = Some(session.wish.account.clone());
                Some(Due { session: session.key, since, account })
            })
            .collect();
        let order = |due: &Due| (due.since, due.session);
        due.sort_by_key(order);
        due.retain(|due| after.is_none_or(|after| order(due) > order(after)));
        Ok(page(due.into_iter(), limit, Due::clone))
    }
}

/// The first `limit` of `all`, and where the next page begins if there is more.
fn page<T, C>(mut all: impl Iterator<Item = T>, limit: usize, cursor: impl Fn(&T) -> C) -> Page<T, C> {
    let items: Vec<T> = all.by_ref().take(limit).collect();
    let next = all.next().and_then(|_| items.last().map(cursor));
    Page { items, next }
}
