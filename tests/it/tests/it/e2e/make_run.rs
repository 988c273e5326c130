//! What `make run` starts, with the functions under cargo-lambda: one smoke test.

use super::world::{binaries, client, root, scratch_dir};
use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The first of the ports of this test's run; the next six go with it.
const PORT: u16 = 4700;

fn start(data: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut run = Command::new(binaries("debug").join("bellhop-local"));
    run.args(["--functions", "cargo-lambda", "--port", &PORT.to_string(), "--data"]).arg(data);
    let mut run =
        run.current_dir(root()).stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the stack starts");
    let lines = BufReader::new(run.stdout.take().expect("its output")).lines();
    (run, lines)
}

/// Reads what is printed until everything answers.
async fn ready(lines: &mut Lines<BufReader<ChildStdout>>) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(line) = lines.next_line().await.expect("its output") {
        said.push(line);
        if said.last().is_some_and(|line| line.contains("Ctrl-C stops everything")) {
            return said;
        }
    }
    panic!("it ended before it was ready (is cargo-lambda on PATH? make test puts it there): {said:#?}");
}

/// Ctrl-C, and the end of everything.
async fn stop(mut run: Child) {
    let id = run.id().expect("it runs").to_string();
    let told = Command::new("kill").args(["-INT", &id]).status().await.expect("kill runs");
    assert!(told.success() && run.wait().await.expect("it ends").success());
}

async fn create(http: &Client, key: &str, reference: &str) -> (u16, Value) {
    let body = json!({"amount": {"value": 14_500, "currency": "GBP"}, "reference": reference,
        "description": "Two nights", "return_url": format!("http://127.0.0.1:{}/stay/{reference}", PORT + 5)});
    let call = http.post(format!("http://127.0.0.1:{PORT}/v1/sessions")).bearer_auth(key);
    let answer = call.header("idempotency-key", reference).json(&body).send().await.expect("the API answers");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

/// The payments that the provider knows, as its own book shows them.
async fn provider_payments(http: &Client) -> Vec<Value> {
    let ledger = http.get(format!("http://127.0.0.1:{}/_ledger", PORT + 4)).send().await;
    let ledger: Value = ledger.expect("the provider answers").json().await.expect("JSON");
    ledger["payments"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn the_service_runs_under_cargo_lambda_and_its_data_survives_a_restart() {
    let (data, http) = (scratch_dir(), client());
    let (run, mut lines) = start(&data);
    let said = ready(&mut lines).await.join("\n");
    let key = std::fs::read_to_string(data.join("demo-key")).expect("the demo's key");
    for printed in ["booking site", "ready", &format!("KEY={}", key.trim())] {
        assert!(said.contains(printed), "{printed}: {said}");
    }
    let (status, session) = create(&http, key.trim(), "RES-1").await;
    assert_eq!(status, 201, "{session}");
    let payments = provider_payments(&http).await;
    assert_eq!(payments.len(), 1, "{payments:?}");
    stop(run).await;
    let (run, mut lines) = start(&data);
    ready(&mut lines).await;
    let (status, again) = create(&http, key.trim(), "RES-1").await;
    assert_eq!((status, again), (201, session), "the key, the session and its answer are still there");
    let known = provider_payments(&http).await;
    let ids = |list: &[Value]| list.iter().map(|payment| payment["payment_id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&known), ids(&payments), "the provider still knows the payment, and no other");
    stop(run).await;
    let _ = std::fs::remove_dir_all(data);
}
