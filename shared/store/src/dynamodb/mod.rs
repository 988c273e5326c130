//! One DynamoDB table, every access by key: no scan anywhere.
//!
//! Where rows stand says `keys.rs`, what stands in them `item.rs`. Table calls: `open` 1 · `session` 1 ·
//! `save` 1, and 1 more where a hold or a claim turns out to be another session's · `answer` 1 ·
//! `park` 1 · `events` 1 · `sessions` 1 unless a filter leaves pages short · `due` 1 · each method of
//! the directory 1.
//!
//! **Retries.** The SDK sends a transaction again under the `ClientRequestToken` it gave it first, so
//! an answer that was lost is not an effect twice ([`TransactWriteItems`]). A plain conditional write
//! has no token: sent again after a lost answer it finds its own effect and answers
//! [`Saved::Conflict`], and whoever saved reads the session again as after any other conflict.
//! The SDK repeats throttled calls; a row held by another transaction is tried again here, at most
//! three times, with a short random pause.
//!
//! [`TransactWriteItems`]: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html

mod directory;
mod expression;
mod item;
mod keys;
mod open;
mod park;
mod read;
mod save;
mod write;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use bellhop_domain::Timestamp;
use bellhop_domain::account::AccountRef;
use bellhop_domain::event::Event;
use bellhop_domain::idempotency::{Claim, KeyHash, StoredAnswer};
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Session;
use bellhop_domain::store::{Due, Opened, Page, Parking, Save, Saved, SessionFilter, Store, StoreError};

/// Sessions and the directory in one DynamoDB table.
#[derive(Debug, Clone)]
pub struct DynamoStore {
    client: Client,
    table: String,
}

impl DynamoStore {
    /// A store in the table named `table`, with the keys and indexes of the deployment template.
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }
}

/// The table would not answer; what lies underneath keeps its type.
fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

#[async_trait]
impl Store for DynamoStore {
    async fn open(&self, session: &Session, event: &Event, claim: &Claim) -> Result<Opened, StoreError> {
        self.open_session(session, event, claim).await
    }

    async fn session(&self, key: SessionKey) -> Result<Option<Session>, StoreError> {
        let row = self.get(keys::session(key)).await?;
        row.as_ref().map(item::session::read).transpose()
    }

    async fn save(&self, save: Save<'_>) -> Result<Saved, StoreError> {
        self.save_session(&save).await
    }

    async fn answer(
        &self,
        merchant: MerchantId,
        key: &KeyHash,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError> {
        self.answer_claim(keys::claim(merchant, key), answer).await
    }

    async fn park(
        &self,
        at: &AccountRef,
        payment: &ProviderPaymentId,
        now: Timestamp,
    ) -> Result<Parking, StoreError> {
        self.park_payment(keys::payment(at, payment), now).await
    }

    async fn events(
        &self,
        key: SessionKey,
        after: u64,
        limit: usize,
    ) -> Result<Page<Event, u64>, StoreError> {
        self.list_events(key, after, limit).await
    }

    async fn sessions(
        &self,
        merchant: MerchantId,
        filter: &SessionFilter,
    ) -> Result<Page<Session, SessionId>, StoreError> {
        self.list_sessions(merchant, filter).await
    }

    async fn due(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<&Due>,
        limit: usize,
    ) -> Result<Page<Due, Due>, StoreError> {
        // A row behind the range is refused by DynamoDB as a place to start.
        if after.is_some_and(|after| after.since > now) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        self.list_due(shard, now, (after, limit)).await
    }
}
