//! Puts every session that is due for a look on the queue, longest due first.

use super::FlowError;
use crate::Timestamp;
use crate::queue::Queue;
use crate::store::{DUE_SHARDS, Due, Page, Store};

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Sessions put on the queue.
    pub sent: usize,
    /// Nothing due is left behind.
    pub complete: bool,
}

/// Sessions read from a shard at a time.
const PAGE: usize = 100;

/// Pages read from a shard in one run, should time never run out.
const MAX_PAGES: usize = 500;

/// Queues what is due, page by page over all shards, as long as `time_left` says so.
///
/// A run that is killed loses nothing: what was not looked at is still due, and the next run begins
/// with what is longest due. A session queued twice is looked at once: the second look finds it done.
///
/// # Errors
/// When the table or the queue fails.
pub async fn reconcile(
    store: &dyn Store,
    queue: &dyn Queue,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Sync),
) -> Result<Round, FlowError> {
    let mut shards: Vec<(u8, Option<Due>)> = (0..DUE_SHARDS).map(|shard| (shard, None)).collect();
    let mut sent = 0_usize;
    for _ in 0..MAX_PAGES {
        if shards.is_empty() || !time_left() {
            break;
        }
        let (mut due, next) = read_pages(store, shards, now).await?;
        due.sort_by_key(|due| due.since);
        let sessions: Vec<_> = due.iter().map(|due| due.session).collect();
        if !sessions.is_empty() {
            queue.look(&sessions).await?;
        }
        sent = sent.saturating_add(sessions.len());
        shards = next;
    }
    Ok(Round { sent, complete: shards.is_empty() })
}

/// What is due, and the shards that have more.
type Pages = (Vec<Due>, Vec<(u8, Option<Due>)>);

/// One page of each shard that has more.
async fn read_pages(
    store: &dyn Store,
    shards: Vec<(u8, Option<Due>)>,
    now: Timestamp,
) -> Result<Pages, FlowError> {
    let (mut due, mut more) = (Vec::new(), Vec::new());
    for (shard, after) in shards {
        let Page { items, next } = store.due(shard, now, after.as_ref(), PAGE).await?;
        due.extend(items);
        more.extend(next.map(|next| (shard, Some(next))));
    }
    Ok((due, more))
}
