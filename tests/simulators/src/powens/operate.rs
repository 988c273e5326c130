//! `POST /2.0/payments/{id}`: cancel and confirm. `[doc]` PROVIDERS §4.2.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::auth::Caller;
use super::config::CancelWay;
use super::errors::ApiError;
use super::flow::Stage;
use super::future::{CANCELLED_BY_CLIENT, CONFIRMATION_REFUSED};
use super::lifecycle::{Cause, Change};
use super::reader::Reader;
use super::state::State;
use super::tokens::{ADMIN, CANCEL};
use super::validate::{parse, way_back};
use super::visit::Visit;
use super::wire::{answer, text_of};
use super::world::{App, World};

type WayBack = (Option<String>, Option<String>);

/// `{"cancel": true, ...}` or `{"confirm": true|false}`.
pub async fn update(
    Shared(app): Shared<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let given = parse(&body)?;
    let fields = Reader::new(&given, "")?;
    let (cancel, confirm) = (fields.flag("cancel")?, fields.flag("confirm")?);
    app.step(|world, now| match (cancel, confirm) {
        (Some(true), None) => {
            caller.must_have(&[ADMIN, CANCEL])?;
            let at = caller.payment(world, &id)?;
            let back = way_back(&fields, &world.config.domain)?;
            let status = world.cancel(at, back, now)?;
            world.updated(at, status)
        }
        (None, Some(agrees)) => {
            caller.must_have(&[ADMIN])?;
            let at = caller.payment(world, &id)?;
            world.confirm(at, agrees, now)?;
            world.updated(at, StatusCode::OK)
        }
        (None, None) => Err(ApiError::missing("cancel or confirm")),
        _ => Err(fields.invalid("cancel", "must be true and stand alone")),
    })
}

impl World {
    fn updated(&self, at: usize, status: StatusCode) -> Result<Response, ApiError> {
        let payment = self.payments.get(at).ok_or_else(ApiError::not_found)?;
        Ok(answer(status, text_of(&self.shown(payment))))
    }

    /// Only `created`, or `pending` and not instant.
    fn cancel(&mut self, at: usize, back: WayBack, now: i64) -> Result<StatusCode, ApiError> {
        let payment = self.payments.get(at).ok_or_else(ApiError::not_found)?;
        let way = match payment.state {
            State::Created => CancelWay::Direct,
            State::Pending if payment.is_instant() => {
                return Err(ApiError::not_supported("a pending instant payment"));
            }
            State::Pending => payment.bank.as_ref().map_or(CancelWay::Direct, |bank| bank.cancel),
            _ => {
                return Err(ApiError::conflict("only created or pending can be cancelled"));
            }
        };
        match way {
            CancelWay::Direct => {
                self.enter(at, Change::rejected(CANCELLED_BY_CLIENT, Cause::Interactive), now);
                Ok(StatusCode::OK)
            }
            CancelWay::Redirect => self.ask_payer_to_cancel(at, back, now),
            CancelWay::Unsupported => Err(ApiError::not_supported("the bank cannot cancel")),
        }
    }

    /// `pending` with `cancelling` until the payer visits `validate_uri`: 202, as it needs an interaction.
    fn ask_payer_to_cancel(
        &mut self,
        at: usize,
        (uri, state): WayBack,
        now: i64,
    ) -> Result<StatusCode, ApiError> {
        let payment = self.payments.get(at).ok_or_else(ApiError::not_found)?;
        let visit = Visit {
            payment: at,
            redirect_uri: uri.unwrap_or_else(|| payment.wish.redirect_uri.clone()),
            state: state.or_else(|| payment.wish.state.clone()),
        };
        let name = self.remember(visit);
        let address = format!("{}/webview/{name}", self.base_url);
        if let Some(payment) = self.payments.get_mut(at) {
            payment.state_detail = Some("cancelling".into());
            payment.stage = Stage::Cancellation;
            payment.action = Stage::Cancellation.action().map(Cow::Borrowed);
            payment.validate_uri = Some(address);
            payment.note(now, "cancelling", json!({}));
        }
        Ok(StatusCode::ACCEPTED)
    }

    /// Only while the payment waits for it.
    fn confirm(&mut self, at: usize, agrees: bool, now: i64) -> Result<(), ApiError> {
        let until = self.payments.get(at).and_then(|payment| payment.confirm_until);
        if until.is_none_or(|until| until <= now) {
            return Err(ApiError::conflict("the payment does not wait for a confirmation"));
        }
        if agrees {
            self.initiate(at, Cause::Interactive, now);
        } else {
            self.enter(at, Change::rejected(CONFIRMATION_REFUSED, Cause::Interactive), now);
        }
        Ok(())
    }
}
