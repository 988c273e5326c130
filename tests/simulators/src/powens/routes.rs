//! Which address leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, delete, get, post, put};

use super::world::App;
use super::{api, control, control_index, create, fault_calls, ledger, operate, pages, tokens, webview};

/// Everything that the simulator answers.
pub fn routes(app: &Arc<App>) -> Router {
    let calls = from_fn_with_state(Arc::clone(app), fault_calls::call);
    let afterwards = from_fn_with_state(Arc::clone(app), send_afterwards);
    let rest = payer_pages().merge(controls()).layer(afterwards);
    provider_api().layer(calls).merge(rest).with_state(Arc::clone(app))
}

fn provider_api() -> Router<Arc<App>> {
    Router::new()
        .route("/2.0/auth/token", post(tokens::service))
        .route("/2.0/payments", get(api::list).post(create::create))
        .route("/2.0/payments/{id}", get(api::get).post(operate::update))
        .route("/2.0/payments/{id}/scopedtoken", post(tokens::scoped))
        .method_not_allowed_fallback(api::no_such_method)
        .route("/2.0/{*rest}", any(api::no_such_address))
}

fn payer_pages() -> Router<Arc<App>> {
    Router::new()
        .route("/2.0/auth/webview/payment", get(webview::open))
        .route("/2.0/auth/webview/{lang}/payment", get(webview::open))
        .route("/{lang}/payment", get(webview::open_with_domain))
        .route("/webview/{visit}", get(pages::show).post(pages::act))
        .route("/bank/{visit}", get(pages::show).post(pages::act))
}

fn controls() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(control_index::index))
        .route("/_health", get(control::health))
        .route("/_ledger", get(ledger::ledger))
        .route("/_tick", post(control::tick))
        .route("/_faults", post(control::add_faults).delete(control::clear_faults))
        .route("/_tokens", delete(control::forget_tokens))
        .route("/_config/webhook", put(control::set_webhook))
        .route("/_config/domain", put(control::set_domain))
        .route("/_payments/{id}/{action}", post(control::act))
}

/// Messages that a page or a control call made leave at once, in the background.
async fn send_afterwards(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    app.send_soon();
    answer
}
