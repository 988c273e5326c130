//! Which address leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post, put};

use super::fault_calls::BASE;
use super::world::App;
use super::{api, control, control_index, fault_calls, gate, ledger, operate, pages, refunds};

/// Everything that the simulator answers.
pub fn routes(app: &Arc<App>) -> Router {
    let api = provider_api()
        .layer(from_fn_with_state(Arc::clone(app), gate::token))
        .layer(from_fn_with_state(Arc::clone(app), fault_calls::call));
    let rest = hosted_pages().merge(controls());
    let rest = rest.layer(from_fn_with_state(Arc::clone(app), send_afterwards));
    api.merge(rest).with_state(Arc::clone(app))
}

fn provider_api() -> Router<Arc<App>> {
    let at = |path: &str| [BASE, path].concat();
    Router::new()
        .route(&at("create"), post(api::create))
        .route(&at("submit"), post(api::submit))
        .route(&at("details/{uuid}"), get(api::details))
        .route(&at("resend/{uuid}"), post(api::resend))
        .route(&at("history"), get(api::history_of_today))
        .route(&at("history/"), get(api::history_of_today))
        .route(&at("history/{start}/{end}"), get(api::history))
        .route(&at("capture/{uuid}"), post(operate::capture))
        .route(&at("charge/{uuid}"), post(operate::charge))
        .route(&at("cancel/{uuid}"), post(operate::cancel).get(operate::cancel))
        .route(&at("complete/{uuid}"), post(operate::complete))
        .route(&at("refund/{uuid}"), post(refunds::refund))
}

fn hosted_pages() -> Router<Arc<App>> {
    Router::new()
        .route("/checkout/{page}", get(pages::open).post(pages::pay))
        .route("/checkout/{page}/bankid", post(pages::verify))
        .route("/checkout/{page}/cancel", post(pages::cancel))
}

fn controls() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(control_index::index))
        .route("/_health", get(control::health))
        .route("/_ledger", get(ledger::ledger))
        .route("/_tick", post(control::tick))
        .route("/_faults", post(control::add_faults).delete(control::clear_faults))
        .route("/_config/account", put(control::set_account))
        .route("/_config/callback", put(control::set_callback))
        .route("/_payments/{uuid}/{action}", post(control::act))
}

/// Callbacks that a page or a control call made leave at once, in the background.
async fn send_afterwards(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    app.send_soon();
    answer
}
