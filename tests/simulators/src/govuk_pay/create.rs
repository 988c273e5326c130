//! `POST /v1/payments`. `[doc]` PROVIDERS §3.2.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::agreements::Repeatable;
use super::auth::Caller;
use super::errors::ApiError;
use super::firewall::{check_request, idempotency_key};
use super::validate;
use super::world::{App, World};
use crate::faults::Kind;

/// Opens a payment: 201 with `Location`.
pub async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let (answer, early) = app.step(|world, now| {
        check_request(&headers, &body)?;
        let key = idempotency_key(&headers)?;
        let (at, status) = world.created_or_repeated(caller.account, key, &body, now)?;
        let answer = world.create_answer(at, status, now);
        Ok::<_, ApiError>((answer, world.pay_early(at, now)))
    })?;
    if early {
        app.send_due().await;
    }
    Ok(answer)
}

impl World {
    fn created_or_repeated(
        &mut self,
        account: usize,
        key: Option<String>,
        body: &[u8],
        now: i64,
    ) -> Result<(usize, StatusCode), ApiError> {
        let wish = validate::wish(body, &self.account(account))?;
        // [code] PROVIDERS §3.6: for `web` the key is validated above and then ignored.
        let key = key.filter(|_| wish.agreement.is_some());
        if let Some(key) = &key
            && let Some(at) = self.repeated(account, key, body)?
        {
            return Ok((at, StatusCode::OK));
        }
        let at = self.open(account, wish, now);
        if let Some(key) = key {
            self.repeatable.push(Repeatable { account, key, body: body.to_vec(), made: at });
        }
        Ok((at, StatusCode::CREATED))
    }

    fn create_answer(&mut self, at: usize, status: StatusCode, now: i64) -> Response {
        let token = self.fresh_token(at, now);
        let Some(payment) = self.payments.get(at) else {
            return ApiError::new(500, "P0198", "Downstream system error").into_response();
        };
        let location = [(LOCATION, self.address(payment))];
        (status, location, Json(self.shown(payment, token.as_deref()))).into_response()
    }

    /// A new one-time token, for a payment whose payer is not done. `[code]` PROVIDERS §3.4.
    pub fn fresh_token(&mut self, at: usize, now: i64) -> Option<String> {
        let payment = self.payments.get(at)?;
        if !payment.state.payable() || payment.wish.agreement.is_some() {
            return None;
        }
        let token = self.payments.get_mut(at)?.mint(now);
        self.by_token.insert(token.clone(), at);
        Some(token)
    }

    /// The fault `early`: the payer is done before the create answer leaves, and the true message of it goes first.
    fn pay_early(&mut self, at: usize, now: i64) -> bool {
        let Some(fault) = self.faults.take("webhook", |kind| kind == Kind::Early) else {
            return false;
        };
        let declined = fault.event.as_deref() == Some("card_payment_failed");
        self.play_payer(at, if declined { "4000000000000002" } else { "4242424242424242" }, now)
    }
}
