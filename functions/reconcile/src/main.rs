//! The schedule: puts every session that is due for a look on the queue.

mod handler;

use bellhop_runtime::app::{App, Plan, Warm};
use bellhop_runtime::{Error, serve_schedule};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let plan = Plan { timeout: Duration::from_secs(50), warm: &[Warm::DueIndex, Warm::Queue] };
    let app = App::start(plan).await?;
    let clock = app.clock.clone();
    serve_schedule(clock, move |deadline| handler::handle(app.clone(), deadline)).await
}
