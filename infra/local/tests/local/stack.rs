//! Everything of one template together, the functions as real processes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::{FunctionsMode, Stack, StackConfig, StackError};
use http::{Request, StatusCode};
use serde_json::json;

use super::calls::{aws, send};
use super::host::examples;

pub const NAME: &str = "runtime_function";
pub const START: i64 = 1_795_176_000_000;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("bellhop-stack-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config() -> StackConfig {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/local/stack.yaml");
    let clock = Clock::frozen(START, None).unwrap();
    StackConfig::new(template, clock, FunctionsMode::Binaries { dir: examples() })
}

pub async fn stack() -> Stack {
    Stack::start(config()).await.unwrap()
}

pub async fn enqueue(stack: &Stack, body: &str) {
    let url = format!("{}/000000000000/bellhop-Work", stack.queue_endpoint());
    let got = aws(
        stack.queue_endpoint(),
        "AmazonSQS.SendMessage",
        &json!({ "QueueUrl": url, "MessageBody": body }),
    )
    .await;
    assert!(got.status.is_success(), "{}", got.text());
}

#[tokio::test]
async fn the_http_api_reaches_the_function_the_template_names() {
    let stack = stack().await;
    let got = send(Request::get(format!("{}/hello/world", stack.api_url())), "").await;
    assert_eq!((got.status, got.text()), (StatusCode::OK, "hello world".into()));
    let got = send(Request::post(format!("{}/hello/world", stack.api_url())), "").await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn a_record_that_fails_three_times_ends_in_the_dead_letter_queue() {
    let stack = stack().await;
    enqueue(&stack, "good").await;
    enqueue(&stack, "bad").await;
    stack.settle().await.unwrap();
    let (work, dead) = ("bellhop-Work", "bellhop-Dead");
    assert_eq!(stack.queues().peek(work).len(), 1);
    for _ in 0..3 {
        stack.advance(Duration::from_secs(60)).await.unwrap();
    }
    assert_eq!(stack.queues().peek(work).len(), 0);
    assert_eq!(stack.queues().peek(dead)[0].body, "bad");
    assert_eq!(stack.queue_name("Dead"), Some(dead));
    assert_eq!(stack.calls().of_queue("SendMessage"), 2);
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn schedules_run_when_the_clock_is_moved_and_only_where_they_are_on() {
    for (schedules, runs) in [(true, 2), (false, 1)] {
        let mut config = config();
        config.schedules = schedules;
        let stack = Stack::start(config).await.unwrap();
        stack.advance(Duration::from_secs(60)).await.unwrap();
        stack.fire_schedule(NAME).await.unwrap();
        // Lines keep their order, so behind this one all are there.
        stack.invoke(NAME, json!({ "do": "print", "line": 0 }).to_string()).await.unwrap();
        stack.logs().line(NAME, "line 0").await;
        let lines = stack.logs().of(NAME);
        assert_eq!(lines.iter().filter(|line| *line == "scheduled").count(), runs);
        assert!(matches!(stack.fire_schedule("nobody").await, Err(StackError::NoSchedule(_))));
        stack.stop().await.unwrap();
    }
}

#[tokio::test]
async fn table_and_queues_survive_a_restart_with_a_data_folder() {
    let folder = Folder::new();
    let kept = || {
        let mut config = config();
        config.data = Some(folder.0.clone());
        config
    };
    let stack = Stack::start(kept()).await.unwrap();
    let item = json!({ "TableName": stack.table_name(), "Item": { "pk": { "S": "a" } } });
    super::calls::table(stack.table_endpoint(), "PutItem", &item).await;
    enqueue(&stack, "bad").await;
    stack.settle().await.unwrap();
    stack.stop().await.unwrap();
    let stack = Stack::start(kept()).await.unwrap();
    let key = json!({ "TableName": stack.table_name(), "Key": { "pk": { "S": "a" } } });
    let got = super::calls::table(stack.table_endpoint(), "GetItem", &key).await;
    assert_eq!(got.json()["Item"]["pk"]["S"], "a");
    assert_eq!(stack.queues().peek("bellhop-Work")[0].body, "bad");
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn a_stack_that_does_not_come_to_rest_says_so() {
    let mut config = config();
    config.settle_bound = Duration::from_millis(50);
    let stack = Stack::start(config).await.unwrap();
    tokio::select! {
        biased;
        hung = stack.invoke(NAME, "{\"do\":\"hang\"}") => panic!("{hung:?}"),
        settled = stack.settle() => {
            let said = settled.unwrap_err().to_string();
            assert!(said.contains("1 running"), "{said}");
        }
    }
    stack.stop().await.unwrap();
}

#[tokio::test]
async fn a_taken_port_and_a_missing_template_are_said() {
    let stack = stack().await;
    let mut taken = config();
    taken.ports.api = stack.api_url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(matches!(Stack::start(taken).await, Err(StackError::Listen { .. })));
    let mut missing = config();
    missing.template = "nowhere.yaml".into();
    assert!(matches!(Stack::start(missing).await, Err(StackError::Template(_))));
    stack.stop().await.unwrap();
}
