//! All shards of the due index as one list, longest due first.
//!
//! One page of each shard is at hand, and the longest due of their first rows comes next: the order
//! holds over all shards, and at most 16 pages of 100 rows are kept. A run reads 8,000 pages at most,
//! so 800,000 rows.

use super::{FlowError, Run};
use crate::store::{DUE_SHARDS, Due, Page, Store};
use std::collections::VecDeque;

/// Rows read from a shard at a time.
const PAGE: usize = 100;

/// Pages read in one run, should time never run out.
const MAX_PAGES: usize = 8_000;

/// What is due, as far as it was not taken yet.
pub(super) struct DueList<'a> {
    store: &'a dyn Store,
    run: Run<'a>,
    shards: Vec<Shard>,
    pages_left: usize,
}

/// A shard as far as it was read.
struct Shard {
    number: u8,
    page: VecDeque<Due>,
    rest: Rest,
}

/// What is still to be read of a shard.
enum Rest {
    All,
    After(Due),
    Nothing,
}

impl<'a> DueList<'a> {
    /// Reads nothing yet.
    pub fn new(store: &'a dyn Store, run: Run<'a>) -> Self {
        let shard = |number| Shard { number, page: VecDeque::new(), rest: Rest::All };
        Self { store, run, shards: (0..DUE_SHARDS).map(shard).collect(), pages_left: MAX_PAGES }
    }

    /// The longest due of what is left; `None` at the end, and when no more may be read.
    pub async fn next(&mut self) -> Result<Option<Due>, FlowError> {
        while self.shards.iter().any(Shard::is_dry) {
            if self.pages_left == 0 || !(self.run.time_left)() {
                return Ok(None);
            }
            self.fill().await?;
        }
        let first = |shard: &&mut Shard| shard.page.front().map(|due| (due.since, due.session));
        let full = self.shards.iter_mut().filter(|shard| !shard.page.is_empty());
        Ok(full.min_by_key(first).and_then(|shard| shard.page.pop_front()))
    }

    /// Whether nothing is left.
    pub fn is_read(&self) -> bool {
        self.shards.iter().all(|shard| shard.page.is_empty() && !shard.is_dry())
    }

    /// Reads a page of each shard that needs one.
    async fn fill(&mut self) -> Result<(), FlowError> {
        for shard in self.shards.iter_mut().filter(|shard| shard.is_dry()) {
            self.pages_left = self.pages_left.saturating_sub(1);
            shard.read(self.store, self.run).await?;
        }
        Ok(())
    }
}

impl Shard {
    /// Whether the next row of this shard is not known, so that nobody knows which is the longest due.
    fn is_dry(&self) -> bool {
        self.page.is_empty() && !matches!(self.rest, Rest::Nothing)
    }

    async fn read(&mut self, store: &dyn Store, run: Run<'_>) -> Result<(), FlowError> {
        let after = match &self.rest {
            Rest::After(due) => Some(due),
            Rest::All | Rest::Nothing => None,
        };
        let Page { items, next } = store.due(self.number, run.now, after, PAGE).await?;
        self.page.extend(items);
        self.rest = next.map_or(Rest::Nothing, Rest::After);
        Ok(())
    }
}
