//! The queue of looks: asks the provider what happened, record by record.

#[cfg(feature = "fault-injection")]
mod fault;
mod handler;

use bellhop_runtime::app::{App, Plan, Warm};
use bellhop_runtime::{Error, serve_tasks};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let plan = Plan { timeout: Duration::from_secs(30), warm: &[Warm::Merchants, Warm::ServiceKeys] };
    let app = App::start(plan).await?;
    let clock = app.clock.clone();
    serve_tasks(clock, move |task, _deadline| {
        #[cfg(feature = "fault-injection")]
        fault::strike(&task);
        handler::handle(app.clone(), task)
    })
    .await
}
