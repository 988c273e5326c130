//! Refunds: several part refunds, guarded by a compare-and-swap. `[doc]` PROVIDERS §3.2, refunding_payments.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::api::not_found;
use super::auth::Caller;
use super::errors::ApiError;
use super::firewall::check_request;
use super::payment::Payment;
use super::validate::{pence, unreadable};
use super::world::App;

/// `POST /v1/payments/{id}/refunds`: 202.
pub async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    check_request(&headers, &body)?;
    let wish = Wish::read(&body)?;
    app.step(|world, now| {
        let lost = || not_found("P0600");
        let at = world.find_of(caller.account, &id).ok_or_else(lost)?;
        wish.check(world.payments.get(at).ok_or_else(lost)?)?;
        let refund = world.refund(at, wish.amount, now).ok_or_else(lost)?;
        let payment = world.payments.get(at).ok_or_else(lost)?;
        let made = payment.refunds.iter().find(|made| made.id == refund).ok_or_else(lost)?;
        Ok((StatusCode::ACCEPTED, Json(world.refund_shown(payment, made))))
    })
}

/// `GET /v1/payments/{id}/refunds`.
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    app.step(|world, _| {
        let payment = world.payments.get(world.find_of(caller.account, &id)?)?;
        Some(Json(world.refunds_shown(payment)))
    })
    .ok_or_else(|| not_found("P0800"))
}

/// `GET /v1/payments/{id}/refunds/{refund}`.
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((id, refund)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    app.step(|world, _| {
        let payment = world.payments.get(world.find_of(caller.account, &id)?)?;
        let refund = payment.refunds.iter().find(|made| made.id == refund)?;
        Some(Json(world.refund_shown(payment, refund)))
    })
    .ok_or_else(|| not_found("P0700"))
}

struct Wish {
    amount: i64,
    expected: Option<i64>,
}

impl Wish {
    fn read(body: &[u8]) -> Result<Self, ApiError> {
        let fields: Map<String, Value> = serde_json::from_slice(body).map_err(|_| unreadable("P0697"))?;
        let amount = pence(&fields, "P0601", "P0602")?;
        if amount < 1 {
            return Err(ApiError::invalid("P0602", "amount", "Must be greater than or equal to 1"));
        }
        if amount > 10_000_000 {
            return Err(ApiError::invalid("P0602", "amount", "Must be less than or equal to 10000000"));
        }
        let name = "refund_amount_available";
        let expected = match fields.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => Some(
                value
                    .as_i64()
                    .ok_or_else(|| ApiError::wrong_type("P0602", name, "Must be a valid numeric format"))?,
            ),
        };
        Ok(Self { amount, expected })
    }

    /// `[doc]` PROVIDERS §3.1: P0603 400 when not refundable or disputed, P0604 412 when the caller's view is old.
    fn check(&self, payment: &Payment) -> Result<(), ApiError> {
        let refused = |why: &str| {
            let text = format!("The payment is not available for refund. Payment refund status: {why}");
            Err(ApiError::new(400, "P0603", &text))
        };
        match payment.refund_status() {
            "available" => {}
            other => return refused(other),
        }
        if self.expected.is_some_and(|expected| expected != payment.refundable()) {
            return Err(ApiError::new(412, "P0604", "Refund amount available mismatch."));
        }
        if self.amount > payment.refundable() {
            return refused("amount_not_available");
        }
        Ok(())
    }
}
