//! `GET /`: a page that lists what the simulator can be told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::html::{Page, escape};

const CONTROLS: &str = "\
GET /_health: answers when the simulator is up
GET /_ledger?reference=&payment_id=: every reservation, callback and call, with full history; amounts in øre
POST /_tick: does what has become due and waits for the callbacks of it
POST /_faults: {operation, kind, times, skip, status, code, retry_after, delay_ms, effect}
DELETE /_faults: forgets faults and releases kept callbacks
PUT /_config/account: any settings, laid over those there are
PUT /_config/callback: any settings of callbacks, laid over those there are
POST /_payments/{uuid}/pay: {via?}: plays a payer without a browser
POST /_payments/{uuid}/decline: the card's bank says no; nothing tells it
POST /_payments/{uuid}/expire: expires it now
POST /_payments/{uuid}/release: lets go of what a part capture left over
POST /_payments/{uuid}/refund_succeed: the oldest refund reaches the payer
POST /_payments/{uuid}/refund_fail: the oldest refund does not
POST /_payments/{uuid}/force: {status}: sets a status and the money of it; no callback
POST /_payments/{uuid}/emit: {status?, amount_ore?}: a callback with a right checksum
POST /_payments/{uuid}/forge: {status?, amount_ore?}: a callback with a wrong checksum
POST /_payments/{uuid}/replay: the last callback again, byte for byte
POST /_payments/{uuid}/shift: the last callback with the border between two values moved; its checksum still fits
POST /api/v1/connect/reservations/create and the others: the provider's API
GET /checkout/{page}: the payer's page";

/// The index.
pub async fn index() -> Response {
    let row = |line: &str| {
        let (call, what) = line.split_once(": ").unwrap_or((line, ""));
        format!("<dt><code>{}</code></dt><dd>{}</dd>", escape(call), escape(what))
    };
    let rows: String = CONTROLS.lines().map(row).collect();
    let page = Page {
        status: StatusCode::OK,
        language: "en",
        title: "Endpoints",
        brand: "Front Payment simulator",
        body: ["<dl>", &rows, "</dl>"].concat(),
    };
    page.into_response()
}
