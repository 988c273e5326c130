//! Which address leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post, put};

use super::world::App;
use super::{api, control, control_index, create, fault_calls, ledger, operate, pages, refunds, search};

/// Everything that the simulator answers.
pub fn routes(app: &Arc<App>) -> Router {
    let api = provider_api().layer(from_fn_with_state(Arc::clone(app), fault_calls::call));
    let rest = hosted_pages().merge(controls()).layer(from_fn_with_state(Arc::clone(app), send_afterwards));
    api.merge(rest).with_state(Arc::clone(app))
}

fn provider_api() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/payments", get(search::search).post(create::create))
        .route("/v1/payments/{id}", get(api::get))
        .route("/v1/payments/{id}/events", get(api::events))
        .route("/v1/payments/{id}/cancel", post(operate::cancel))
        .route("/v1/payments/{id}/capture", post(operate::capture))
        .route("/v1/payments/{id}/refunds", get(refunds::list).post(refunds::create))
        .route("/v1/payments/{id}/refunds/{refund}", get(refunds::get))
}

fn hosted_pages() -> Router<Arc<App>> {
    Router::new()
        .route("/secure", post(pages::open_posted))
        .route("/secure/{token}", get(pages::open))
        .route("/card_details/{id}", get(pages::show).post(pages::enter_card))
        .route("/card_details/{id}/confirm", get(pages::show).post(pages::confirm))
        .route("/card_details/{id}/cancel", post(pages::cancel))
}

fn controls() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(control_index::index))
        .route("/_health", get(control::health))
        .route("/_ledger", get(ledger::ledger))
        .route("/_tick", post(control::tick))
        .route("/_faults", post(control::add_faults).delete(control::clear_faults))
        .route("/_config/webhook", put(control::set_webhook))
        .route("/_config/search", put(control::set_search))
        .route("/_config/account", put(control::set_account))
        .route("/_payments/{id}/{action}", post(control::act))
}

/// Messages that a page or a control call made leave at once, in the background.
async fn send_afterwards(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    app.send_soon();
    answer
}
