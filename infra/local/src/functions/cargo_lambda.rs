//! Functions under `cargo lambda watch`, through its Invoke API.

use async_trait::async_trait;
use axum::body::Bytes;
use http::{Method, StatusCode};

use super::{Functions, InvokeError};
use crate::client::HttpClient;

/// Calls functions at `{url}/2015-03-31/functions/{name}/invocations`.
///
/// Source: AWS Lambda API Reference, Invoke. cargo-lambda differs: a function's
/// error is HTTP 500 with the error's JSON and without `X-Amz-Function-Error`.
#[derive(Debug, Clone)]
pub struct CargoLambda {
    url: String,
    client: HttpClient,
}

impl CargoLambda {
    /// Functions at the Invoke API of this address, such as `http://127.0.0.1:9000`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), client: HttpClient::default() }
    }
}

#[async_trait]
impl Functions for CargoLambda {
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError> {
        let url = format!("{}/2015-03-31/functions/{name}/invocations", self.url);
        let answer = self.client.call(Method::POST, &url, payload).await;
        let (status, body) = answer.map_err(|error| InvokeError::Unreachable(error.to_string()))?;
        match status {
            status if status.is_success() && is_error(&body) => Err(InvokeError::Failed(body)),
            status if status.is_success() => Ok(body),
            StatusCode::NOT_FOUND => Err(InvokeError::Unknown(name.to_owned())),
            StatusCode::TOO_MANY_REQUESTS => Err(InvokeError::Throttled),
            _ => Err(InvokeError::Failed(body)),
        }
    }
}

/// Only errors of the runtime have both of these members.
fn is_error(body: &[u8]) -> bool {
    let json: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    json["errorType"].is_string() && json["errorMessage"].is_string()
}
