//! The payer comes back, or tries again.

use crate::page::{self, Ways};
use bellhop_domain::flows::{Desk, Retried, land_return, land_stored, retry, return_hint};
use bellhop_runtime::app::App;
use bellhop_runtime::http::problem::Problem;
use bellhop_runtime::http::request::Call;
use bellhop_runtime::http::respond::Reply;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a payer waits for the provider before hearing what is stored.
const PATIENCE: Duration = Duration::from_secs(4);

/// Shows the landing, or makes the next attempt.
pub async fn handle(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let token = token(&call);
    if call.method() == "POST" {
        try_again(&app, &token).await
    } else {
        land(&app, &token, &call.query()).await
    }
}

/// The payer's token: in the path, or, from a provider that knows one return address only, its `state`.
fn token(call: &Call) -> String {
    let state = || call.query().into_iter().find(|(name, _)| name == "state").map(|(_, state)| state);
    call.path_parameter("token").map(str::to_owned).or_else(state).unwrap_or_default()
}

async fn land(app: &App, token: &str, query: &[(String, String)]) -> Result<Reply, Problem> {
    let desk = app.desk().await?;
    let now = app.clock.now();
    // Dropping the look in the middle is as harmless as a crash there: the schedule looks again.
    let landing = match timeout(PATIENCE, land_return(&desk, token, now)).await {
        Ok(landing) => landing?,
        Err(_) => land_stored(&desk, token, now).await?,
    };
    let Some(landing) = landing else {
        return Ok(page::no_link());
    };
    let hint = return_hint(&desk, &landing.session, query).await;
    Ok(page::landing(&landing, ways(&desk, token), hint))
}

async fn try_again(app: &App, token: &str) -> Result<Reply, Problem> {
    let desk = app.desk().await?;
    let ways = ways(&desk, token);
    Ok(match retry(&desk, token, app.clock.now()).await? {
        Retried::ToPayment => page::opening(ways.pay),
        Retried::ToLanding => page::opening(ways.landing),
        Retried::NoSuchLink => page::no_link(),
    })
}

fn ways(desk: &Desk, token: &str) -> Ways {
    let landing = desk.landing_of(token).to_string();
    Ways { retry: format!("{landing}/retry"), pay: desk.payment_of(token).to_string(), landing }
}
