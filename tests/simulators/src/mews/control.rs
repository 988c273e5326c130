//! What tests do to the simulator: time, faults, settings, and what only the payer or the property does.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::config::Webhook;
use super::operations;
use super::world::App;
use crate::clock::rfc3339;
use crate::faults::Kind;
use crate::menu;
use crate::orders::{Answer, bad, faults, impossible, laid_over, missing, read, typed};
use crate::ticks;

const CONTROLS: &str = "\
GET /_health | answers when the simulator is up
GET /_ledger?reference=&payment_id=&group_id= | every group, payment request, payment, webhook and call, full history
POST /_tick | does what has become due and waits for the webhooks of it
POST /_faults | {\"operation\",\"kind\",\"times\",\"skip\",\"status\",\"code\",\"retry_after\",\"delay_ms\",\"effect\",\"event\"}
DELETE /_faults | forgets faults and releases kept webhooks
PUT /_config/webhook | {\"url\",\"token\",...} or null
PUT /_config/property | any settings of the property, as optional_reservations, settlement_after_ms, charges_in, connector
POST /_payments/{id}/pay | {\"outcome\"?: approved, declined or challenged}: plays a payer without a browser
POST /_payments/{id}/verify | {\"agrees\"?}: the payer answers 3-D Secure
POST /_payments/{id}/expire | the request expires now
POST /_payments/{id}/cancel | the property cancels the request
POST /_payments/{id}/settle | {\"works\"?}: the automatic settlement charges an expired or canceled request now
POST /_payments/{id}/request | {\"amount\"?}: the property asks the same group for a further payment
POST /_payments/{id}/refund | {\"value\"?}: the property gives money of the last charged payment back
POST /_payments/{id}/chargeback | {\"value\"?}: the payer's bank takes it back
POST /_payments/{id}/complete | {\"works\"?}: what is pending becomes charged, or failed
POST /_payments/{id}/emit | a genuine message about the last payment
POST /_payments/{id}/forge | one whose address has another token
POST /api/distributor/v1/reservationGroups/create, .../get | the Distributor API
POST /api/connector/v1/... | the Connector API
GET /navigator/payment-requests/detail/{id}?returnUrl= | the payer's page";

/// `GET /`.
pub async fn index() -> Response {
    menu::page("Mews simulator", CONTROLS)
}

/// `POST /_tick`.
pub async fn tick(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let (changed, attempts) = ticks::tick(&app).await;
    let now = app.step(|_, now| rfc3339(now));
    Json(json!({"now": now, "changed": changed, "attempts": attempts}))
}

/// `POST /_faults`: one fault or a list of them.
pub async fn add_faults(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let faults = faults(&body, &operations::names())?;
    if faults.iter().any(|fault| fault.kind == Kind::DoubledNewId) {
        return Err(bad("messages have no id"));
    }
    app.step(|world, _| {
        faults.into_iter().for_each(|fault| world.faults.add(fault));
        Ok(Json(json!({"faults": world.faults})))
    })
}

/// `DELETE /_faults`: also lets go of the messages that faults keep.
pub async fn clear_faults(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, now| {
        world.faults.clear();
        world.roll(now);
        world.release_kept(now);
    });
    StatusCode::NO_CONTENT
}

/// `PUT /_config/webhook`: its settings, or `null` for none.
pub async fn set_webhook(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let webhook: Option<Webhook> = typed(read(&body)?)?;
    app.step(|world, _| {
        world.config.property.webhook = webhook;
        Ok(Json(json!(world.config.property)))
    })
}

/// `PUT /_config/property`: any settings, laid over those there are.
pub async fn set_property(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given = read(&body)?;
    app.step(|world, _| {
        world.config.property = laid_over(&world.config.property, given)?;
        Ok(Json(json!(world.config.property)))
    })
}

/// `POST /_payments/{id}/{action}`: answers the payment request's entry in the ledger.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let given = read(&body)?;
    app.step(|world, now| {
        let place = world.find_request(&id).ok_or_else(|| missing("payment request"))?;
        let worked = world.act(place, (&action, &given), now);
        match worked.ok_or_else(|| bad("no such action, or it lacks a field"))? {
            true => world.entry(place, now).map(Json).ok_or_else(|| missing("payment request")),
            false => Err(impossible()),
        }
    })
}
