//! A function for the tests of the stack: it does what its event says.
#![allow(clippy::print_stdout, clippy::panic, clippy::disallowed_methods, reason = "a test's own function")]

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::var("REFUSE_TO_START").is_ok() {
        println!("refusing to start");
        std::process::exit(7);
    }
    lambda_runtime::run(service_fn(handle)).await
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let (payload, context) = event.into_parts();
    if payload["Records"].is_array() {
        return Ok(batch(&payload));
    }
    if payload["source"] == "aws.events" {
        println!("scheduled");
        return Ok(payload);
    }
    if payload["rawPath"].is_string() {
        return Ok(page(&payload));
    }
    match payload["do"].as_str() {
        Some("exit") => std::process::exit(3),
        Some("hang") => std::future::pending().await,
        Some("panic") => panic!("asked to panic"),
        Some("fail") => Err("asked to fail".into()),
        Some("print") => {
            println!("line {}", payload["line"]);
            Ok(Value::Null)
        }
        Some("environment") => Ok(json!(std::env::vars().collect::<std::collections::BTreeMap<_, _>>())),
        Some("context") => Ok(json!({
            "request_id": context.request_id,
            "deadline": context.deadline,
            "arn": context.invoked_function_arn,
            "trace": context.xray_trace_id,
        })),
        Some("process") => Ok(json!(std::process::id())),
        _ => Ok(payload),
    }
}

/// Reports the records whose body is `bad`.
fn batch(payload: &Value) -> Value {
    let records = payload["Records"].as_array().into_iter().flatten();
    let bad = records.filter(|record| record["body"] == "bad");
    let failures: Vec<Value> = bad.map(|record| json!({ "itemIdentifier": record["messageId"] })).collect();
    json!({ "batchItemFailures": failures })
}

fn page(payload: &Value) -> Value {
    let name = payload["pathParameters"]["name"].as_str().unwrap_or("nobody");
    json!({ "statusCode": 200, "headers": { "content-type": "text/plain" }, "body": format!("hello {name}") })
}
