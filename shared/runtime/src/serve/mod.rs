//! What stands between Lambda and a handler: panics, deadlines, request ids, one log line an error.

pub mod http;
pub mod schedule;
pub mod tasks;

use crate::clock::Deadline;
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// Kept back from Lambda's deadline, to say so instead of being stopped.
const RESERVE: Duration = Duration::from_millis(500);

/// How a handler can end without an answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    /// Time ran out; the handler was dropped where it waited.
    #[error("time ran out")]
    Deadline,
    /// The handler panicked; the panic's own line is in the log already.
    #[error("the handler panicked")]
    Panic,
}

/// Works until the end, a panic or the deadline, whichever comes first.
///
/// A handler that panicked is dropped with all it held. What outlives it, caches and clients, changes
/// in single steps that a panic cannot halve.
async fn guarded<T>(deadline: &Deadline, work: impl Future<Output = T>) -> Result<T, Cut> {
    let work = AssertUnwindSafe(work).catch_unwind();
    match deadline.spare(RESERVE, work).await {
        Some(Ok(done)) => Ok(done),
        Some(Err(_)) => Err(Cut::Panic),
        None => Err(Cut::Deadline),
    }
}

/// An error with all that lies underneath, in one line for the log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
