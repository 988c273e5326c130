//! Which address leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post, put};

use super::world::App;
use super::{connector, control, distributor, fault_calls, ledger, pages};
use crate::orders;

/// Everything that the simulator answers.
pub fn routes(app: &Arc<App>) -> Router {
    let calls = from_fn_with_state(Arc::clone(app), fault_calls::call);
    let afterwards = from_fn_with_state(Arc::clone(app), send_afterwards);
    let apis = Router::new()
        .route("/api/distributor/v1/{*rest}", any(distributor::call))
        .route("/api/connector/v1/{*rest}", any(connector::call))
        .layer(calls);
    let payer =
        Router::new().route("/navigator/payment-requests/detail/{id}", get(pages::open).post(pages::act));
    let rest = payer.merge(controls()).layer(afterwards);
    apis.merge(rest).with_state(Arc::clone(app))
}

fn controls() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(control::index))
        .route("/_health", get(orders::health))
        .route("/_ledger", get(ledger::ledger))
        .route("/_tick", post(control::tick))
        .route("/_faults", post(control::add_faults).delete(control::clear_faults))
        .route("/_config/webhook", put(control::set_webhook))
        .route("/_config/property", put(control::set_property))
        .route("/_payments/{id}/{action}", post(control::act))
}

/// Messages that a page or a control call made leave at once, in the background.
async fn send_afterwards(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    app.send_soon();
    answer
}
