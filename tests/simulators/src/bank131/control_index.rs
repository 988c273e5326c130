//! `GET /`: a page that lists what the simulator can be told, and the cards.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::cards::{CARDS, TestCard};
use crate::html::{Page, escape};

const CONTROLS: &str = "\
GET /_health | answers when the simulator is up
GET /_ledger?reference=&session_id=&payment_id= | every session with its payment, webhook, call and idempotency key
POST /_tick | does what has become due and waits for the webhooks of it
POST /_faults | {\"operation\",\"kind\",\"times\",\"skip\",\"status\",\"code\",\"retry_after\",\"delay_ms\",\"effect\",\"event\"}
DELETE /_faults | forgets faults and releases kept webhooks
GET /_config/keys | {\"bank_public_key\"}: what webhooks are verified with
PUT /_config/webhook | {\"url\",\"events\"?} or null
PUT /_config/project | any settings, as auto_confirm, hold, auto_capture, three_d_secure, partner_public_key
POST /_payments/{id}/pay | {\"card\"?}: plays a payer at the widget without a browser
POST /_payments/{id}/approve | the payer agrees to 3-D Secure or scans the QR code
POST /_payments/{id}/refuse | the payer refuses
POST /_payments/{id}/time_out | what the end of the time does: of the confirmation, the payer, the hold, the doubt
POST /_payments/{id}/lose_track | session error, which is not final
POST /_payments/{id}/settle | {\"status\":\"accepted\"} or {\"status\":\"cancelled\"}: what became of a session in error
POST /_payments/{id}/change_amount | {\"amount\",\"currency\"?}: the payment differs from the session
POST /_payments/{id}/change_reference | {\"reference\"}: likewise
POST /_payments/{id}/refund_accept | also refund_decline, refund_error: the oldest refund under way
POST /_payments/{id}/emit | {\"type\"?}: a genuine webhook about the session as it is
POST /_payments/{id}/forge | {\"type\"?}: one that claims success under a wrong signature
POST /_payments/{id}/alter | {\"type\"?}: one that was changed after it was signed
POST /api/v1/session/create, POST /api/v1/token, ... | the provider's API, also under v2
GET /widget/payment-form.js, GET /widget/payment-form.css | the widget for a page of ours";

/// The index.
pub async fn index() -> Response {
    let control = |line: &str| {
        let (call, what) = line.split_once(" | ").unwrap_or((line, ""));
        row(call, what)
    };
    let card = |card: &TestCard| row(card.number, &format!("{}; as a token: {}", card.about, card.token));
    let controls: String = CONTROLS.lines().map(control).collect();
    let cards: String = CARDS.iter().map(card).collect();
    let expiry = "Any expiry that is not past, any security code of three or four digits.";
    Page {
        status: StatusCode::OK,
        language: "en",
        title: "Endpoints",
        brand: "Bank 131 simulator",
        body: format!("<dl>{controls}</dl><h2>Cards</h2><p>{expiry}</p><dl id=\"cards\">{cards}</dl>"),
    }
    .into_response()
}

fn row(name: &str, what: &str) -> String {
    format!("<dt><code>{}</code></dt><dd>{}</dd>", escape(name), escape(what))
}
