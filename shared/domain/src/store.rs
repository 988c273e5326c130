//! Where sessions are kept. Every method is one call to the table, but where it says otherwise.

use crate::Timestamp;
use crate::account::{Account, AccountRef, KeyRecord, Merchant, Mode, Tenant};
use crate::event::Event;
use crate::idempotency::{Claim, KeyHash, StoredAnswer};
use crate::ids::{KeyId, MerchantId, SessionId, SessionKey};
use crate::provider::ProviderPaymentId;
use crate::session::Session;
use crate::status::SessionStatus;
use crate::text::Reference;
use async_trait::async_trait;
use thiserror::Error;

/// Parts of the due index, so that no partition takes all writes.
pub const DUE_SHARDS: u8 = 16;

/// The table failed us.
#[derive(Debug, Error)]
pub enum StoreError {
    /// It could not be asked, or would not answer: try again later.
    #[error("the table is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row that this release cannot read.
    #[error("the table holds a row that cannot be read: {0}")]
    Corrupt(String),
}

/// What came of opening a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The session, its claim, its reference and its first event are written.
    Done,
    /// The idempotency key was used before; nothing was written.
    Repeated(Box<Claim>),
    /// The booking reference has a live or paid session; nothing was written.
    ReferenceTaken(SessionId),
}

/// What is to be written in one go.
#[derive(Debug, Clone)]
pub struct Save<'a> {
    /// The session's new state; it is written only over version - 1.
    pub session: &'a Session,
    /// The event that tells of it.
    pub event: Option<&'a Event>,
    /// A payment that became known: from now on it leads to this session, and never to another (I1).
    pub payment: Option<PaymentLink<'a>>,
    /// What happens to the booking reference.
    pub reference: ReferenceHold,
    /// What happens to the caller's claim.
    pub claim: ClaimEnd<'a>,
}

impl<'a> Save<'a> {
    /// Writes a session and its event, and touches nothing else.
    pub const fn only(session: &'a Session, event: Option<&'a Event>) -> Self {
        Self { session, event, payment: None, reference: ReferenceHold::Keep, claim: ClaimEnd::Keep }
    }
}

/// A payment that leads to a session.
#[derive(Debug, Clone, Copy)]
pub struct PaymentLink<'a> {
    /// The provider's id.
    pub payment: &'a ProviderPaymentId,
    /// Write it even if a notification for it is parked. The session is then due at once.
    pub even_if_parked: bool,
}

/// What happens to the booking reference when a session is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceHold {
    /// Nothing.
    Keep,
    /// It is free for another session, unless another has it already.
    Free,
    /// The session takes it, unless another has it.
    Take,
}

/// What happens to a claim when its session is saved.
#[derive(Debug, Clone, Copy)]
pub enum ClaimEnd<'a> {
    /// Nothing.
    Keep,
    /// The request is answered.
    Answer(&'a KeyHash, &'a StoredAnswer),
    /// The request did nothing: the same key may be used again.
    Forget(&'a KeyHash),
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// All of it is written.
    Done,
    /// Somebody else wrote the session in the meantime; nothing was written.
    Conflict,
    /// A notification for the payment is parked; nothing was written.
    Parked,
    /// The payment leads to another session; nothing was written.
    PaymentTaken(SessionKey),
    /// Another session has the booking reference; nothing was written.
    ReferenceTaken(SessionId),
}

/// Where a notified payment leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parking {
    /// To this session.
    Known(SessionKey),
    /// Nowhere yet: it is remembered for 30 days and matched when the payment becomes known.
    Parked,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, C> {
    /// In order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<C>,
}

/// A wish for a list of a merchant's sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFilter {
    /// Real money or not.
    pub mode: Mode,
    /// Of this booking.
    pub reference: Reference,
    /// In this status.
    pub status: Option<SessionStatus>,
    /// Made at or after this moment.
    pub created_after: Option<Timestamp>,
    /// Behind this session.
    pub after: Option<SessionId>,
    /// At most so many, from 1 to 100.
    pub limit: usize,
}

/// A session that is due for a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The session.
    pub session: SessionKey,
    /// Since when.
    pub since: Timestamp,
    /// Whose calls the look costs; `None` in rows that an earlier release wrote last.
    pub account: Option<AccountRef>,
}

/// Sessions, their events, and what leads to them.
#[async_trait]
pub trait Store: Send + Sync {
    /// Writes a new session, its first event, the caller's claim and the hold on the booking
    /// reference, all or nothing. Opening again what is already there answers `Repeated`.
    async fn open(&self, session: &Session, event: &Event, claim: &Claim) -> Result<Opened, StoreError>;

    /// Reads a session, never stale.
    async fn session(&self, key: SessionKey) -> Result<Option<Session>, StoreError>;

    /// Writes a session's next state, all or nothing.
    async fn save(&self, save: Save<'_>) -> Result<Saved, StoreError>;

    /// Closes a claim whose session is long written: the answer given to whoever asks again.
    async fn answer(
        &self,
        merchant: MerchantId,
        key: &KeyHash,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError>;

    /// The session that a payment leads to, or else a note that somebody asked for it.
    async fn park(
        &self,
        at: &AccountRef,
        payment: &ProviderPaymentId,
        now: Timestamp,
    ) -> Result<Parking, StoreError>;

    /// A session's events from `after` on, at most `limit`, oldest first.
    async fn events(&self, key: SessionKey, after: u64, limit: usize)
    -> Result<Page<Event, u64>, StoreError>;

    /// A merchant's sessions of one booking, oldest first. May lag behind by moments.
    async fn sessions(
        &self,
        merchant: MerchantId,
        filter: &SessionFilter,
    ) -> Result<Page<Session, SessionId>, StoreError>;

    /// The sessions of one shard that are due at `now`, longest due first, at most `limit`. May lag.
    async fn due(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<&Due>,
        limit: usize,
    ) -> Result<Page<Due, Due>, StoreError>;
}

/// Merchants, accounts and keys.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Adds a merchant; `false` when its id is taken.
    async fn add_merchant(&self, merchant: &Merchant) -> Result<bool, StoreError>;

    /// Adds an account to a merchant, in both places or none; `false` when its name is taken.
    async fn add_account(&self, account: &Account) -> Result<bool, StoreError>;

    /// A merchant and its keys, in one read.
    async fn tenant(&self, id: MerchantId) -> Result<Option<Tenant>, StoreError>;

    /// An account.
    async fn account(&self, at: &AccountRef) -> Result<Option<Account>, StoreError>;

    /// Adds a key.
    async fn add_key(&self, key: &KeyRecord) -> Result<(), StoreError>;

    /// Revokes a key; `false` when the merchant has no such key.
    async fn revoke_key(&self, merchant: MerchantId, key: KeyId, now: Timestamp) -> Result<bool, StoreError>;
}
