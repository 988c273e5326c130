//! Waiting until children and functions answer.

use std::time::Duration;

use bellhop_local::client::HttpClient;
use bellhop_local::functions::InvokeError;
use bellhop_local::http_api::probe;
use bellhop_local::schedules::payload;
use bellhop_local::{Stack, StackError};
use http::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use super::child::{Child, Plan, Ready};
use super::{done, step};

/// How often a child that starts is asked.
const EVERY: Duration = Duration::from_millis(100);
/// The longest start of a child.
const BOUND: Duration = Duration::from_secs(60);
/// The longest first answer of a function: cargo-lambda may have to build it.
const BUILD_BOUND: Duration = Duration::from_secs(900);

/// Waits until the child's addresses answer anything, or the child ends.
pub(super) async fn answers(child: &mut Child, plan: &Plan) -> Result<(), StackError> {
    tokio::select! {
        error = child.ended() => Err(error),
        answered = timeout(BOUND, ask(&plan.ready)) => answered.map_err(|_| {
            StackError::Process(format!("{} does not answer at {}", plan.name, plan.ready))
        }),
    }
}

async fn ask(ready: &Ready) {
    let client = HttpClient::default();
    let mut ticks = interval(EVERY);
    loop {
        ticks.tick().await;
        let is_there = match ready {
            Ready::Answers(urls) => all_answer(&client, urls).await,
            Ready::Listens(port) => TcpStream::connect(("127.0.0.1", *port)).await.is_ok(),
            Ready::Ends => true,
        };
        if is_there {
            return;
        }
    }
}

async fn all_answer(client: &HttpClient, urls: &[String]) -> bool {
    for url in urls {
        if client.call(Method::GET, url, "").await.is_err() {
            return false;
        }
    }
    true
}

/// Calls every function once, with an event that does nothing.
pub(super) async fn functions(stack: &Stack) -> Result<(), StackError> {
    for function in &stack.plan().functions {
        step(&format!("function {}", function.name));
        let first = first_answer(stack, &function.name);
        let answer = timeout(BUILD_BOUND, first).await;
        let answer = answer.map_err(|_| StackError::Process(format!("{} does not answer", function.name)))?;
        done(&answer?);
    }
    Ok(())
}

/// An error of the function's own is an answer too: it runs.
async fn first_answer(stack: &Stack, name: &str) -> Result<String, StackError> {
    match stack.invoke(name, harmless(stack, name).to_string()).await {
        Ok(_) => Ok("answers".to_owned()),
        Err(InvokeError::Failed(error)) => Ok(format!("answers: {}", String::from_utf8_lossy(&error))),
        Err(source) => Err(StackError::Function { name: name.to_owned(), source }),
    }
}

/// A request without a key or a known token, the schedule's own event, or an
/// empty batch.
fn harmless(stack: &Stack, name: &str) -> Value {
    let (plan, now) = (stack.plan(), stack.clock().now_ms());
    if let Some(route) = plan.routes.iter().find(|route| route.function == name) {
        return probe(route, now);
    }
    let schedule = plan.schedules.iter().find(|schedule| schedule.function == name);
    schedule.map_or_else(|| json!({ "Records": [] }), |schedule| payload(schedule, now))
}
