//! `GET /`: a page that lists what the simulator can be told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::html::{Page, escape};

const ENDPOINTS: [(&str, &str); 22] = [
    ("GET /_health", "answers when the simulator is up"),
    ("GET /_ledger?reference=&payment_id=", "every payment, webhook and call, with full history"),
    ("POST /_tick", "does what has become due and waits for the webhooks of it"),
    (
        "POST /_faults",
        "{\"operation\",\"kind\",\"times\",\"skip\",\"status\",\"code\",\"retry_after\",\"delay_ms\",\"effect\",\"event\"}",
    ),
    ("DELETE /_faults", "forgets faults and releases kept webhooks"),
    ("PUT /_config/webhook", "{\"url\",\"secret\",\"account\"?} or null"),
    ("PUT /_config/search", "{\"lag_ms\"}"),
    (
        "PUT /_config/account",
        "fields of an account: trouble, provider, live, zero_amount, moto, agreements, api_keys",
    ),
    ("POST /_payments/{id}/pay", "{\"card\"?}: plays a payer without a browser"),
    ("POST /_payments/{id}/expire", "expires it now"),
    ("POST /_payments/{id}/capture", "captures what waits for a late capture"),
    ("POST /_payments/{id}/capture_error", "success turns error; no webhook tells it"),
    ("POST /_payments/{id}/settle", "sets the settled date"),
    ("POST /_payments/{id}/force", "{\"status\",\"code\"?}: sets a state as the gateway sees it; no webhook"),
    ("POST /_payments/{id}/authorizing", "{\"on\"}: an authorization is under way, cancel answers 409"),
    ("POST /_payments/{id}/dispute", "{\"on\"}: refunds are refused"),
    ("POST /_payments/{id}/refund_succeed", "{\"refund_id\"?}"),
    ("POST /_payments/{id}/refund_fail", "{\"refund_id\"?}"),
    ("POST /_payments/{id}/emit", "{\"event\"}: a genuine message about the payment as it is"),
    ("POST /_payments/{id}/forge", "a message that claims success under a wrong signature"),
    ("GET /v1/payments, POST /v1/payments, ...", "the provider's API"),
    ("GET /secure/{token}", "the payer's page"),
];

/// The index.
pub async fn index() -> Response {
    let row = |(call, what): &(&str, &str)| {
        format!("<dt><code>{}</code></dt><dd>{}</dd>", escape(call), escape(what))
    };
    let body = format!("<dl>{}</dl>", ENDPOINTS.iter().map(row).collect::<String>());
    let brand = "GOV.UK Pay simulator";
    Page { status: StatusCode::OK, language: "en", title: "Endpoints", brand, body }.into_response()
}
