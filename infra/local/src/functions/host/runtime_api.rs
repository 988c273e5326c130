//! The Runtime API as one process sees it.
//!
//! Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom
//! runtimes": next invocation, invocation response, invocation error and
//! initialization error.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use serde_json::json;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use uuid::Uuid;

use super::Launch;
use crate::clock::Clock;

/// The largest answer, bytes: AWS Lambda Developer Guide, "Lambda quotas".
const LARGEST_ANSWER: usize = 6 * 1024 * 1024 + 100;

/// What a process answers: its result, or its error's JSON.
pub(super) type Reply = Result<Bytes, Bytes>;

/// One event on its way to the process.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) payload: Bytes,
    pub(super) taken: oneshot::Sender<()>,
    pub(super) reply: oneshot::Sender<Reply>,
}

/// The state of one process's Runtime API.
#[derive(Debug)]
pub(super) struct Slot {
    jobs: AsyncMutex<mpsc::Receiver<Job>>,
    current: Mutex<Option<(String, oneshot::Sender<Reply>)>>,
    start_error: Mutex<Option<String>>,
    arn: String,
    time_limit: Duration,
}

impl Slot {
    pub(super) fn new(jobs: mpsc::Receiver<Job>, launch: &Launch) -> Self {
        Self {
            jobs: AsyncMutex::new(jobs),
            current: Mutex::default(),
            start_error: Mutex::default(),
            arn: launch.arn(),
            time_limit: launch.plan.timeout,
        }
    }

    /// What the process said when it could not start.
    pub(super) fn start_error(&self) -> Option<String> {
        self.start_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn begin(&self, id: String, reply: oneshot::Sender<Reply>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some((id, reply));
    }

    /// Settles the running invocation, if it is this one.
    fn finish(&self, id: &str, reply: Reply) -> Response {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match current.take_if(|(running, _)| running == id) {
            Some((_, sender)) => {
                let _ = sender.send(reply);
                accepted()
            }
            None => problem(StatusCode::BAD_REQUEST, "InvalidRequestID"),
        }
    }
}

pub(super) fn router(slot: Arc<Slot>) -> Router {
    Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(start_error))
        .layer(DefaultBodyLimit::disable())
        .with_state(slot)
}

async fn next(State(slot): State<Arc<Slot>>) -> Response {
    let Some(job) = slot.jobs.lock().await.recv().await else {
        return problem(StatusCode::GONE, "the stack stops");
    };
    let trace = trace_id();
    let deadline = deadline_ms(slot.time_limit).to_string();
    slot.begin(job.id.clone(), job.reply);
    let _ = job.taken.send(());
    let headers = [
        ("lambda-runtime-aws-request-id", job.id),
        ("lambda-runtime-deadline-ms", deadline),
        ("lambda-runtime-invoked-function-arn", slot.arn.clone()),
        ("lambda-runtime-trace-id", trace),
        ("content-type", "application/json".to_owned()),
    ];
    let mut response = Response::new(Body::from(job.payload));
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn response(State(slot): State<Arc<Slot>>, Path(id): Path<String>, body: Bytes) -> Response {
    if body.len() <= LARGEST_ANSWER {
        return slot.finish(&id, Ok(body));
    }
    let too_large = json!({
        "errorType": "Function.ResponseSizeTooLarge",
        "errorMessage": format!("Response payload size ({} bytes) is too large", body.len()),
    });
    let _ = slot.finish(&id, Err(too_large.to_string().into()));
    problem(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge")
}

async fn error(State(slot): State<Arc<Slot>>, Path(id): Path<String>, body: Bytes) -> Response {
    slot.finish(&id, Err(body))
}

async fn start_error(State(slot): State<Arc<Slot>>, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body).into_owned();
    *slot.start_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    accepted()
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, axum::Json(json!({ "status": "OK" }))).into_response()
}

fn problem(status: StatusCode, kind: &str) -> Response {
    (status, axum::Json(json!({ "errorType": kind, "errorMessage": kind }))).into_response()
}

/// X-Ray's form: `Root=1-{8 hex}-{24 hex};Parent={16 hex};Sampled=0`.
fn trace_id() -> String {
    let (root, parent) = (Uuid::new_v4().simple().to_string(), Uuid::new_v4().simple().to_string());
    format!("Root=1-{}-{};Parent={};Sampled=0", &root[..8], &root[8..], &parent[..16])
}

/// Deadlines are in real time even when the stack's clock is moved: the limit
/// is on the processor, not on the story.
fn deadline_ms(limit: Duration) -> i64 {
    let now = Clock::real(None).map_or(0, |clock| clock.now_ms());
    now.saturating_add(i64::try_from(limit.as_millis()).unwrap_or(i64::MAX))
}
