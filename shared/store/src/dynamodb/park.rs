//! Payments that nobody knows yet, and claims that are answered late.

use super::DynamoStore;
use super::expression::Terms;
use super::item;
use super::keys::Key;
use super::write::Single;
use bellhop_domain::idempotency::StoredAnswer;
use bellhop_domain::store::{Parking, StoreError};
use bellhop_domain::{SignedDuration, Timestamp};

/// How long a payment is remembered that nobody knows.
const PARKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

impl DynamoStore {
    /// One call: where the payment is known, the refusal brings the row that says so.
    pub(super) async fn park_payment(&self, key: Key, now: Timestamp) -> Result<Parking, StoreError> {
        let until = now.saturating_add(PARKED_FOR).unwrap_or(Timestamp::MAX);
        let terms = Terms::when("attribute_not_exists(#session)")
            .update("SET #v = :v, #parked_at = :now, #ttl = :until")
            .with(":v", item::format())
            .with(":now", item::time(now))
            .with(":until", item::number(until.as_second()));
        match self.update(key, terms).await? {
            Single::Done => Ok(Parking::Parked),
            Single::Refused(row) => item::payment::read(&row).map(Parking::Known),
        }
    }

    /// The first answer stays (I5); a claim that is gone needs none.
    pub(super) async fn answer_claim(&self, key: Key, answer: &StoredAnswer) -> Result<(), StoreError> {
        let terms = Terms::when("attribute_exists(#pk) AND attribute_not_exists(#answer)")
            .update("SET #answer = :answer")
            .with(":answer", item::claim::write_answer(answer));
        self.update(key, terms).await.map(drop)
    }
}
