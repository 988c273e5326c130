//! Opening a session: claim, hold, session and first event in one transaction.

use super::DynamoStore;
use super::expression::Terms;
use super::item::{self, Item};
use super::write::{Refusals, Written};
use aws_sdk_dynamodb::types::TransactWriteItem;
use bellhop_domain::event::Event;
use bellhop_domain::idempotency::Claim;
use bellhop_domain::session::Session;
use bellhop_domain::store::{Opened, StoreError};

/// Positions in the transaction.
const CLAIM: usize = 0;
const HOLD: usize = 1;

/// The row is not there yet.
pub(super) const ABSENT: &str = "attribute_not_exists(#pk)";

impl DynamoStore {
    pub(super) async fn open_session(
        &self,
        session: &Session,
        event: &Event,
        claim: &Claim,
    ) -> Result<Opened, StoreError> {
        let absent = |row: Item| self.put_part(row, Terms::when(ABSENT));
        let hold = item::claim::write_hold(session);
        let parts = vec![
            self.claim_part(session, claim)?,
            absent(hold)?,
            absent(item::session::write(session))?,
            absent(item::event::write(session.key, event))?,
        ];
        match self.transact(parts).await? {
            Written::Done => Ok(Opened::Done),
            Written::Refused(refusals) => refused(&refusals),
        }
    }

    /// A claim whose time is up counts as absent: DynamoDB may take days to delete it.
    fn claim_part(&self, session: &Session, claim: &Claim) -> Result<TransactWriteItem, StoreError> {
        let terms = Terms::when("attribute_not_exists(#pk) OR #ttl < :now")
            .with(":now", item::number(session.created_at.as_second()));
        self.put_part(item::claim::write(session.key.merchant, claim), terms)
    }
}

fn refused(refusals: &Refusals) -> Result<Opened, StoreError> {
    if let Some(row) = refusals.of(CLAIM) {
        return Ok(Opened::Repeated(Box::new(item::claim::read(&row)?)));
    }
    match refusals.of(HOLD) {
        Some(row) => item::claim::read_session(&row).map(Opened::ReferenceTaken),
        None => Err(StoreError::Corrupt("a new session's row is already there".to_owned())),
    }
}
