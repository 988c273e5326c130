//! The stack's own HTTP API, under `/_stack/`: what tests and people steer it with.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::StackError;
use crate::stack::Core;
use crate::{sqs, table};

type Answer = Result<Response, StackError>;

/// Moves the clock by, or to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Move {
    AdvanceMs(u64),
    SetMs(i64),
}

/// A fault of one service: `{"service":"table", ...}`.
#[derive(Deserialize)]
#[serde(tag = "service", rename_all = "snake_case")]
enum Ordered {
    Table(table::Fault),
    Queue(sqs::Fault),
}

pub(crate) fn router(core: Arc<Core>) -> Router {
    Router::new()
        .route("/_stack/health", get(health))
        .route("/_stack/clock", get(time).post(change_clock))
        .route("/_stack/run-schedule/{function}", post(run_schedule))
        .route("/_stack/settle", post(settle))
        .route("/_stack/calls", get(calls).delete(clear_calls))
        .route("/_stack/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_stack/queues/{name}", get(messages))
        .route("/_stack/logs/{function}", get(logs))
        .with_state(core)
}

async fn health(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({
        "status": "ok",
        "functions": core.plan.functions.iter().map(|function| &function.name).collect::<Vec<_>>(),
        "queues": core.plan.queues.iter().map(|queue| &queue.name).collect::<Vec<_>>(),
        "tables": core.plan.tables.iter().map(|table| &table.name).collect::<Vec<_>>(),
    }))
}

async fn time(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "now_ms": core.config.clock.now_ms() }))
}

/// Answers once everything that became due has run.
async fn change_clock(State(core): State<Arc<Core>>, Json(change): Json<Move>) -> Answer {
    match change {
        Move::AdvanceMs(step) => core.advance(Duration::from_millis(step)).await?,
        Move::SetMs(at) => {
            core.config.clock.set(at).map_err(|error| StackError::Clock(error.to_string()))?;
            core.moved().await?;
        }
    }
    Ok(time(State(core)).await.into_response())
}

async fn run_schedule(State(core): State<Arc<Core>>, Path(function): Path<String>) -> Answer {
    let answer = core.fire_schedule(&function).await?;
    Ok(([("content-type", "application/json")], answer).into_response())
}

async fn settle(State(core): State<Arc<Core>>) -> Answer {
    core.settle().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn calls(State(core): State<Arc<Core>>) -> Response {
    Json(core.calls()).into_response()
}

async fn clear_calls(State(core): State<Arc<Core>>) -> StatusCode {
    core.clear_calls();
    StatusCode::NO_CONTENT
}

async fn faults(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "table": core.gate().faults(), "queue": core.queues.faults() }))
}

async fn add_fault(State(core): State<Arc<Core>>, Json(ordered): Json<Ordered>) -> Answer {
    match ordered {
        Ordered::Table(fault) => core.table.add_fault(fault).await?,
        Ordered::Queue(fault) => {
            core.queues.add_fault(fault).map_err(|error| StackError::Queue(error.to_string()))?;
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn clear_faults(State(core): State<Arc<Core>>) -> StatusCode {
    core.gate().clear_faults();
    core.queues.clear_faults();
    StatusCode::NO_CONTENT
}

async fn messages(State(core): State<Arc<Core>>, Path(name): Path<String>) -> Response {
    let planned = core.plan.queues.iter().find(|queue| queue.name == name || queue.logical_id == name);
    let Some(queue) = planned else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let counts = core.queues.counts(&queue.name);
    let messages = core.queues.peek(&queue.name).into_iter().map(|message| {
        json!({ "message_id": message.message_id, "body": message.body, "attributes": message.attributes })
    });
    Json(json!({
        "name": queue.name,
        "visible": counts.visible,
        "in_flight": counts.in_flight,
        "delayed": counts.delayed,
        "messages": messages.collect::<Vec<_>>(),
    }))
    .into_response()
}

async fn logs(State(core): State<Arc<Core>>, Path(function): Path<String>) -> Response {
    match core.plan.functions.iter().any(|known| known.name == function) {
        true => Json(core.config.logs.of(&function)).into_response(),
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

impl IntoResponse for StackError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotSettled(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::NoSchedule(_) => StatusCode::NOT_FOUND,
            Self::Function { .. } => StatusCode::BAD_GATEWAY,
            Self::Queue(_) => StatusCode::BAD_REQUEST,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
