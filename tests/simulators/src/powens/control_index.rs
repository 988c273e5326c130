//! `GET /`: a page that lists what the simulator can be told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::html::{Page, escape};

const CONTROLS: &str = "\
GET /_health | answers when the simulator is up
GET /_ledger?reference=&client_state=&payment_id= | every payment, webhook and call, calls per minute, full history
POST /_tick | does what has become due and waits for the webhooks of it
POST /_faults | {\"operation\",\"kind\",\"times\",\"skip\",\"status\",\"code\",\"retry_after\",\"delay_ms\",\"effect\",\"event\"}
DELETE /_faults | forgets faults and releases kept webhooks
DELETE /_tokens | forgets service tokens before their time
PUT /_config/webhook | {\"url\",\"secret\",\"signed_path\"?} or null
PUT /_config/domain | any settings of the domain, as systematic, auto_confirmation, per_minute, banks, expire_days
POST /_payments/{id}/pay | {\"connector\"?}: plays a payer without a browser
POST /_payments/{id}/become | {\"state\",\"code\"?,\"message\"?}: along the documented states, in the background
POST /_payments/{id}/force | {\"state\",\"code\"?,\"message\"?}: any state; no webhook
POST /_payments/{id}/step | takes the next step of the label's future now
POST /_payments/{id}/bank_executes | the money of an accepted or expired payment moved; nobody is told
POST /_payments/{id}/bank_refuses | it did not
POST /_payments/{id}/emit | a genuine message about the payment as it is
POST /_payments/{id}/forge | a message that claims success under a wrong signature
POST /2.0/auth/token, POST /2.0/payments, ... | the provider's API
GET /2.0/auth/webview/payment | the payer's page, also with a language before payment
GET /{lang}/payment?domain= | the payer's page as webview.powens.com has it";

/// The index.
pub async fn index() -> Response {
    let row = |line: &str| {
        let (call, what) = line.split_once(" | ").unwrap_or((line, ""));
        format!("<dt><code>{}</code></dt><dd>{}</dd>", escape(call), escape(what))
    };
    let rows: String = CONTROLS.lines().map(row).collect();
    Page {
        status: StatusCode::OK,
        language: "en",
        title: "Endpoints",
        brand: "Powens simulator",
        body: format!("<dl>{rows}</dl>"),
    }
    .into_response()
}
