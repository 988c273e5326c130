//! Puts the sessions that are due for a look on the queue, longest due first, each account at its pace.

use super::FlowError;
use crate::Timestamp;
use crate::ids::SessionKey;
use crate::provider::ProviderName;
use crate::queue::Queue;
use crate::store::Store;
use list::DueList;
use pace::Paces;

mod list;
mod pace;

/// When a run is, how long it may take, and how gently it goes.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Now.
    pub now: Timestamp,
    /// Whether there is time to read on.
    pub time_left: &'a (dyn Fn() -> bool + Sync),
    /// Looks that one account of this provider may be given in a run, and there is a run a minute: its
    /// [`looks_a_minute`](crate::schedule::Schedule::looks_a_minute). `None` for as many as are due.
    pub pace: &'a (dyn Fn(ProviderName) -> Option<usize> + Sync),
}

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Sessions put on the queue.
    pub sent: usize,
    /// Sessions held back for a later run, for their account had its looks of this minute.
    pub held: usize,
    /// Everything due was seen: it is sent, or held back.
    pub complete: bool,
}

/// Sessions given to the queue at a time.
const BATCH: usize = 1_000;

/// Queues what is due as long as `time_left` says so, and of one account no more than its pace.
///
/// What is held back is read past, so a backlog of one account delays no other (I8), as long as no more
/// is due in all than a run can read (`list.rs`). A run keeps the pages at hand, a batch, and a line
/// for each paced account; nothing is kept between runs.
///
/// A run that is killed loses nothing: what was not looked at is still due, and the next run begins
/// with what is longest due. And the pace holds however slow the queue is. A session that was queued and
/// not looked at yet is still the longest due of its account, and takes its place again in the next
/// run, before any other. So at most one pace of an account's sessions is on its way, and one that is on
/// its way twice is looked at once: the second message finds the look done and makes no call. Only after
/// a day does a session yield its place, so that those that no look moves starve nobody (`pace.rs`).
///
/// # Errors
/// When the table or the queue fails.
pub async fn reconcile(store: &dyn Store, queue: &dyn Queue, run: Run<'_>) -> Result<Round, FlowError> {
    let (mut list, mut paces) = (DueList::new(store, run), Paces::new(run));
    let (mut batch, mut sent) = (Vec::new(), 0_usize);
    while let Some(due) = list.next().await? {
        batch.extend(paces.admit(due));
        if batch.len() >= BATCH {
            sent = sent.saturating_add(send(queue, &mut batch).await?);
        }
    }
    let (late, held) = paces.finish();
    batch.extend(late);
    sent = sent.saturating_add(send(queue, &mut batch).await?);
    Ok(Round { sent, held, complete: list.is_read() })
}

/// Empties the batch onto the queue, and says how many there were.
async fn send(queue: &dyn Queue, batch: &mut Vec<SessionKey>) -> Result<usize, FlowError> {
    if !batch.is_empty() {
        queue.look(batch).await?;
    }
    Ok(batch.drain(..).count())
}
