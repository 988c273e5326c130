//! Child processes, each in a process group of its own.
//!
//! Ctrl-C on a terminal reaches every process of the foreground group; children
//! are to stop in order instead, and cargo-lambda's own children with it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use bellhop_local::StackError;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::Command;

use super::say;

/// What shows that a process runs.
pub(super) enum Ready {
    /// These addresses answer something.
    Answers(Vec<String>),
    /// This port takes connections: for what complains of requests it does not know.
    Listens(u16),
    /// It runs to its end.
    Ends,
}

impl fmt::Display for Ready {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers(urls) => formatter.write_str(&urls.join(" ")),
            Self::Listens(port) => write!(formatter, "http://127.0.0.1:{port}"),
            Self::Ends => formatter.write_str("done"),
        }
    }
}

/// A process to start.
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    /// Added to what this process has.
    pub(super) environment: BTreeMap<String, String>,
    /// What shows that it runs.
    pub(super) ready: Ready,
}

impl Plan {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).envs(&self.environment).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    fn error(&self, reason: impl fmt::Display) -> StackError {
        StackError::Process(format!("{} ({}): {reason}", self.name, self.program.display()))
    }
}

/// A running process; its lines are printed behind its name.
pub(super) struct Child {
    name: &'static str,
    inner: tokio::process::Child,
}

impl Child {
    pub(super) fn start(plan: &Plan) -> Result<Self, StackError> {
        let mut command = plan.command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut inner = command.spawn().map_err(|error| plan.error(error))?;
        if let Some(output) = inner.stdout.take() {
            tokio::spawn(print(plan.name, output));
        }
        if let Some(output) = inner.stderr.take() {
            tokio::spawn(print(plan.name, output));
        }
        Ok(Self { name: plan.name, inner })
    }

    /// Waits for its end, which is an error.
    pub(super) async fn ended(&mut self) -> StackError {
        let status = self.inner.wait().await;
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        StackError::Process(format!("{} has ended: {status}", self.name))
    }

    /// Asks the whole group to end, and kills it when it does not.
    pub(super) async fn stop(mut self, patience: Duration) {
        self.signal(Signal::SIGINT);
        if tokio::time::timeout(patience, self.inner.wait()).await.is_err() {
            self.signal(Signal::SIGKILL);
            let _ = self.inner.wait().await;
        }
    }

    fn signal(&self, signal: Signal) {
        if let Some(id) = self.inner.id().and_then(|id| i32::try_from(id).ok()) {
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }
}

/// Runs a process to its end and gives what it printed.
pub(super) async fn output(plan: &Plan) -> Result<String, StackError> {
    let output = plan.command().output().await.map_err(|error| plan.error(error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(plan.error(format!("{}: {}", output.status, said.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

async fn print(name: &str, output: impl AsyncRead + Unpin) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        say(&format!("[{name}] {line}"));
    }
}
