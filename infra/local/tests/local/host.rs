//! The stack's own Runtime API, against a real binary that speaks it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use bellhop_local::clock::Clock;
use bellhop_local::functions::host::{Host, Launch};
use bellhop_local::functions::{Functions, InvokeError, Logs, Surroundings, environment};
use bellhop_local::template::FunctionPlan;
use serde_json::{Value, json};

const NAME: &str = "runtime_function";

/// Where Cargo puts the examples of this test's build.
pub fn examples() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().unwrap().parent().unwrap().join("examples")
}

fn plan(timeout: Duration) -> FunctionPlan {
    FunctionPlan {
        logical_id: "Function".into(),
        name: NAME.into(),
        function_name: "shop-Function".into(),
        environment: BTreeMap::from([("OWN".to_owned(), "yes".to_owned())]),
        timeout,
        memory_mb: 256,
        reserved_concurrency: None,
        log_format: "JSON".into(),
        log_level: None,
    }
}

fn host_of(plan: FunctionPlan, overrides: &[(&str, &str)]) -> (Host, Logs) {
    let surroundings = Surroundings {
        table_url: "http://127.0.0.1:1".into(),
        queue_url: "http://127.0.0.1:2".into(),
        clock_file: Some("/tmp/clock".into()),
        secrets_file: None,
        overrides: overrides.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
    };
    let environment = environment(&plan, &surroundings);
    let logs = Logs::default();
    let launch = Launch { binary: examples().join(NAME), plan, environment };
    (Host::new(vec![launch], logs.clone()), logs)
}

fn host() -> Host {
    host_of(plan(Duration::from_secs(20)), &[]).0
}

async fn ask(host: &Host, event: Value) -> Result<Value, InvokeError> {
    let answer = host.invoke(NAME, event.to_string().into()).await?;
    Ok(serde_json::from_slice(&answer).unwrap())
}

#[tokio::test]
async fn an_event_is_answered_and_the_process_is_used_again() {
    let host = host();
    assert_eq!(ask(&host, json!({ "a": 1 })).await.unwrap(), json!({ "a": 1 }));
    let first = ask(&host, json!({ "do": "process" })).await.unwrap();
    let second = ask(&host, json!({ "do": "process" })).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(host.idle(NAME), 1);
    host.stop().await;
    assert_eq!(host.idle(NAME), 0);
}

#[tokio::test]
async fn the_context_has_a_deadline_in_real_time() {
    let host = host();
    let before = Clock::real(None).unwrap().now_ms();
    let context = ask(&host, json!({ "do": "context" })).await.unwrap();
    let after = Clock::real(None).unwrap().now_ms();
    let deadline = context["deadline"].as_i64().unwrap();
    assert!((before + 20_000..=after + 20_000).contains(&deadline), "{deadline}");
    assert_eq!(context["arn"], "arn:aws:lambda:eu-west-2:000000000000:function:shop-Function");
    assert!(context["trace"].as_str().unwrap().starts_with("Root=1-"));
    assert_eq!(context["request_id"].as_str().unwrap().len(), 36);
}

