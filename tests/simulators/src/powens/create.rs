//! `POST /2.0/payments`. `[doc]` PROVIDERS §4.2.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::auth::Caller;
use super::errors::ApiError;
use super::future::CANCELLED_BY_USER;
use super::lifecycle::{Cause, Change};
use super::state;
use super::tokens::ADMIN;
use super::validate::{parse, wish};
use super::wire::{answer, text_of};
use super::world::{App, World};
use crate::faults::Kind;

/// Opens a payment: 200. There is no idempotency (§4.6).
pub async fn create(State(app): State<Arc<App>>, caller: Caller, body: Bytes) -> Result<Response, ApiError> {
    caller.must_have(&[ADMIN])?;
    let (text, early) = app.step(|world, now| {
        let wish = wish(&body, &world.config.domain, now)?;
        let at = world.open(wish, now);
        if let Some(payment) = world.payments.get_mut(at) {
            payment.note(now, "order", json!({"body": parse(&body)?}));
        }
        let text = world.payments.get(at).map(|payment| text_of(&world.shown(payment)));
        Ok::<_, ApiError>((text.unwrap_or_default(), world.play_early(at, now)))
    })?;
    if early {
        app.send_due().await;
    }
    Ok(answer(StatusCode::OK, text))
}

impl World {
    /// The fault `early`: the payment is over before the create answer leaves, and the true messages of it go first.
    fn play_early(&mut self, at: usize, now: i64) -> bool {
        let Some(fault) = self.faults.take("webhook", |kind| kind == Kind::Early) else {
            return false;
        };
        let cause = Cause::Background;
        self.enter(at, Change::to(state::State::Validating, cause), now);
        if fault.event.as_deref() == Some("rejected") {
            self.enter(at, Change::rejected(CANCELLED_BY_USER, cause), now)
        } else {
            self.enter(at, Change::to(state::State::Done, cause), now)
        }
    }
}
