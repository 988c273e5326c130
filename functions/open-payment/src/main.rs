//! `GET /pay/{token}`: sends the payer to the provider's page, or shows its form in one of ours.

mod code;
mod handler;
mod page;
mod policy;
mod texts;

use bellhop_runtime::app::{App, Plan, Warm};
use bellhop_runtime::{Error, serve_http};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let plan = Plan { timeout: Duration::from_secs(29), warm: &[Warm::Merchants, Warm::ServiceKeys] };
    let app = App::start(plan).await?;
    let clock = app.clock.clone();
    serve_http(clock, handler::trouble, move |call| handler::handle(app.clone(), call)).await
}
