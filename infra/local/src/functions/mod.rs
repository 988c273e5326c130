//! Running functions: behind the stack's own Runtime API, or through cargo-lambda.

mod activity;
mod cargo_lambda;
mod environment;
pub mod host;
mod logs;

use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;

pub use activity::{Activity, Counted, Running};
pub use cargo_lambda::CargoLambda;
pub use environment::{Surroundings, environment};
pub use host::Host;
pub use logs::Logs;

/// Calls functions by the name of their binary.
#[async_trait]
pub trait Functions: Send + Sync + 'static {
    /// Calls the function with a JSON payload and waits for its JSON answer.
    ///
    /// # Errors
    /// The function failed, or could not be called; see [`InvokeError`].
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError>;

    /// Ends every process this has started, and with it what still runs.
    async fn stop(&self) {}
}

/// Why an invocation gave no answer.
///
/// Source: AWS Lambda API Reference, Invoke ("Errors" and `X-Amz-Function-Error`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// There is no function of this name.
    #[error("there is no function {0}")]
    Unknown(String),
    /// Its reserved concurrency is used up (HTTP 429 on AWS).
    #[error("too many invocations at once")]
    Throttled,
    /// The event is larger than the 6 MB Lambda takes (HTTP 413 on AWS).
    #[error("the event of {0} bytes is too large")]
    TooLarge(usize),
    /// The process could not be started.
    #[error("cannot start: {0}")]
    Start(String),
    /// The process ended before it answered; what it said at its start, if anything.
    #[error("the process ended without an answer: {0}")]
    Crashed(String),
    /// No answer within the function's time limit; the process was killed.
    #[error("timed out after {} ms", .0.as_millis())]
    TimedOut(Duration),
    /// The function itself answered with an error: its JSON.
    #[error("failed: {}", String::from_utf8_lossy(.0))]
    Failed(Bytes),
    /// cargo-lambda did not answer.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
}
