//! The Distributor API: `POST {base}/api/distributor/v1/{resource}/{operation}`. `[doc]` BE/guidelines/requests.md.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;

use super::answers::Extent;
use super::culture::check_culture;
use super::errors::{ApiError, answer};
use super::lifecycle::{BY_PAYER, Outcome};
use super::operations::called;
use super::property::Property;
use super::reader::Fields;
use super::wish::wish;
use super::world::{App, Place, World};
use crate::exact::Json;
use crate::faults::Kind;

/// Any call below the base.
pub async fn call(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let operation = called(&method, uri.path()).ok_or_else(ApiError::not_found)?;
    let body = json(&headers, &body)?;
    let (shown, early) = app.step(|world, now| {
        let fields = Fields::of(&body)?;
        world.config.property.check_client(&fields)?;
        match operation {
            "create" => world.create(&fields, now),
            _ => world.get(&fields).map(|shown| (shown, false)),
        }
    })?;
    if early {
        app.send_due().await;
    }
    Ok(answer(StatusCode::OK, &shown))
}

/// `[doc]` BE/guidelines/requests.md: `Content-Type` is `application/json` and the content JSON. The 400 is `[inf]`.
pub fn json(headers: &HeaderMap, body: &[u8]) -> Result<Json, ApiError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(ApiError::new(400, "The Content-Type must be application/json."));
    }
    let text = std::str::from_utf8(body).ok();
    text.and_then(Json::parse).ok_or_else(|| ApiError::invalid("JSON"))
}

impl Property {
    /// `[doc]` BE/guidelines/authentication.md: only registered clients.
    fn check_client(&self, fields: &Fields<'_>) -> Result<(), ApiError> {
        let client = fields.required("Client")?;
        if !self.clients.iter().any(|known| known == client) {
            return Err(ApiError::unauthorized("Client"));
        }
        check_culture(fields, self.refuse_half_culture)
    }
}

impl World {
    fn create(&mut self, fields: &Fields<'_>, now: i64) -> Result<(Json, bool), ApiError> {
        let wish = wish(fields, &self.config.property, now)?;
        let at = self.book_group(wish, now)?;
        let property = &self.config.property;
        let shown = self.book.groups.get(at).map(|group| property.shown(group, Extent::default()));
        Ok((shown.unwrap_or(Json::Null), self.play_early(at, now)))
    }

    /// The fault `early`: the payer is done before the create answer leaves, and the true message of it goes first.
    fn play_early(&mut self, group: usize, now: i64) -> bool {
        let Some(fault) = self.faults.take("webhook", |kind| kind == Kind::Early) else {
            return false;
        };
        let outcome = match fault.event.as_deref() {
            Some("Failed") => Outcome::Declined,
            _ => Outcome::Approved,
        };
        self.attempt(Place { group, request: 0 }, outcome, BY_PAYER, now).is_some()
    }

    /// `[doc]` BE/operations/reservation-groups.md, get: without `Extent` the lists are absent.
    fn get(&self, fields: &Fields<'_>) -> Result<Json, ApiError> {
        let property = &self.config.property;
        property.check_hotel(fields)?;
        let id = fields.required("ReservationGroupId")?;
        let extent = match fields.object("Extent")? {
            None => Extent::default(),
            Some(extent) => Extent {
                requests: extent.flag("PaymentRequests")?.unwrap_or_default(),
                payments: extent.flag("Payments")?.unwrap_or_default(),
            },
        };
        let group = self.find_group(id).and_then(|at| self.book.groups.get(at));
        let group = group.ok_or_else(|| fields.invalid("ReservationGroupId"))?;
        Ok(property.shown(group, extent))
    }
}
