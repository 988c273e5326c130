//! Reading: rows by key, lists by partition.

use super::expression::Terms;
use super::item::session::{read as read_session, read_due};
use super::item::{self, Item, text};
use super::keys::{self, Key};
use super::{DynamoStore, unavailable};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::Timestamp;
use bellhop_domain::event::Event;
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::session::Session;
use bellhop_domain::store::{Due, Page, SessionFilter, StoreError};

/// Queries that one list may cost where a filter leaves pages short; the caller goes on from there.
const MAX_QUERIES: usize = 8;

/// Rows of one Query, and where the next one begins.
pub(super) struct Rows {
    pub(super) items: Vec<Item>,
    pub(super) next: Option<Item>,
}

impl DynamoStore {
    /// Reads a row, never stale.
    pub(super) async fn get(&self, key: Key) -> Result<Option<Item>, StoreError> {
        let call = self.client.get_item().table_name(&self.table);
        let call = call.set_key(Some(key.attributes())).consistent_read(true);
        let answer = call.send().await.map_err(unavailable)?;
        Ok(answer.item)
    }

    /// A query of the table, never stale.
    pub(super) fn query(&self, terms: &Terms<'_>) -> QueryFluentBuilder {
        self.lagging(terms).consistent_read(true)
    }

    /// A query that may lag, as those of indexes do.
    fn lagging(&self, terms: &Terms<'_>) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .set_key_condition_expression(terms.condition())
            .set_filter_expression(terms.detail())
            .set_expression_attribute_names(terms.names())
            .set_expression_attribute_values(terms.values())
    }

    pub(super) async fn list_events(
        &self,
        key: SessionKey,
        after: u64,
        limit: usize,
    ) -> Result<Page<Event, u64>, StoreError> {
        let first = keys::event_sk(after.saturating_add(1));
        let terms = Terms::when("#pk = :pk AND #sk BETWEEN :first AND :last")
            .with(":pk", text(keys::session_pk(key)))
            .with(":first", text(first))
            .with(":last", text(keys::event_sk(keys::LAST_EVENT)));
        let rows = rows(self.query(&terms), one_more(limit)).await?;
        let mut items = rows.items.iter().map(item::event::read).collect::<Result<Vec<_>, _>>()?;
        let more = rows.next.is_some() || items.len() > limit;
        items.truncate(limit);
        let last = items.last().map(|event| event.sequence);
        Ok(Page { items, next: last.filter(|_| more) })
    }

    pub(super) async fn list_sessions(
        &self,
        merchant: MerchantId,
        filter: &SessionFilter,
    ) -> Result<Page<Session, SessionId>, StoreError> {
        let mut call = self.sessions_query(merchant, filter);
        let mut items = Vec::new();
        for _ in 0..MAX_QUERIES {
            let rows = rows(call.clone(), one_more(filter.limit)).await?;
            for row in &rows.items {
                items.push(read_session(row)?);
            }
            if items.len() > filter.limit || rows.next.is_none() {
                return Ok(first_of(items, filter.limit));
            }
            call = call.set_exclusive_start_key(rows.next);
        }
        let next = last_looked_at(&call)?;
        Ok(Page { items, next })
    }

    fn sessions_query(&self, merchant: MerchantId, filter: &SessionFilter) -> QueryFluentBuilder {
        const BEHIND: &str = "#reference_pk = :pk AND #reference_sk > :from";
        const FROM: &str = "#reference_pk = :pk AND #reference_sk >= :from";
        let earliest = SessionId::first_at(filter.created_after.unwrap_or(Timestamp::UNIX_EPOCH));
        let (condition, from) = match filter.after {
            Some(after) if after >= earliest => (BEHIND, after),
            _ => (FROM, earliest),
        };
        let pk = keys::reference_pk(merchant, filter.mode, &filter.reference);
        let mut terms = Terms::when(condition).with(":pk", text(pk)).with(":from", text(from));
        if let Some(status) = filter.status {
            terms = terms.filter("#status = :status");
            terms = terms.with(":status", text(status));
        }
        self.lagging(&terms).index_name(keys::REFERENCE_INDEX)
    }

    pub(super) async fn list_due(
        &self,
        shard: u8,
        now: Timestamp,
        (after, limit): (Option<&Due>, usize),
    ) -> Result<Page<Due, Due>, StoreError> {
        let terms = Terms::when("#due_pk = :shard AND #due_sk < :until")
            .with(":shard", text(keys::due_pk(shard)))
            .with(":until", text(keys::due_until(now)));
        let call = self.lagging(&terms).index_name(keys::DUE_INDEX);
        let call = call.set_exclusive_start_key(after.map(keys::due_start));
        let rows = rows(call, limit).await?;
        let items = rows.items.iter().map(read_due);
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: rows.next.as_ref().map(read_due).transpose()?,
        })
    }
}

/// Asks for one page of at most `limit` rows.
pub(super) async fn rows(call: QueryFluentBuilder, limit: usize) -> Result<Rows, StoreError> {
    let limit = i32::try_from(limit.max(1)).unwrap_or(i32::MAX);
    let answer = call.limit(limit).send().await.map_err(unavailable)?;
    Ok(Rows { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
}

/// One row more than wanted tells whether there is a next page.
const fn one_more(limit: usize) -> usize {
    limit.saturating_add(1)
}

fn first_of(mut items: Vec<Session>, limit: usize) -> Page<Session, SessionId> {
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().map(|session| session.key.session);
    Page { items, next: last.filter(|_| more) }
}

fn last_looked_at(call: &QueryFluentBuilder) -> Result<Option<SessionId>, StoreError> {
    let start = call.get_exclusive_start_key().as_ref();
    let id = start.and_then(|key| key.get(keys::REFERENCE_SK));
    let id = id.map(|id: &AttributeValue| SessionId::parse(id.as_s().ok()?).ok());
    id.map(|id| id.ok_or_else(|| item::corrupt(keys::REFERENCE_SK))).transpose()
}
