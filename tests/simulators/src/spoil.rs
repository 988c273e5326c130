//! What a fault makes of a call, in the words of the provider that plays it.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;

use crate::broken::{garbage, hang_up, slow_drip, truncated, web_page};
use crate::faults::{Fault, Kind};

/// Milliseconds between two bytes of a slow drip that names none.
const DRIP_MS: u64 = 100;

/// How a provider answers when it refuses.
pub trait Voice {
    /// The error that the fault asks for.
    fn error(&self, fault: &Fault) -> Response;
    /// The 429.
    fn too_many(&self, fault: &Fault) -> Response;
    /// The 401.
    fn unauthorized(&self) -> Response;
}

/// The status that leaves under a fault; none when nothing leaves.
pub fn status_sent(fault: &Fault, answer: Option<&Response>) -> Option<StatusCode> {
    match fault.kind {
        Kind::AnswerLostAfterEffect | Kind::Timeout | Kind::Reset => None,
        Kind::ErrorBefore | Kind::ErrorAfter => Some(error_status(fault)),
        Kind::TooManyRequests => Some(StatusCode::TOO_MANY_REQUESTS),
        Kind::Unauthorized => Some(StatusCode::UNAUTHORIZED),
        _ => answer.map(Response::status),
    }
}

/// The status of an error answer: 503 when the fault names none.
pub fn error_status(fault: &Fault) -> StatusCode {
    fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
}

/// The answer under a fault; a kind that only changes fields gives the answer as it is.
pub async fn spoiled(fault: &Fault, answer: Option<Response>, voice: &impl Voice) -> Response {
    let answer = answer.unwrap_or_else(hang_up);
    match fault.kind {
        Kind::Timeout => std::future::pending().await,
        Kind::ErrorBefore | Kind::ErrorAfter => voice.error(fault),
        Kind::TooManyRequests => voice.too_many(fault),
        Kind::Unauthorized => voice.unauthorized(),
        Kind::Garbage => garbage(answer.status()),
        Kind::Html => web_page(answer.status()),
        Kind::Truncated => truncated(answer).await,
        Kind::SlowDrip => {
            let pause = Duration::from_millis(fault.delay_ms.unwrap_or(DRIP_MS));
            slow_drip(answer, pause).await
        }
        kind if kind.changes_fields() => answer,
        _ => hang_up(),
    }
}
