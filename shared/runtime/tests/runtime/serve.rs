use crate::stage::EVENING;
use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use bellhop_domain::queue::Task;
use bellhop_runtime::clock::Clock;
use bellhop_runtime::http::problem::{Code, Problem, reply};
use bellhop_runtime::http::request::{Call, RequestId};
use bellhop_runtime::http::respond::{Reply, empty, with};
use bellhop_runtime::serve::schedule::run;
use bellhop_runtime::serve::tasks::work_off;
use bellhop_runtime::{Error, answer};
use http::StatusCode;
use lambda_http::{Body, Request, RequestExt};
use lambda_runtime::Context;
use serde_json::{Value, json};

pub fn id(text: &str) -> RequestId {
    RequestId::parse(text).unwrap()
}

/// Epoch milliseconds of a deadline that is an hour away.
pub fn far() -> u64 {
    u64::try_from(Clock::real().now().as_millisecond()).unwrap() + 3_600_000
}

pub fn context(deadline: u64) -> Context {
    let mut context = Context::default();
    context.request_id = "lambda-1".to_owned();
    context.deadline = deadline;
    context
}

/// An event of an HTTP API, payload version 2.0, with `changes`.
pub fn event(changes: &Value) -> Request {
    let mut event = json!({
        "version": "2.0",
        "routeKey": "POST /v1/sessions",
        "rawPath": "/v1/sessions",
        "rawQueryString": "",
        "headers": {},
        "requestContext": {
            "http": {"method": "POST", "path": "/v1/sessions", "protocol": "HTTP/1.1", "sourceIp": "", "userAgent": ""},
            "routeKey": "POST /v1/sessions", "stage": "$default", "time": "", "timeEpoch": EVENING,
            "accountId": "1", "apiId": "a", "domainName": "pay.example", "requestId": "gateway-1",
        },
        "isBase64Encoded": false,
    });
    for (name, value) in changes.as_object().unwrap() {
        event[name] = value.clone();
    }
    event["requestContext"]["routeKey"] = event["routeKey"].clone();
    lambda_http::request::from_str(&event.to_string()).unwrap()
}

fn text(reply: &Reply) -> Value {
    match reply.body() {
        Body::Text(text) => serde_json::from_str(text).unwrap(),
        _ => Value::Null,
    }
}

async fn serve<F>(deadline: u64, handler: impl Fn(Call) -> F) -> Reply
where
    F: Future<Output = Result<Reply, Problem>>,
{
    let request = event(&json!({"headers": {"x-request-id": "mine"}}));
    let request = request.with_lambda_context(context(deadline));
    answer(&Clock::real(), reply, &handler, request).await
}

#[tokio::test]
async fn an_answer_carries_the_request_id_and_the_standard_headers() {
    let reply =
        serve(far(), async |_| Ok(with(empty(StatusCode::NO_CONTENT), "cache-control", "max-age=9"))).await;
    let expected = [
        ("x-request-id", "mine"),
        ("cache-control", "max-age=9"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    for (name, value) in expected {
        assert_eq!(reply.headers()[name], value);
    }
    let plain = serve(far(), async |_| Ok(empty(StatusCode::OK))).await;
    assert_eq!(plain.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_problem_is_rendered_with_the_request_id() {
    let reply = serve(far(), async |_| Err(Problem::new(Code::NotFound).because("inside"))).await;
    assert_eq!(reply.status(), 404);
    assert_eq!(text(&reply)["request_id"], "mine");
}

#[tokio::test]
async fn a_panic_is_answered_as_our_fault_before_and_after_the_first_await() {
    let early = |_: Call| -> std::future::Ready<Result<Reply, Problem>> { panic!("hunter2") };
    let late = async |_: Call| {
        tokio::task::yield_now().await;
        panic!("hunter2")
    };
    for reply in [serve(far(), early).await, serve(far(), late).await] {
        assert_eq!(reply.status(), 500);
        assert_eq!(text(&reply)["code"], "internal");
        assert!(!text(&reply).to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_answered_for() {
    let reply = serve(0, async |_| std::future::pending().await).await;
    assert_eq!(reply.status(), 504);
    assert_eq!(text(&reply)["code"], "deadline");
    assert_eq!(reply.headers()["content-type"], "application/problem+json");
}

fn record(id: &str, body: &str) -> SqsMessage {
    let mut message = SqsMessage::default();
    message.message_id = Some(id.to_owned());
    message.body = Some(body.to_owned());
    message
}

async fn failures<F>(deadline: u64, handler: impl Fn(Task) -> F) -> Vec<String>
where
    F: Future<Output = Result<(), Error>>,
{
    let session = |n: u8| {
        let merchant = bellhop_domain::ids::MerchantId::from_bytes([n; 16]);
        let session = bellhop_domain::ids::SessionId::from_bytes([n; 16]);
        format!(r#"{{"v":1,"type":"look","merchant":"{merchant}","session":"{session}"}}"#)
    };
    let mut batch = SqsEvent::default();
    batch.records = (0..9).map(|n| record(&format!("m{n}"), &session(n))).collect();
    batch.records.push(record("garbage", "{"));
    let handler = |task, _| handler(task);
    let answer = work_off(&Clock::real(), &handler, batch, &context(deadline)).await;
    let failed = answer.batch_item_failures.into_iter();
    failed.map(|failure| failure.item_identifier).collect()
}

fn number(task: &Task) -> u8 {
    match task {
        Task::Look(key) => key.session.to_bytes()[0],
        Task::Notified { .. } => u8::MAX,
    }
}

#[tokio::test]
async fn i8_a_record_that_fails_panics_or_cannot_be_read_is_reported_alone() {
    let failed = failures(far(), async |task| match number(&task) {
        2 => Err("no answer".into()),
        5 => panic!("a poison message"),
        _ => Ok(()),
    });
    assert_eq!(failed.await, ["m2", "m5", "garbage"]);
}

#[tokio::test]
async fn i8_a_record_that_hangs_does_not_hold_up_the_others() {
    let failed = failures(0, async |task| match number(&task) {
        3 => std::future::pending().await,
        _ => Ok(()),
    });
    assert_eq!(failed.await, ["m3", "garbage"]);
}

#[tokio::test]
async fn a_batch_is_worked_on_together() {
    let together = tokio::sync::Barrier::new(9);
    let failed = failures(far(), async |_| {
        together.wait().await;
        Ok(())
    });
    assert_eq!(failed.await, ["garbage"]);
}

#[tokio::test]
async fn a_run_of_the_schedule_fails_loudly_however_it_fails() {
    let clock = Clock::real();
    let fine = run(&clock, &async |_| Ok(()), &context(far())).await;
    assert!(fine.is_ok());
    let error = run(&clock, &async |_| Err("hunter2".into()), &context(far())).await;
    assert!(!error.unwrap_err().to_string().contains("hunter2"));
    let panic = run(&clock, &async |_| panic!("x"), &context(far())).await;
    let late = run(&clock, &async |_| std::future::pending().await, &context(0)).await;
    assert!(panic.is_err() && late.is_err());
}
