//! What tests do to the simulator: faults, settings, and what only time, the payer or the bank does to a payment.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::api::OPERATIONS;
use super::config::{Project, Webhook};
use super::orders::{self, Answer, bad, impossible, laid_over, read, typed, unknown};
use super::world::{App, World};
use crate::clock::rfc3339;
use crate::driver;
use crate::faults::{Fault, Kind};

/// `GET /_health`.
pub async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `POST /_tick`.
pub async fn tick(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    let (changed, attempts) = driver::tick(&*app).await;
    let now = app.step(|_, now| rfc3339(now));
    Json(json!({"now": now, "changed": changed, "attempts": attempts}))
}

/// `POST /_faults`: one fault or a list of them.
pub async fn add_faults(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let faults = orders::faults(&body, is_possible)?;
    app.step(|world, _| {
        faults.into_iter().for_each(|fault| world.faults.add(fault));
        Ok(Json(json!({"faults": world.faults})))
    })
}

/// Webhooks have no ids, so none is sent under two.
fn is_possible(fault: &Fault) -> bool {
    let about_calls = OPERATIONS.iter().any(|(_, name)| *name == fault.operation);
    let about_webhooks = fault.operation == "webhook" && fault.kind != Kind::DoubledNewId;
    (about_calls && !fault.kind.is_about_webhooks()) || (about_webhooks && fault.kind.is_about_webhooks())
}

/// `DELETE /_faults`: also lets go of the webhooks that faults keep.
pub async fn clear_faults(Shared(app): Shared<Arc<App>>) -> StatusCode {
    app.step(|world, now| {
        world.faults.clear();
        world.letters.release_kept(now);
        StatusCode::NO_CONTENT
    })
}

/// `GET /_config/keys`: the bank's public key, for whoever sets up an account.
pub async fn keys(Shared(app): Shared<Arc<App>>) -> Json<Value> {
    app.step(|world, _| Json(json!({"bank_public_key": world.bank_key.public_pem()})))
}

/// `PUT /_config/webhook`: `{"url", "events"?}`, or `null` for none.
pub async fn set_webhook(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let webhook: Option<Webhook> = typed(read(&body)?)?;
    app.step(|world, _| {
        world.config.project.webhook = webhook;
        Ok(world.settings())
    })
}

/// `PUT /_config/project`: any settings of the project, laid over what it has.
pub async fn set_project(Shared(app): Shared<Arc<App>>, body: Bytes) -> Answer {
    let given = read(&body)?;
    app.step(|world, _| {
        let project: Project = laid_over(&world.config.project, given)?;
        let wrong = |error: std::io::Error| bad(&error.to_string());
        (world.partner_key, world.bank_key) =
            (project.partner_key().map_err(wrong)?, project.bank_key().map_err(wrong)?);
        world.config.project = project;
        Ok(world.settings())
    })
}

/// `POST /_payments/{id}/{action}`: answers the session's entry in the ledger. The id is the session's or the payment's.
pub async fn act(
    Shared(app): Shared<Arc<App>>,
    Path((id, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let given = read(&body)?;
    app.step(|world, now| {
        let at = world.find(&id).ok_or_else(unknown)?;
        let worked = world.act(at, &action, &given, now);
        if !worked.ok_or_else(|| bad("no such action, or it lacks a field"))? {
            return Err(impossible());
        }
        let session = world.sessions.get(at).ok_or_else(unknown)?;
        Ok(Json(world.entry(session, now)))
    })
}

impl World {
    /// The project without the bank's private key.
    fn settings(&self) -> Json<Value> {
        let mut shown = json!(self.config.project);
        if let Some(fields) = shown.as_object_mut() {
            fields.remove("bank_private_key");
        }
        Json(shown)
    }
}
