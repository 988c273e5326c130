//! One run of the schedule.

use bellhop_domain::flows::reconcile;
use bellhop_runtime::Error;
use bellhop_runtime::app::App;
use bellhop_runtime::clock::Deadline;
use std::sync::Arc;
use std::time::Duration;

/// Time kept back to finish the page at hand.
const RESERVE: Duration = Duration::from_secs(5);

/// Queues what is due, for as long as there is time. What is left is still due for the next run.
pub async fn handle(app: Arc<App>, deadline: Deadline) -> Result<(), Error> {
    let time_left = || deadline.remaining() > RESERVE;
    let round = reconcile(&*app.store, &*app.queue, app.clock.now(), &time_left).await?;
    tracing::info!(sent = round.sent, complete = round.complete, "reconciled");
    Ok(())
}
