//! One run of the schedule.

use bellhop_domain::flows::{Run, reconcile};
use bellhop_runtime::Error;
use bellhop_runtime::app::App;
use bellhop_runtime::clock::Deadline;
use std::sync::Arc;
use std::time::Duration;

/// Time kept back to finish the page at hand.
const RESERVE: Duration = Duration::from_secs(5);

/// Queues what is due, each account at its pace, for as long as there is time. What is left or held
/// back is still due for the next run.
pub async fn handle(app: Arc<App>, deadline: Deadline) -> Result<(), Error> {
    let time_left = || deadline.remaining() > RESERVE;
    let run = Run { now: app.clock.now(), time_left: &time_left, pace: &app.pace };
    let round = reconcile(&*app.store, &*app.queue, run).await?;
    tracing::info!(sent = round.sent, held = round.held, complete = round.complete, "reconciled");
    Ok(())
}
