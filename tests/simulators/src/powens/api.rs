//! Reading payments. `[doc]` PROVIDERS §4.2.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::auth::Caller;
use super::errors::ApiError;
use super::search::Filter;
use super::tokens::{ADMIN, READ, VALIDATE};
use super::wire::{answer, text_of};
use super::world::App;

/// `GET /2.0/payments/{id}`.
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    caller.must_have(&[ADMIN, READ, VALIDATE])?;
    app.step(|world, _| {
        let at = caller.payment(world, &id)?;
        let payment = world.payments.get(at).ok_or_else(ApiError::not_found)?;
        Ok(answer(StatusCode::OK, text_of(&world.shown(payment))))
    })
}

/// `GET /2.0/payments`: `{"payments": [...]}`.
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    caller.must_have(&[ADMIN, READ])?;
    let filter = Filter::read(&query)?;
    app.step(|world, _| {
        let found = filter.among(&world.payments);
        let shown = found.into_iter().map(|payment| text_of(&world.shown(payment)));
        let list = shown.collect::<Vec<_>>().join(",");
        Ok(answer(StatusCode::OK, format!("{{\"payments\":[{list}]}}")))
    })
}

/// Any other address below `/2.0`.
pub async fn no_such_address() -> ApiError {
    ApiError::not_found()
}

/// Another method.
pub async fn no_such_method() -> ApiError {
    ApiError::method()
}
