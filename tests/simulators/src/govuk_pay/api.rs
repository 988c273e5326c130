//! Reading a payment and its events. `[doc]` PROVIDERS §3.2.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde_json::Value;

use super::auth::Caller;
use super::errors::ApiError;
use super::world::App;

/// `GET /v1/payments/{id}`: strongly consistent. Each call on an unfinished payment makes a new `next_url`.
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    app.step(|world, now| {
        let at = world.find_of(caller.account, &id)?;
        let token = world.fresh_token(at, now);
        let payment = world.payments.get(at)?;
        Some(Json(world.shown(payment, token.as_deref())))
    })
    .ok_or_else(|| not_found("P0200"))
}

/// `GET /v1/payments/{id}/events`.
pub async fn events(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    app.step(|world, _| {
        let at = world.find_of(caller.account, &id)?;
        Some(Json(world.events(world.payments.get(at)?)))
    })
    .ok_or_else(|| not_found("P0300"))
}

/// 404 with the operation's own code.
pub fn not_found(code: &str) -> ApiError {
    ApiError::new(404, code, "Not found")
}
