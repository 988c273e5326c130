use bellhop_runtime::config::{Config, ConfigError};
use std::collections::HashMap;
use tracing::level_filters::LevelFilter;

const LAMBDA: [(&str, &str); 8] = [
    ("BELLHOP_TABLE", "bellhop-Table-1"),
    ("BELLHOP_REFRESH_QUEUE_URL", "https://sqs.eu-west-2.amazonaws.com/1/refresh"),
    ("BELLHOP_PUBLIC_URL", "https://pay.bellhop.example"),
    ("BELLHOP_SECRETS_PREFIX", "bellhop/test/"),
    ("AWS_REGION", "eu-west-2"),
    ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
    ("AWS_SECRET_ACCESS_KEY", "very-secret"),
    ("AWS_SESSION_TOKEN", "token"),
];

const LOCAL: [(&str, &str); 2] = [
    ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"),
    ("AWS_ENDPOINT_URL_SQS", "http://localhost:9324"),
];

fn read(changes: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let mut all: HashMap<&str, &str> = LAMBDA.into();
    all.extend(changes.iter().copied());
    Config::read(&|name| all.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn what_lambda_sets_is_enough() {
    let config = read(&[]).unwrap();
    assert_eq!(config.table, "bellhop-Table-1");
    assert_eq!(config.secrets_prefix, "bellhop/test/");
    assert_eq!(config.log, LevelFilter::INFO);
    assert!(!config.is_local());
}

#[test]
fn an_error_names_each_variable_that_is_missing() {
    let needed = &LAMBDA[..7];
    for (name, _) in needed {
        assert_eq!(read(&[(name, "")]).unwrap_err(), ConfigError::Missing(name));
    }
}

#[test]
fn an_error_names_the_variable_and_never_its_value() {
    let wrong = [
        ("BELLHOP_PUBLIC_URL", "hunter2"),
        ("BELLHOP_PUBLIC_URL", "http://hunter2.example"),
        ("BELLHOP_PUBLIC_URL", "https://a.example?hunter2"),
        ("BELLHOP_LOG", "hunter2"),
        ("AWS_ENDPOINT_URL_SQS", "hunter2"),
        ("AWS_ENDPOINT_URL_DYNAMODB", "http://hunter2.example:8000"),
        ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1.hunter2.example"),
        ("BELLHOP_CLOCK_FILE", "/hunter2"),
        ("BELLHOP_SECRETS_FILE", "/hunter2"),
    ];
    for (name, value) in wrong {
        let text = read(&[(name, value)]).unwrap_err().to_string();
        assert!(text.contains(name), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn a_stack_is_local_only_when_both_endpoints_are_on_this_machine() {
    assert!(read(&LOCAL).unwrap().is_local());
    for only in LOCAL {
        assert!(!read(&[only]).unwrap().is_local());
    }
    let remote = [LOCAL[0], ("AWS_ENDPOINT_URL_SQS", "https://sqs.example")];
    assert!(!read(&remote).unwrap().is_local());
}

#[test]
fn the_local_tools_are_taken_on_the_local_stack_alone() {
    let tools = [("BELLHOP_CLOCK_FILE", "/c"), ("BELLHOP_SECRETS_FILE", "/s")];
    assert!(read(&tools).is_err());
    let config = read(&[LOCAL[0], LOCAL[1], tools[0], tools[1]]).unwrap();
    assert!(config.clock_file.is_some() && config.secrets_file.is_some());
}

#[test]
fn i11_debug_output_of_the_configuration_holds_no_credential() {
    let shown = format!("{:?}", read(&[]).unwrap());
    for secret in ["very-secret", "AKIDTEST", "token\""] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
