//! The files of the widget. `[SG]` PROVIDERS §5.4: `payment-form.js` and `payment-form.css` from the bank's own host.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};

const SCRIPT: &str = "text/javascript; charset=utf-8";
const POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// `GET /widget/payment-form.js`.
pub async fn payment_form() -> Response {
    file(SCRIPT, include_str!("assets/payment-form.js"))
}

/// `GET /widget/payment-form.css`.
pub async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("assets/payment-form.css"))
}

/// `GET /widget/frame.js`.
pub async fn frame() -> Response {
    file(SCRIPT, include_str!("assets/frame.js"))
}

/// `GET /widget/submit.js`.
pub async fn submit() -> Response {
    file(SCRIPT, include_str!("assets/submit.js"))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    // A page of another origin may load it, even one that isolates itself.
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store"), (POLICY, "cross-origin")];
    (headers, text).into_response()
}
