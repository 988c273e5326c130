use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use bellhop_local::clock::Clock;
use bellhop_local::functions::{Functions, InvokeError};
use bellhop_local::http_api::HttpApi;
use bellhop_local::server::{Server, listen};
use bellhop_local::template::RoutePlan;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use super::calls::{Got, send};
use super::fake::Fake;
use super::http_events::api;

async fn answer(answer: Result<Value, InvokeError>) -> Got {
    let api = api("$default", Fake::new(move |_, _| answer.clone())).await;
    send(Request::get(format!("{}/orders/7", api.url())), "").await
}

#[tokio::test]
async fn status_headers_cookies_and_body_are_taken_over() {
    let got = answer(Ok(json!({
        "statusCode": 201,
        "headers": { "Content-Type": "text/html", "X-Count": 3 },
        "cookies": ["a=1; Secure", "b=2"],
        "body": "<p>",
    })))
    .await;
    assert_eq!(got.status, StatusCode::CREATED);
    assert_eq!(got.headers["content-type"], "text/html");
    assert_eq!(got.headers["x-count"], "3");
    let cookies: Vec<_> = got.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Secure", "b=2"]);
    assert!(got.headers.contains_key("apigw-requestid"));
    assert_eq!(got.text(), "<p>");
}

#[tokio::test]
async fn base64_bodies_are_decoded() {
    let got = answer(Ok(json!({ "statusCode": 200, "body": "/wA=", "isBase64Encoded": true }))).await;
    assert_eq!(got.body.as_ref(), [0xff, 0x00]);
}

#[tokio::test]
async fn several_values_of_one_header_are_sent_apart() {
    let headers = json!({ "statusCode": 200, "headers": { "x-a": "1" }, "multiValueHeaders": { "X-A": ["9"], "x-b": ["1", "2"] } });
    let got = answer(Ok(headers)).await;
    assert_eq!(got.headers.get_all("x-a").iter().collect::<Vec<_>>(), ["1"]);
    assert_eq!(got.headers.get_all("x-b").iter().collect::<Vec<_>>(), ["1", "2"]);
}

#[tokio::test]
async fn without_a_status_the_answer_is_the_body() {
    let got = answer(Ok(json!({ "hello": 1 }))).await;
    assert_eq!((got.status, got.json()), (StatusCode::OK, json!({ "hello": 1 })));
    assert_eq!(got.headers["content-type"], "application/json");
}

#[tokio::test]
async fn malformed_answers_and_function_errors_are_500() {
    let malformed = [
        json!({ "statusCode": "many" }),
        json!({ "statusCode": 99 }),
        json!({ "statusCode": 200, "body": { "not": "text" } }),
        json!({ "statusCode": 200, "headers": ["a"] }),
        json!({ "statusCode": 200, "headers": { "bad name": "x" } }),
        json!({ "statusCode": 200, "headers": { "x": "line\nbreak" } }),
        json!({ "statusCode": 200, "body": "!", "isBase64Encoded": true }),
        json!({ "statusCode": 200, "cookies": [1] }),
    ];
    let answers = malformed.into_iter().map(Ok).chain([Err(InvokeError::Failed(Bytes::new()))]);
    for given in answers {
        let got = answer(given.clone()).await;
        assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR, "{given:?}");
        assert_eq!(got.json(), json!({ "message": "Internal Server Error" }));
    }
}

#[tokio::test]
async fn a_throttled_function_is_503() {
    let got = answer(Err(InvokeError::Throttled)).await;
    assert_eq!(
        (got.status, got.json()),
        (StatusCode::SERVICE_UNAVAILABLE, json!({ "message": "Service Unavailable" }))
    );
}

/// Never answers.
struct Hanging;

#[async_trait]
impl Functions for Hanging {
    async fn invoke(&self, _: &str, _: Bytes) -> Result<Bytes, InvokeError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_function_that_is_late_is_503() {
    let timeout = Duration::from_millis(1);
    let route = RoutePlan { method: "ANY".into(), path: "/a".into(), function: "f".into(), timeout };
    let clock = Clock::frozen(0, None).unwrap();
    let api = HttpApi::new(vec![route], "$default", Arc::new(Hanging), clock);
    let server = Server::start(listen(0).await.unwrap(), api.router());
    let got = send(Request::get(format!("{}/a", server.url())), "").await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
}
