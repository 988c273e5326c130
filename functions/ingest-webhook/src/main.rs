//! `POST|GET /webhooks/{provider}/{account}` and `POST /webhooks/{provider}/{account}/{secret}`: takes in
//! what providers send and queues it.

mod handler;

use bellhop_runtime::app::{App, Plan, Warm};
use bellhop_runtime::{Error, serve_http};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let plan = Plan { timeout: Duration::from_secs(5), warm: &[Warm::Merchants, Warm::Queue] };
    let app = App::start(plan).await?;
    let clock = app.clock.clone();
    serve_http(clock, bellhop_runtime::http::problem::reply, move |call| handler::handle(app.clone(), call))
        .await
}
