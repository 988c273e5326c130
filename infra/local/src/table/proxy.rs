//! Hands requests on to the engine, headers and bytes as they came.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::frozen::Frozen;
use super::gate::ReadsFrozenIndex;
use crate::client::HttpClient;

#[derive(Clone)]
struct Upstream {
    client: HttpClient,
    engine: String,
    frozen: Frozen,
}

pub(super) fn router(engine: String, frozen: Frozen) -> Router {
    Router::new().fallback(forward).with_state(Upstream { client: HttpClient::default(), engine, frozen })
}

async fn forward(State(upstream): State<Upstream>, request: Request) -> Response {
    let frozen = request.extensions().get::<ReadsFrozenIndex>().and_then(|_| upstream.frozen.url());
    let base = frozen.unwrap_or_else(|| upstream.engine.clone());
    match send(&upstream.client, &base, request).await {
        Ok(answer) => answer,
        Err(reason) => (StatusCode::BAD_GATEWAY, reason).into_response(),
    }
}

async fn send(client: &HttpClient, base: &str, request: Request) -> Result<Response, String> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    parts.uri = format!("{base}{path}").parse().map_err(|error: http::uri::InvalidUri| error.to_string())?;
    let request = Request::from_parts(parts, Body::new(body));
    client.send(request).await.map_err(|error| error.to_string())
}