#[tokio::test]
async fn the_environment_is_lambdas_the_templates_and_the_stacks_and_nothing_else() {
    let (host, _) = host_of(plan(Duration::from_secs(20)), &[("EXTRA", "1")]);
    let variables = ask(&host, json!({ "do": "environment" })).await.unwrap();
    let expected = [
        ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
        ("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:2"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_FUNCTION_NAME", "shop-Function"),
        ("AWS_REGION", "eu-west-2"),
        ("BELLHOP_CLOCK_FILE", "/tmp/clock"),
        ("EXTRA", "1"),
        ("OWN", "yes"),
    ];
    for (name, value) in expected {
        assert_eq!(variables[name], value, "{name}");
    }
    assert!(variables.get("HOME").is_none() && variables.get("BELLHOP_SECRETS_FILE").is_none());
}

#[tokio::test]
async fn an_error_and_a_panic_are_answers_and_the_process_lives_on() {
    let host = host();
    let first = ask(&host, json!({ "do": "process" })).await.unwrap();
    for event in [json!({ "do": "fail" }), json!({ "do": "panic" })] {
        let Err(InvokeError::Failed(error)) = ask(&host, event).await else { panic!("it should fail") };
        assert!(String::from_utf8_lossy(&error).contains("asked to"));
    }
    assert_eq!(ask(&host, json!({ "do": "process" })).await.unwrap(), first);
}

#[tokio::test]
async fn a_crash_is_an_error_and_the_next_call_starts_a_new_process() {
    let host = host();
    let first = ask(&host, json!({ "do": "process" })).await.unwrap();
    let Err(InvokeError::Crashed(status)) = ask(&host, json!({ "do": "exit" })).await else {
        panic!("it should crash")
    };
    assert!(status.contains('3'), "{status}");
    assert_eq!(host.idle(NAME), 0);
    assert_ne!(ask(&host, json!({ "do": "process" })).await.unwrap(), first);
}

#[tokio::test]
async fn a_time_out_kills_the_process() {
    let (host, _) = host_of(plan(Duration::from_millis(200)), &[]);
    let hung = ask(&host, json!({ "do": "hang" })).await;
    assert_eq!(hung, Err(InvokeError::TimedOut(Duration::from_millis(200))));
    assert_eq!(host.idle(NAME), 0);
}

#[tokio::test]
async fn a_second_call_at_once_gets_a_process_of_its_own() {
    let (host, logs) = host_of(plan(Duration::from_secs(20)), &[]);
    tokio::select! {
        hung = ask(&host, json!({ "do": "hang" })) => panic!("{hung:?}"),
        answered = async {
            ask(&host, json!({ "do": "print", "line": 1 })).await.unwrap();
            logs.line(NAME, "line 1").await
        } => assert_eq!(answered, "line 1"),
    }
}

#[tokio::test]
async fn over_its_reserved_concurrency_a_function_is_throttled() {
    let mut reserved = plan(Duration::from_secs(20));
    reserved.reserved_concurrency = Some(1);
    let (host, _) = host_of(reserved, &[]);
    ask(&host, json!({})).await.unwrap();
    tokio::select! {
        biased;
        hung = ask(&host, json!({ "do": "hang" })) => panic!("{hung:?}"),
        second = ask(&host, json!({})) => assert_eq!(second, Err(InvokeError::Throttled)),
    }
}

#[tokio::test]
async fn stopping_ends_what_still_runs() {
    let (host, logs) = host_of(plan(Duration::from_secs(20)), &[]);
    let print = async {
        ask(&host, json!({ "do": "print", "line": 1 })).await.unwrap();
        logs.line(NAME, "line 1").await;
        host.stop().await;
    };
    let (hung, ()) = tokio::join!(ask(&host, json!({ "do": "hang" })), print);
    assert_eq!(hung, Err(InvokeError::Crashed("the stack stops".into())));
}

#[tokio::test]
async fn a_process_that_does_not_start_says_how_it_ended() {
    let (host, logs) = host_of(plan(Duration::from_secs(20)), &[("REFUSE_TO_START", "1")]);
    let Err(InvokeError::Crashed(status)) = ask(&host, json!({})).await else { panic!("it should crash") };
    assert!(status.contains('7'), "{status}");
    assert_eq!(logs.line(NAME, "refusing").await, "refusing to start");
}

#[tokio::test]
async fn unknown_functions_missing_binaries_and_large_events_are_errors_of_their_own() {
    let host = host();
    let unknown = host.invoke("nobody", "{}".into()).await;
    assert_eq!(unknown, Err(InvokeError::Unknown("nobody".into())));
    let large = host.invoke(NAME, vec![b' '; 6 * 1024 * 1024 + 1].into()).await;
    assert_eq!(large, Err(InvokeError::TooLarge(6 * 1024 * 1024 + 1)));
    let launch = Launch {
        binary: "/nowhere/binary".into(),
        plan: plan(Duration::from_secs(1)),
        environment: BTreeMap::new(),
    };
    let missing = Host::new(vec![launch], Logs::default());
    assert!(matches!(ask(&missing, json!({})).await, Err(InvokeError::Start(_))));
}
