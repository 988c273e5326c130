use bellhop_local::Stack;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use super::calls::{Got, send};
use super::stack::{NAME, START, enqueue, stack};

async fn ask(stack: &Stack, method: &str, path: &str) -> Got {
    send(request(stack, method, path), "").await
}

async fn post(stack: &Stack, path: &str, body: Value) -> Got {
    send(request(stack, "POST", path), body.to_string()).await
}

fn request(stack: &Stack, method: &str, path: &str) -> http::request::Builder {
    let uri = format!("{}/_stack/{path}", stack.control_url());
    Request::builder().method(method).uri(uri).header("content-type", "application/json")
}

#[tokio::test]
async fn health_names_what_is_played() {
    let stack = stack().await;
    let health = ask(&stack, "GET", "health").await.json();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["tables"], json!(["bellhop-Orders"]));
    assert_eq!(health["functions"], json!([NAME]));
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn the_clock_is_moved_by_and_to() {
    let stack = stack().await;
    let moved = post(&stack, "clock", json!({ "advance_ms": 1500 })).await;
    assert_eq!(moved.json()["now_ms"], START + 1500);
    post(&stack, "clock", json!({ "set_ms": START })).await;
    assert_eq!(ask(&stack, "GET", "clock").await.json()["now_ms"], START);
    assert!(post(&stack, "clock", json!({ "sideways_ms": 1 })).await.status.is_client_error());
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn faults_are_ordered_listed_and_taken_away() {
    let stack = stack().await;
    let table = json!({ "service": "table", "operation": "PutItem", "kind": "throttle" });
    assert_eq!(post(&stack, "faults", table).await.status, StatusCode::NO_CONTENT);
    let queue = json!({ "service": "queue", "operation": "SendMessage", "kind": "error_after" });
    assert_eq!(post(&stack, "faults", queue).await.status, StatusCode::NO_CONTENT);
    let unknown = json!({ "service": "table", "kind": "sparks" });
    assert!(post(&stack, "faults", unknown).await.status.is_client_error());
    let faults = ask(&stack, "GET", "faults").await.json();
    assert_eq!(faults["table"][0]["operation"], "PutItem");
    assert_eq!(faults["queue"][0]["kind"], "error_after");
    ask(&stack, "DELETE", "faults").await;
    assert_eq!(ask(&stack, "GET", "faults").await.json(), json!({ "table": [], "queue": [] }));
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn queues_and_calls_can_be_read_once_the_stack_is_at_rest() {
    let stack = stack().await;
    enqueue(&stack, "bad").await;
    assert_eq!(ask(&stack, "POST", "settle").await.status, StatusCode::NO_CONTENT);
    let queue = ask(&stack, "GET", "queues/Work").await.json();
    assert_eq!((&queue["in_flight"], &queue["visible"]), (&json!(1), &json!(0)));
    assert_eq!(queue["messages"][0]["body"], "bad");
    assert_eq!(ask(&stack, "GET", "queues/Nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&stack, "GET", "calls").await.json()["queue"]["SendMessage"], 1);
    ask(&stack, "DELETE", "calls").await;
    assert_eq!(stack.calls().of_queue("SendMessage"), 0);
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn a_schedule_is_fired_and_answered_and_logs_are_read() {
    let stack = stack().await;
    let answer = ask(&stack, "POST", &format!("run-schedule/{NAME}")).await;
    assert_eq!(answer.json()["source"], "aws.events");
    assert_eq!(ask(&stack, "POST", "run-schedule/nobody").await.status, StatusCode::NOT_FOUND);
    stack.logs().line(NAME, "scheduled").await;
    assert_eq!(ask(&stack, "GET", &format!("logs/{NAME}")).await.json(), json!(["scheduled"]));
    assert_eq!(ask(&stack, "GET", "logs/nobody").await.status, StatusCode::NOT_FOUND);
    stack.stop().await.unwrap();
}
