//! A small HTTP client for this machine: no TLS, no redirects, no retries.

use axum::body::{Body, Bytes};
use http::{Method, Request, Response, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// No answer came: the words of the connection's error.
#[derive(Debug, thiserror::Error)]
#[error("no answer from {url}: {reason}")]
pub struct NoAnswer {
    /// Where the request went.
    pub url: String,
    /// What the connection said.
    pub reason: String,
}

/// The client; clones share its connections.
#[derive(Debug, Clone)]
pub struct HttpClient {
    inner: Client<HttpConnector, Body>,
}

impl Default for HttpClient {
    fn default() -> Self {
        Self { inner: Client::builder(TokioExecutor::new()).build_http() }
    }
}

impl HttpClient {
    /// Sends a request whose URI is absolute.
    ///
    /// # Errors
    /// Nobody listens there, or the connection broke.
    pub async fn send(&self, request: Request<Body>) -> Result<Response<Body>, NoAnswer> {
        let url = request.uri().to_string();
        let answer = self.inner.request(request).await;
        answer.map(|answer| answer.map(Body::new)).map_err(|error| NoAnswer { url, reason: words(&error) })
    }

    /// Sends a body and reads the whole answer.
    ///
    /// # Errors
    /// As [`HttpClient::send`].
    pub async fn call(
        &self,
        method: Method,
        url: &str,
        body: impl Into<Body>,
    ) -> Result<(StatusCode, Bytes), NoAnswer> {
        let broken = |reason: String| NoAnswer { url: url.to_owned(), reason };
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header("content-type", "application/json")
            .body(body.into())
            .map_err(|error| broken(error.to_string()))?;
        let answer = self.send(request).await?;
        let status = answer.status();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        bytes.map(|bytes| (status, bytes)).map_err(|error| broken(error.to_string()))
    }
}

/// The error and its causes: the first alone rarely says why.
fn words(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
