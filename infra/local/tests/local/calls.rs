//! Requests the tests make.

use axum::body::Bytes;
use bellhop_local::client::HttpClient;
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }
}

/// Sends a request with a body.
pub async fn send(request: http::request::Builder, body: impl Into<Bytes>) -> Got {
    let request = request.body(body.into().into()).unwrap();
    let (parts, body) = HttpClient::default().send(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Got { status: parts.status, headers: parts.headers, body }
}

/// Calls an operation of an AWS service that speaks JSON.
pub async fn aws(endpoint: &str, target: &str, body: &Value) -> Got {
    let request = Request::post(endpoint)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", target)
        .header("x-amz-date", "20260101T000000Z")
        .header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-2/dynamodb/aws4_request, \
             SignedHeaders=host;x-amz-date;x-amz-target, Signature=00",
        );
    send(request, body.to_string()).await
}

/// Calls an operation of the table.
pub async fn table(endpoint: &str, operation: &str, body: &Value) -> Got {
    aws(endpoint, &format!("DynamoDB_20120810.{operation}"), body).await
}
