//! Which address leads where.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post, put};

use super::world::App;
use super::{api, control, control_index, fault_calls, ledger, secure, widget, widget_assets};
use crate::driver::send_soon;

/// Everything that the simulator answers.
pub fn routes(app: &Arc<App>) -> Router {
    let calls = from_fn_with_state(Arc::clone(app), fault_calls::call);
    let afterwards = from_fn_with_state(Arc::clone(app), send_afterwards);
    let rest = payer_pages().merge(controls()).layer(afterwards);
    provider_api().layer(calls).merge(rest).with_state(Arc::clone(app))
}

fn provider_api() -> Router<Arc<App>> {
    Router::new()
        .route("/api/{version}/{*call}", post(api::call))
        .method_not_allowed_fallback(api::no_such_method)
}

fn payer_pages() -> Router<Arc<App>> {
    Router::new()
        .route("/widget/payment-form.js", get(widget_assets::payment_form))
        .route("/widget/payment-form.css", get(widget_assets::style))
        .route("/widget/frame.js", get(widget_assets::frame))
        .route("/widget/submit.js", get(widget_assets::submit))
        .route("/widget/form", get(widget::show).post(widget::pay))
        .route("/3ds/{payment}", get(secure::open).post(secure::open_by_form))
        .route("/3ds/{payment}/go", get(secure::go))
        .route("/3ds/{payment}/answer", post(secure::answer))
        .route("/qr/{payment}", get(secure::scan))
}

fn controls() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(control_index::index))
        .route("/_health", get(control::health))
        .route("/_ledger", get(ledger::ledger))
        .route("/_tick", post(control::tick))
        .route("/_faults", post(control::add_faults).delete(control::clear_faults))
        .route("/_config/keys", get(control::keys))
        .route("/_config/webhook", put(control::set_webhook))
        .route("/_config/project", put(control::set_project))
        .route("/_payments/{id}/{action}", post(control::act))
}

/// Webhooks that a page or a control call made leave at once, in the background.
async fn send_afterwards(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    send_soon(&app);
    answer
}
