//! One function process and the Runtime API it talks to.

use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use uuid::Uuid;

use super::Launch;
use super::runtime_api::{Job, Reply, Slot, router};
use crate::functions::{InvokeError, Logs};
use crate::server::{Server, listen, url_of};

/// Lambda gives the start 10 s; a debug build on a busy machine gets more.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A running process; dropping it kills it.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    jobs: mpsc::Sender<Job>,
    slot: Arc<Slot>,
    time_limit: Duration,
    _api: Server,
}

impl Process {
    /// Starts the binary with a Runtime API on a port of its own.
    pub(super) async fn start(launch: &Arc<Launch>, logs: &Logs) -> Result<Self, InvokeError> {
        let listener = listen(0).await.map_err(|error| InvokeError::Start(error.to_string()))?;
        let address = url_of(&listener).replace("http://", "");
        let (jobs, waiting) = mpsc::channel(1);
        let slot = Arc::new(Slot::new(waiting, launch));
        let api = Server::start(listener, router(slot.clone()));
        let child = spawn(launch, &address, logs)?;
        Ok(Self { child, jobs, slot, time_limit: launch.plan.timeout, _api: api })
    }

    /// Hands over one event and waits for what becomes of it.
    ///
    /// After any error but [`InvokeError::Failed`] the process is of no more use.
    pub(super) async fn invoke(&mut self, payload: Bytes) -> Result<Bytes, InvokeError> {
        let (taken, was_taken) = oneshot::channel();
        let (reply, answer) = oneshot::channel();
        let job = Job { id: Uuid::new_v4().to_string(), payload, taken, reply };
        if self.jobs.send(job).await.is_err() {
            return Err(InvokeError::Crashed("its Runtime API is gone".to_owned()));
        }
        self.started(was_taken).await?;
        self.answered(answer).await
    }

    /// The time limit counts from the moment the process takes the event.
    async fn started(&mut self, was_taken: oneshot::Receiver<()>) -> Result<(), InvokeError> {
        tokio::select! {
            biased;
            taken = timeout(START_LIMIT, was_taken) => match taken {
                Ok(_) => Ok(()),
                Err(_) => Err(InvokeError::Start(format!("no sign of life in {} s", START_LIMIT.as_secs()))),
            },
            status = self.child.wait() => Err(self.crashed(status)),
        }
    }

    async fn answered(&mut self, answer: oneshot::Receiver<Reply>) -> Result<Bytes, InvokeError> {
        tokio::select! {
            biased;
            reply = timeout(self.time_limit, answer) => match reply {
                Ok(Ok(reply)) => reply.map_err(InvokeError::Failed),
                Ok(Err(_)) => Err(InvokeError::Crashed("it asked for another event instead".to_owned())),
                Err(_) => {
                    let _ = self.child.kill().await;
                    Err(InvokeError::TimedOut(self.time_limit))
                }
            },
            status = self.child.wait() => Err(self.crashed(status)),
        }
    }

    fn crashed(&self, status: std::io::Result<ExitStatus>) -> InvokeError {
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        let said = self.slot.start_error().map(|text| format!("; {text}")).unwrap_or_default();
        InvokeError::Crashed(format!("{status}{said}"))
    }

    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills the process and waits until it is gone.
    pub(super) async fn stop(mut self) {
        let _ = self.child.kill().await;
    }
}

fn spawn(launch: &Launch, address: &str, logs: &Logs) -> Result<Child, InvokeError> {
    let mut child = Command::new(&launch.binary)
        .env_clear()
        .envs(&launch.environment)
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| InvokeError::Start(format!("{}: {error}", launch.binary.display())))?;
    let name = &launch.plan.name;
    if let Some(output) = child.stdout.take() {
        tokio::spawn(logs.clone().collect(name.clone(), output));
    }
    if let Some(output) = child.stderr.take() {
        tokio::spawn(logs.clone().collect(name.clone(), output));
    }
    Ok(child)
}
