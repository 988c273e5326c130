//! Why a command stops, and the exit code that scripts rely on.

use bellhop_domain::ids::NoRandomness;
use bellhop_domain::store::StoreError;
use bellhop_runtime::secrets::SecretError;
use bellhop_runtime::service::ServiceKeyError;
use serde_json::{Value, json};
use std::error::Error;

/// What `--help` says of exit codes.
pub const EXIT_CODES: &str = "Exit codes:
  0  done
  1  not found: no such merchant, key, session or secret
  2  wrong usage or bad input; every problem is named
  3  conflict: it exists already, or a limit is reached
  4  the table or the secret store cannot be used now; try again";

/// A command that was not done.
#[derive(Debug)]
pub enum Failure {
    /// There is no such thing.
    NotFound(String),
    /// The input is wrong: every problem of it.
    BadInput(Vec<String>),
    /// It is there already, or there are enough of it.
    Conflict(String),
    /// What we need does not answer, or cannot be read.
    Unavailable(String),
}

impl Failure {
    /// The process's exit code.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound(_) => 1,
            Self::BadInput(_) => 2,
            Self::Conflict(_) => 3,
            Self::Unavailable(_) => 4,
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::BadInput(_) => "bad_input",
            Self::Conflict(_) => "conflict",
            Self::Unavailable(_) => "unavailable",
        }
    }

    fn problems(&self) -> Vec<&str> {
        match self {
            Self::BadInput(all) => all.iter().map(String::as_str).collect(),
            Self::NotFound(one) | Self::Conflict(one) | Self::Unavailable(one) => vec![one],
        }
    }

    /// One line for each problem.
    pub fn text(&self) -> String {
        let lines = self.problems().into_iter();
        lines.map(|line| format!("bellhop: {line}\n")).collect()
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        json!({ "error": {
            "code": self.word(),
            "exit_code": self.exit_code(),
            "problems": self.problems(),
        }})
    }

    /// No merchant of that id.
    pub fn no_merchant(id: impl std::fmt::Display) -> Self {
        Self::NotFound(format!("there is no merchant {id}"))
    }

    /// Something that does not answer, with its causes: the first error alone rarely says why.
    pub fn unavailable(error: &dyn Error) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            let words = inner.to_string();
            if !text.ends_with(&words) {
                text = format!("{text}: {words}");
            }
            cause = inner.source();
        }
        Self::Unavailable(text)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::unavailable(&error)
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::unavailable(&error)
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Missing(_) => Self::NotFound(error.to_string()),
            SecretError::NotText(_) | SecretError::Unavailable(_) => Self::unavailable(&error),
        }
    }
}

impl From<ServiceKeyError> for Failure {
    fn from(error: ServiceKeyError) -> Self {
        match error {
            ServiceKeyError::Secret(secret) => secret.into(),
            ServiceKeyError::Unreadable => Self::unavailable(&error),
        }
    }
}
