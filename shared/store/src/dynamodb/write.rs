//! Conditional writes, alone and in transactions, and how they are refused.

use super::expression::Terms;
use super::item::Item;
use super::keys::Key;
use super::{DynamoStore, unavailable};
use aws_sdk_dynamodb::config::AsyncSleep;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{
    CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use bellhop_domain::ids::random_bytes;
use bellhop_domain::store::StoreError;
use std::error::Error;
use std::future::Future;
use std::time::Duration;

/// How often a write is tried again that another transaction stood in the way of.
const RETRIES: u32 = 3;
/// The first pause, on average; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(10);
/// The row as it was comes with a refusal, which saves a read.
const OLD: ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure::AllOld;

/// What came of a write of one row.
pub(super) enum Single {
    Done,
    /// The condition does not hold for this row; it is empty where there is none.
    Refused(Item),
}

/// What came of a transaction.
pub(super) enum Written {
    Done,
    /// Nothing was written.
    Refused(Refusals),
}

/// One reason for each part of a transaction, in their order.
pub(super) struct Refusals(Vec<CancellationReason>);

impl Refusals {
    /// The row that refused a part, empty where there is none; `None` where its condition holds.
    pub(super) fn of(&self, part: usize) -> Option<Item> {
        let reason = self.0.get(part).filter(|reason| is_condition(reason))?;
        Some(reason.item().cloned().unwrap_or_default())
    }
}

fn is_condition(reason: &CancellationReason) -> bool {
    reason.code() == Some("ConditionalCheckFailed")
}

fn is_conflict(reason: &CancellationReason) -> bool {
    reason.code() == Some("TransactionConflict")
}

/// Whether conditions alone canceled a transaction. Beside any other reason a condition proves nothing
/// about the parts that were not looked at.
fn is_refusal(canceled: &TransactionCanceledException) -> bool {
    let mut reasons = canceled.cancellation_reasons().iter();
    let clear = |reason: &CancellationReason| matches!(reason.code(), None | Some("None"));
    reasons.clone().any(is_condition) && reasons.all(|reason| clear(reason) || is_condition(reason))
}

/// An error of a write.
trait WriteError: Error + Send + Sync + 'static {
    /// Another transaction held a row: trying again soon can help.
    fn is_contended(&self) -> bool;
}

/// An error of a write of one row.
trait SingleError: WriteError {
    /// The row whose condition does not hold.
    fn refused(&self) -> Option<Item>;
}

macro_rules! single_error {
    ($($name:ident),+) => {$(
        impl WriteError for $name {
            fn is_contended(&self) -> bool {
                matches!(self, Self::TransactionConflictException(_))
            }
        }

        impl SingleError for $name {
            fn refused(&self) -> Option<Item> {
                let Self::ConditionalCheckFailedException(failed) = self else {
                    return None;
                };
                Some(failed.item().cloned().unwrap_or_default())
            }
        }
    )+};
}

single_error!(PutItemError, UpdateItemError);

impl WriteError for TransactWriteItemsError {
    fn is_contended(&self) -> bool {
        let Self::TransactionCanceledException(canceled) = self else {
            return false;
        };
        canceled.cancellation_reasons().iter().any(is_conflict)
    }
}

fn single<T, E: SingleError>(answer: Result<T, SdkError<E>>) -> Result<Single, StoreError> {
    let Err(error) = answer else {
        return Ok(Single::Done);
    };
    match error.as_service_error().and_then(SingleError::refused) {
        Some(row) => Ok(Single::Refused(row)),
        None => Err(unavailable(error)),
    }
}

/// Adds the condition of `$terms` to a call or a part of a transaction.
macro_rules! guarded {
    ($call:expr, $terms:expr) => {
        $call
            .set_condition_expression($terms.condition())
            .set_expression_attribute_names($terms.names())
            .set_expression_attribute_values($terms.values())
            .return_values_on_condition_check_failure(OLD)
    };
}

impl DynamoStore {
    /// Writes a whole row.
    pub(super) async fn put(&self, row: Item, terms: Terms<'_>) -> Result<Single, StoreError> {
        let call = self.client.put_item().table_name(&self.table);
        let call = guarded!(call.set_item(Some(row)), terms);
        single(self.uncontended(|| call.clone().send()).await)
    }

    /// Changes a row.
    pub(super) async fn update(&self, key: Key, terms: Terms<'_>) -> Result<Single, StoreError> {
        let call = self.client.update_item().table_name(&self.table);
        let call = call.set_update_expression(terms.detail());
        let call = guarded!(call.set_key(Some(key.attributes())), terms);
        single(self.uncontended(|| call.clone().send()).await)
    }

    /// Writes all parts or none.
    pub(super) async fn transact(&self, parts: Vec<TransactWriteItem>) -> Result<Written, StoreError> {
        let call = self.client.transact_write_items();
        let call = call.set_transact_items(Some(parts));
        let Err(error) = self.uncontended(|| call.clone().send()).await else {
            return Ok(Written::Done);
        };
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(canceled)) if is_refusal(canceled) => {
                let reasons = canceled.cancellation_reasons().to_vec();
                Ok(Written::Refused(Refusals(reasons)))
            }
            _ => Err(unavailable(error)),
        }
    }

    async fn uncontended<T, E, F>(&self, call: impl Fn() -> F) -> Result<T, SdkError<E>>
    where
        E: WriteError,
        F: Future<Output = Result<T, SdkError<E>>>,
    {
        let contended = |error: &SdkError<E>| error.as_service_error().is_some_and(WriteError::is_contended);
        for round in 0..RETRIES {
            match call().await {
                Err(error) if contended(&error) => self.pause(round).await,
                answer => return answer,
            }
        }
        call().await
    }

    /// Half to one and a half of the round's pause, so that rivals do not meet again.
    async fn pause(&self, round: u32) {
        let [spread] = random_bytes().unwrap_or([0]);
        let pause = PAUSE * 2_u32.pow(round) * (128 + u32::from(spread)) / 256;
        if let Some(timer) = self.client.config().sleep_impl() {
            timer.sleep(pause).await;
        }
    }

    /// The part of a transaction that writes a whole row.
    pub(super) fn put_part(&self, row: Item, terms: Terms<'_>) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(row));
        let put = guarded!(put, terms).build().map_err(unavailable)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// The part of a transaction that changes a row.
    pub(super) fn update_part(&self, key: Key, terms: Terms<'_>) -> Result<TransactWriteItem, StoreError> {
        let update = Update::builder().table_name(&self.table);
        let update = update.set_key(Some(key.attributes()));
        let update = update.set_update_expression(terms.detail());
        let update = guarded!(update, terms).build().map_err(unavailable)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }

    /// The part of a transaction that removes a row.
    pub(super) fn delete_part(&self, key: Key, terms: Terms<'_>) -> Result<TransactWriteItem, StoreError> {
        let delete = Delete::builder().table_name(&self.table);
        let delete = delete.set_key(Some(key.attributes()));
        let delete = guarded!(delete, terms).build().map_err(unavailable)?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}
