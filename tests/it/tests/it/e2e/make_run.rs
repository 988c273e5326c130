//! What `make run` starts, with the functions under cargo-lambda and without.

mod browsing;

use super::world::{binaries, client, root, scratch_dir};
use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The first of the ports of a test's run; the next ten go with it.
const PORT: u16 = 4700;
/// Likewise, of the test with an older folder.
const OLDER: u16 = 4720;

fn start(data: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    start_at(PORT, data, &["--functions", "cargo-lambda"])
}

fn start_at(port: u16, data: &Path, flags: &[&str]) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut run = Command::new(binaries("debug").join("bellhop-local"));
    run.args(["--port", &port.to_string()]).args(flags).arg("--data").arg(data);
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
    create_at(PORT, (http, key), reference, json!({"amount": {"value": 14_500, "currency": "GBP"}})).await
}

async fn create_at(
    port: u16,
    (http, key): (&Client, &str),
    reference: &str,
    mut body: Value,
) -> (u16, Value) {
    (body["reference"], body["description"]) = (json!(reference), json!("Two nights"));
    body["return_url"] = json!(format!("http://127.0.0.1:{}/stay/{reference}", port + 5));
    let call = http.post(format!("http://127.0.0.1:{port}/v1/sessions")).bearer_auth(key);
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
    let ledgers = [("GOV.UK Pay", 4), ("Front Payment", 7), ("Powens Pay", 8), ("Mews", 9), ("Bank 131", 10)];
    let ledgers = ledgers.map(|(title, at)| format!("{title:<13}  http://127.0.0.1:{}/_ledger", PORT + at));
    for printed in ledgers.iter().map(String::as_str).chain(["booking site", "KEY=bh_test_"]) {
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

/// What the command line prints, told of a run's table and secrets.
async fn bellhop(data: &Path, arguments: &[&str]) -> String {
    let mut line = Command::new(binaries("debug").join("bellhop"));
    line.args(arguments).env("BELLHOP_TABLE", "bellhop-Table").env("BELLHOP_SECRETS_PREFIX", "bellhop/test/");
    line.env("BELLHOP_SECRETS_FILE", data.join("secrets.json"));
    line.env("AWS_ENDPOINT_URL_DYNAMODB", format!("http://127.0.0.1:{}", OLDER + 2));
    let output = line.output().await.expect("the command line runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A folder as a run left it that knew GOV.UK Pay alone; the merchant, and the demo's key.
async fn older_folder(data: &Path, functions: &str) -> (String, String) {
    let (run, mut lines) = start_at(OLDER, data, &["--functions", functions, "--demo=false"]);
    ready(&mut lines).await;
    let secret = data.join("demo-provider-secret");
    std::fs::write(&secret, r#"{"api_key":"api_test_harbour","webhook_secrets":["webhook_test_harbour"]}"#)
        .expect("the secret");
    bellhop(data, &["service", "init"]).await;
    let origin = format!("http://127.0.0.1:{}", OLDER + 5);
    let merchant = ["--json", "merchant", "add", "--name", "Harbour House", "--origin", &origin];
    let base = format!("base_url=http://127.0.0.1:{}", OLDER + 4);
    let account = ["--account", "govuk_pay/harbour:test", "--setting", &base, "--secret", "govuk-pay"];
    let secret = ["--secret-value-file", secret.to_str().expect("a path")];
    let made = bellhop(data, &[&merchant[..], &account, &secret].concat()).await;
    let made: Value = serde_json::from_str(&made).expect("JSON");
    let merchant = made["id"].as_str().expect("an id").to_owned();
    let key = bellhop(data, &["key", "create", &merchant, "--mode", "test"]).await;
    std::fs::write(data.join("demo-key"), key.trim()).expect("the key");
    std::fs::write(data.join("demo-signing-secret"), "bhsig_00").expect("the signing secret");
    stop(run).await;
    (merchant, key.trim().to_owned())
}

/// What Powens needs to open a payment.
fn transfer() -> Value {
    let company = json!({"kind": "corporate", "org_name": "Harbour House", "org_legal_status": "SARL",
        "scheme_name": "siren", "identification": "012345678"});
    let iban = json!({"scheme_name": "iban", "identification": "FR1420041010050500013M02606", "label": "Us"});
    json!({"provider": "powens", "amount": {"value": 16_900, "currency": "EUR"},
        "options": {"powens": {"execution_date_type": "instant", "beneficiary": iban,
            "beneficiary_identity": company,
            "payer_identity": {"kind": "individual", "first_name": "Ada", "last_name": "Payer"}}}})
}

/// What Mews needs to book one of the demo's rooms.
fn hotel_booking() -> Value {
    let guest = json!({"first_name": "Ada", "last_name": "Payer", "email": "ada@example.test"});
    let room = json!({"room_category_id": "4037c0ec-a59d-43f1-9d97-d6c984764e8c",
        "rate_id": "c1d48c54-9382-4ceb-a820-772bf370573d", "adult_count": 2, "child_count": 0,
        "start_utc": "2100-01-01T14:00:00Z", "end_utc": "2100-01-03T10:00:00Z"});
    json!({"provider": "mews", "amount": {"value": 16_900, "currency": "EUR"},
        "options": {"mews": {"customer": guest, "reservations": [room]}}})
}

/// A hold at Bank 131.
fn hold() -> Value {
    json!({"provider": "bank131", "amount": {"value": 1_590_000, "currency": "RUB"}, "capture": "manual"})
}

#[tokio::test]
async fn an_older_folder_gets_the_accounts_it_lacks_and_nobody_has_to_read_what_is_said() {
    let (data, http) = (scratch_dir(), client());
    let functions = format!("binaries:{}", binaries("debug").display());
    let (merchant, key) = older_folder(&data, &functions).await;
    let (run, mut lines) = start_at(OLDER, &data, &["--functions", &functions]);
    ready(&mut lines).await;
    // Every function writes lines, which nobody takes from here on.
    drop(lines);
    let wishes = [transfer(), transfer(), hotel_booking(), hold()];
    for (reference, body) in ["RES-1", "RES-2", "RES-3", "RES-4"].into_iter().zip(wishes) {
        let (status, session) = create_at(OLDER, (&http, &key), reference, body).await;
        assert_eq!(status, 201, "{session}");
    }
    let shown = bellhop(&data, &["merchant", "show", &merchant]).await;
    for provider in ["govuk_pay", "frontgo", "powens", "mews", "bank131"] {
        assert!(shown.contains(&format!("{provider}/harbour")), "{provider}: {shown}");
    }
    stop(run).await;
    let _ = std::fs::remove_dir_all(data);
}
