//! The environment a function finds: its template's, AWS's own and the stack's.
//!
//! Source: AWS Lambda Developer Guide, "Defined runtime environment variables".

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::template::{FunctionPlan, REGION};

/// What every function of the stack is told beside its template's environment.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Where the table answers.
    pub table_url: String,
    /// Where the queues answer.
    pub queue_url: String,
    /// The clock file, where one is given.
    pub clock_file: Option<PathBuf>,
    /// The secrets file, where one is given.
    pub secrets_file: Option<PathBuf>,
    /// Variables that win over everything else.
    pub overrides: BTreeMap<String, String>,
}

/// Every variable of one function.
#[must_use]
pub fn environment(function: &FunctionPlan, surroundings: &Surroundings) -> BTreeMap<String, String> {
    let mut variables = of_lambda(function);
    variables.extend(function.log_level.clone().map(|level| ("AWS_LAMBDA_LOG_LEVEL".to_owned(), level)));
    variables.extend(function.environment.clone());
    variables.extend(of_the_stack(surroundings));
    variables.extend(surroundings.overrides.clone());
    variables
}

fn of_lambda(function: &FunctionPlan) -> BTreeMap<String, String> {
    let memory = function.memory_mb.to_string();
    let log_group = format!("/aws/lambda/{}", function.function_name);
    owned(&[
        ("AWS_LAMBDA_FUNCTION_NAME", &function.function_name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &memory),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_FORMAT", &function.log_format),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &log_group),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "local/[$LATEST]"),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
        ("AWS_SESSION_TOKEN", "local"),
        ("_HANDLER", "bootstrap"),
        ("LANG", "en_US.UTF-8"),
        ("TZ", ":UTC"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ])
}

fn of_the_stack(surroundings: &Surroundings) -> BTreeMap<String, String> {
    let mut variables = owned(&[
        ("AWS_ENDPOINT_URL_DYNAMODB", &surroundings.table_url),
        ("AWS_ENDPOINT_URL_SQS", &surroundings.queue_url),
    ]);
    let files = [
        ("BELLHOP_CLOCK_FILE", &surroundings.clock_file),
        ("BELLHOP_SECRETS_FILE", &surroundings.secrets_file),
    ];
    for (name, file) in files {
        if let Some(file) = file {
            variables.insert(name.to_owned(), file.to_string_lossy().into_owned());
        }
    }
    variables
}

fn owned(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
