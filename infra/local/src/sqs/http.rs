//! The wire: AWS JSON 1.0 over HTTP, and the faults' own small interface beside it.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::{ErrorKind, SqsError};
use super::faults::Fault;
use super::operation::Operation;
use super::send::{self, At};
use super::state::State;
use super::{Queues, manage, moves, receive, settings};

/// A message of 1 MiB takes up to six times that in JSON, each byte escaped.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

pub(super) fn router(queues: Queues) -> Router {
    Router::new()
        .route("/_faults", get(list_faults).post(add_fault).delete(clear_faults))
        .fallback(call)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(queues)
}

async fn list_faults(Shared(queues): Shared<Queues>) -> Json<Vec<Fault>> {
    Json(queues.faults())
}

async fn add_fault(Shared(queues): Shared<Queues>, body: Bytes) -> Response {
    let read = serde_json::from_slice(&body).map_err(|error| error.to_string());
    match read.and_then(|fault| queues.add_fault(fault).map_err(|error| error.message)) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(message) => (StatusCode::BAD_REQUEST, message).into_response(),
    }
}

async fn clear_faults(Shared(queues): Shared<Queues>) -> StatusCode {
    queues.clear_faults();
    StatusCode::NO_CONTENT
}

async fn call(Shared(queues): Shared<Queues>, headers: HeaderMap, body: Bytes) -> Response {
    match answer(&queues, &headers, &body).await {
        Ok(answer) => respond(StatusCode::OK, &answer),
        Err(error) => error.into_response(),
    }
}

async fn answer(queues: &Queues, headers: &HeaderMap, body: &[u8]) -> Result<Value, SqsError> {
    let operation = operation(headers)?;
    queues.with(|state, _| *state.calls.entry(format!("{operation:?}")).or_default() += 1);
    let body: Value = serde_json::from_slice(body).map_err(malformed)?;
    let queue = queue_name(&body);
    if operation == Operation::ReceiveMessage {
        return receive::receive(queues, &queue, body).await;
    }
    queues.with(|state, now| {
        let at = At { queue: &queue, now };
        state.faulted(&queue, operation, |state| dispatch(state, operation, at, body))
    })
}

fn operation(headers: &HeaderMap) -> Result<Operation, SqsError> {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    Operation::from_target(target).ok_or_else(|| {
        let message = format!("The action {target} is not valid for this endpoint.");
        SqsError::new(ErrorKind::InvalidAction, message)
    })
}

/// The name at the end of the queue's URL, or the one the request gives; host and account are
/// not compared. Without either the queue does not exist.
fn queue_name(body: &Value) -> String {
    let url = body["QueueUrl"].as_str().map(|url| url.rsplit('/').next().unwrap_or_default());
    url.or(body["QueueName"].as_str()).unwrap_or_default().to_owned()
}

fn dispatch(state: &mut State, operation: Operation, at: At<'_>, body: Value) -> Result<Value, SqsError> {
    match operation {
        Operation::CancelMessageMoveTask => moves::cancel(),
        Operation::ChangeMessageVisibility => send::change_visibility(state, at, body),
        Operation::ChangeMessageVisibilityBatch => send::change_visibility_batch(state, at, body),
        Operation::CreateQueue => manage::create_call(state, at, body),
        Operation::DeleteMessage => send::delete(state, at, body),
        Operation::DeleteMessageBatch => send::delete_batch(state, at, body),
        Operation::DeleteQueue => manage::delete(state, at),
        Operation::GetQueueAttributes => settings::get(state, at, body),
        Operation::GetQueueUrl => manage::url(state, body),
        Operation::ListDeadLetterSourceQueues => manage::dead_letter_sources(state, at, body),
        Operation::ListMessageMoveTasks => moves::list(state, body),
        Operation::ListQueueTags => settings::tags(state, at),
        Operation::ListQueues => manage::list(state, body),
        Operation::PurgeQueue => manage::purge(state, at),
        // Answered by `answer`: it may wait, and so must not hold the state.
        Operation::ReceiveMessage => Err(SqsError::new(ErrorKind::UnsupportedOperation, "Not served here.")),
        Operation::SendMessage => send::send(state, at, body),
        Operation::SendMessageBatch => send::send_batch(state, at, body),
        Operation::SetQueueAttributes => settings::set(state, at, body),
        Operation::StartMessageMoveTask => moves::start(state, at.now, body),
        Operation::TagQueue => settings::tag(state, at, body),
        Operation::UntagQueue => settings::untag(state, at, body),
    }
}

/// Reads a request, or part of one.
pub(super) fn parse<T: DeserializeOwned>(body: Value) -> Result<T, SqsError> {
    serde_json::from_value(body).map_err(malformed)
}

fn malformed(error: serde_json::Error) -> SqsError {
    SqsError::new(ErrorKind::MalformedInput, format!("The request cannot be read: {error}."))
}

/// An answer in the shape of "Interpreting Amazon SQS JSON API responses"
/// (SQSDeveloperGuide/sqs-json-api-responses.html).
fn respond(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/x-amz-json-1.0".to_owned()),
        ("x-amzn-requestid", request_id()),
    ];
    (status, headers, body.to_string()).into_response()
}

fn request_id() -> String {
    Uuid::new_v4().to_string()
}

impl IntoResponse for SqsError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = respond(status, &json!({ "__type": self.kind.shape(), "message": self.message }));
        let blame = if self.kind.is_sender_fault() { "Sender" } else { "Receiver" };
        if let Ok(code) = HeaderValue::try_from(format!("{};{blame}", self.kind.code())) {
            response.headers_mut().insert("x-amzn-query-error", code);
        }
        response
    }
}
