//! Cancel and capture. `[doc]` PROVIDERS §3.2 and §3.3.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;

use super::api::not_found;
use super::auth::Caller;
use super::errors::ApiError;
use super::state::State;
use super::world::App;

/// `POST /v1/payments/{id}/cancel`: 204 while it can still be cancelled.
pub async fn cancel(
    Shared(app): Shared<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    const REFUSED: &str = "Cancellation of payment failed";
    app.step(|world, now| {
        let at = world.find_of(caller.account, &id).ok_or_else(|| not_found("P0500"))?;
        let in_flight = world.payments.get(at).is_some_and(|payment| payment.in_flight);
        let cancellable = world.payments.get(at).is_some_and(|payment| payment.state.cancellable());
        if in_flight && cancellable {
            return Err(ApiError::new(409, "P0502", REFUSED));
        }
        // [code] PROVIDERS §3.8: a payment that is over, even a cancelled one, is 400.
        if !cancellable || !world.enter(at, State::CancelledByService, now) {
            return Err(ApiError::new(400, "P0501", REFUSED));
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

/// `POST /v1/payments/{id}/capture`: 204, the full amount. Again after that: 204 and nothing happens.
pub async fn capture(
    Shared(app): Shared<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.step(|world, now| {
        let at = world.find_of(caller.account, &id).ok_or_else(|| not_found("P1000"))?;
        let state = world.payments.get(at).map(|payment| payment.state);
        let done = state == Some(State::Success)
            || (state == Some(State::Capturable) && { world.enter(at, State::Success, now) });
        let refused = || ApiError::new(409, "P1003", "Payment cannot be captured");
        done.then_some(StatusCode::NO_CONTENT).ok_or_else(refused)
    })
}
