//! A stand for the tests: queues on a frozen clock, and a caller that speaks their protocol.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response};
use bellhop_local::clock::Clock;
use bellhop_local::sqs::{Message, Queues};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// When every test begins.
pub const NOON: i64 = 1_700_000_000_000;

#[derive(Clone)]
pub struct Stand {
    pub clock: Clock,
    pub queues: Queues,
}

/// An answer as it came over the wire.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.into()).unwrap(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The code an SDK shows; empty for a good answer.
    pub fn code(&self) -> &str {
        self.header("x-amzn-query-error").split(';').next().unwrap_or_default()
    }
}

impl Stand {
    pub fn new() -> Self {
        let clock = Clock::frozen(NOON, None).unwrap();
        let queues = Queues::new(clock.clone(), "eu-west-2");
        queues.set_base_url("http://127.0.0.1:9324/");
        Self { clock, queues }
    }

    /// A stand with one queue, `q`.
    pub fn with_queue(attributes: &[(&str, &str)]) -> Self {
        let stand = Self::new();
        stand.create("q", attributes);
        stand
    }

    pub fn create(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        self.queues.create(name, map(attributes)).unwrap()
    }

    /// `q`, which gives up after `receives`, and its dead-letter queue `dead`.
    pub fn with_dead_letters(receives: u32) -> Self {
        let stand = Self::new();
        stand.create("dead", &[]);
        stand.create("q", &[("RedrivePolicy", &redrive("dead", receives))]);
        stand
    }

    pub async fn http(&self, request: Request<Body>) -> Answer {
        Answer::read(self.queues.router().oneshot(request).await.unwrap()).await
    }

    pub async fn call(&self, operation: &str, body: Value) -> Answer {
        self.http(request(operation, body.to_string())).await
    }

    /// A call that must succeed.
    pub async fn ok(&self, operation: &str, body: Value) -> Value {
        let answer = self.call(operation, body).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text);
        answer.json()
    }

    /// A call that must fail; the code SDKs show.
    pub async fn refused(&self, operation: &str, body: Value) -> String {
        let answer = self.call(operation, body).await;
        assert_ne!(answer.status, 200, "{operation} succeeded: {}", answer.text);
        answer.code().to_owned()
    }

    pub async fn send(&self, body: &str) -> Value {
        self.ok("SendMessage", json!({ "QueueUrl": url("q"), "MessageBody": body })).await
    }

    /// Everything that can be received from `q` now.
    pub fn receive(&self) -> Vec<Message> {
        self.queues.receive("q", 10, None)
    }

    pub fn receive_one(&self) -> Message {
        let mut messages = self.receive();
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.remove(0)
    }

    pub fn bodies(&self) -> Vec<String> {
        self.receive().into_iter().map(|message| message.body).collect()
    }

    /// Receives the one message of `q` and lets its visibility timeout pass.
    pub fn fail(&self) {
        self.receive_one();
        self.seconds(30);
    }

    pub fn seconds(&self, seconds: u64) {
        self.milliseconds(seconds * 1000);
    }

    pub fn milliseconds(&self, milliseconds: u64) {
        self.clock.advance(Duration::from_millis(milliseconds)).unwrap();
    }
}

pub fn request(operation: &str, body: String) -> Request<Body> {
    let builder = Request::post("/").header("content-type", "application/x-amz-json-1.0");
    builder.header("x-amz-target", format!("AmazonSQS.{operation}")).body(Body::from(body)).unwrap()
}

pub fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub fn url(name: &str) -> String {
    format!("http://127.0.0.1:9324/000000000000/{name}")
}

pub fn arn(name: &str) -> String {
    format!("arn:aws:sqs:eu-west-2:000000000000:{name}")
}

pub fn redrive(target: &str, receives: u32) -> String {
    json!({ "deadLetterTargetArn": arn(target), "maxReceiveCount": receives }).to_string()
}

/// Lets every spawned task run until it waits.
pub async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

/// What a task that has nothing left to wait for came to; a task that still waits fails the test.
pub async fn done<T>(task: JoinHandle<T>) -> T {
    settle().await;
    assert!(task.is_finished(), "still waiting");
    task.await.unwrap()
}
