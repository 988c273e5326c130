//! An API Gateway HTTP API with Lambda proxy integrations, payload format 2.0.
//!
//! Source: Amazon API Gateway Developer Guide, "Create AWS Lambda proxy
//! integrations for HTTP APIs", "Create routes for HTTP APIs" and "Quotas for
//! configuring and running an HTTP API". Where the guide is silent, the doc
//! comment of the function says that it guesses.

mod event;
mod merge;
mod percent;
mod reply;
mod routes;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;

use crate::clock::Clock;
use crate::functions::{Functions, InvokeError};
use crate::template::RoutePlan;
use event::Incoming;
pub use event::probe;
pub use routes::{Match, Routes};

/// The request line and all headers together, bytes: "Quotas", row "Total
/// combined size of request line and header values".
const HEADER_LIMIT: usize = 10_240;
/// The body, bytes: "Quotas", row "Payload size".
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// The API; clones share it.
#[derive(Clone)]
pub struct HttpApi {
    inner: Arc<Inner>,
}

struct Inner {
    routes: Routes,
    stage: String,
    functions: Arc<dyn Functions>,
    clock: Clock,
}

impl HttpApi {
    /// An API with these routes on a stage; `$default` has no path prefix.
    #[must_use]
    pub fn new(routes: Vec<RoutePlan>, stage: &str, functions: Arc<dyn Functions>, clock: Clock) -> Self {
        let (routes, stage) = (Routes::new(routes), stage.to_owned());
        Self { inner: Arc::new(Inner { routes, stage, functions, clock }) }
    }

    /// Answers every path.
    pub fn router(self) -> Router {
        Router::new().fallback(answer).with_state(self)
    }
}

async fn answer(State(api): State<HttpApi>, request: Request) -> Response {
    let request_id = event::request_id();
    let mut response = match handle(&api.inner, request, &request_id).await {
        Ok(response) => response,
        Err(status) => reply::message(status),
    };
    if let Ok(id) = request_id.parse() {
        response.headers_mut().insert("apigw-requestid", id);
    }
    response
}

async fn handle(api: &Inner, request: Request, request_id: &str) -> Result<Response, StatusCode> {
    let (parts, body) = request.into_parts();
    if header_size(&parts) > HEADER_LIMIT {
        return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    let body = read(body).await?;
    let path = percent::decode(parts.uri.path());
    let inside = inside_stage(&path, &api.stage).ok_or(StatusCode::NOT_FOUND)?;
    let found = api.routes.find(parts.method.as_str(), inside).ok_or(StatusCode::NOT_FOUND)?;
    let incoming = Incoming {
        parts: &parts,
        body: &body,
        raw_path: &path,
        found: &found,
        stage: &api.stage,
        request_id,
        now_ms: api.clock.now_ms(),
    };
    call(api, &found, incoming.event()).await
}

async fn read(body: Body) -> Result<Bytes, StatusCode> {
    axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}

/// Waits for the function as long as the route allows.
///
/// A late function is 503 `Service Unavailable`, as the guide's
/// "Troubleshooting" says of integration time-outs; so is a throttled one (a
/// guess). An event that grew over Lambda's 6 MB is 413 (a guess).
async fn call(api: &Inner, found: &Match<'_>, event: serde_json::Value) -> Result<Response, StatusCode> {
    let payload = Bytes::from(event.to_string());
    let answer = api.functions.invoke(&found.route.function, payload);
    match tokio::time::timeout(found.route.timeout, answer).await {
        Err(_) | Ok(Err(InvokeError::Throttled)) => Err(StatusCode::SERVICE_UNAVAILABLE),
        Ok(Err(InvokeError::TooLarge(_))) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::INTERNAL_SERVER_ERROR),
        Ok(Ok(bytes)) => reply::response(&bytes).ok_or(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The path behind the stage; API Gateway knows no other path of a named stage.
fn inside_stage<'a>(path: &'a str, stage: &str) -> Option<&'a str> {
    if stage == "$default" {
        return Some(path);
    }
    match path.strip_prefix('/')?.strip_prefix(stage)? {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

/// Counted as the line `METHOD path HTTP/1.1` and `name: value` lines (a guess
/// at which bytes AWS counts).
fn header_size(parts: &Parts) -> usize {
    let path = parts.uri.path_and_query().map_or(1, |path| path.as_str().len());
    let line = parts.method.as_str().len() + path + " HTTP/1.1\r\n".len() + 1;
    let headers =
        parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    line + headers.sum::<usize>()
}
