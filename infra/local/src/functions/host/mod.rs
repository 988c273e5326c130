//! Runs the real function binaries behind a Runtime API of the stack's own.
//!
//! Processes are started on demand, kept warm and used again, one invocation at
//! a time each; a crash or a time-out costs the process. Source: AWS Lambda
//! Developer Guide, "Understanding the Lambda execution environment lifecycle".

mod process;
mod runtime_api;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use axum::body::Bytes;
use tokio::sync::{Semaphore, SemaphorePermit, watch};

use super::{Functions, InvokeError, Logs};
use crate::template::{ACCOUNT, FunctionPlan, REGION};
use process::Process;

/// The most processes of one function: this machine is not AWS.
const MOST_PROCESSES: u32 = 16;
/// The largest event: AWS Lambda Developer Guide, "Lambda quotas".
const LARGEST_EVENT: usize = 6 * 1024 * 1024;

/// What is needed to start a function's process.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The function.
    pub plan: FunctionPlan,
    /// Its binary.
    pub binary: PathBuf,
    /// Every variable it finds, but `AWS_LAMBDA_RUNTIME_API`.
    pub environment: BTreeMap<String, String>,
}

impl Launch {
    fn arn(&self) -> String {
        format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{}", self.plan.function_name)
    }
}

/// The functions of one stack.
#[derive(Debug)]
pub struct Host {
    pools: BTreeMap<String, Pool>,
    logs: Logs,
    stopping: watch::Sender<bool>,
}

impl Host {
    /// Hosts these functions; nothing is started before the first call.
    #[must_use]
    pub fn new(launches: Vec<Launch>, logs: Logs) -> Self {
        let pools = launches.into_iter().map(|launch| (launch.plan.name.clone(), Pool::new(launch)));
        Self { pools: pools.collect(), logs, stopping: watch::Sender::new(false) }
    }

    async fn stopped(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// How many processes of a function are warm and idle.
    #[must_use]
    pub fn idle(&self, name: &str) -> usize {
        self.pools.get(name).map_or(0, |pool| pool.idle().len())
    }
}

#[async_trait]
impl Functions for Host {
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError> {
        let pool = self.pools.get(name).ok_or_else(|| InvokeError::Unknown(name.to_owned()))?;
        if payload.len() > LARGEST_EVENT {
            return Err(InvokeError::TooLarge(payload.len()));
        }
        let _turn = pool.turn().await?;
        let mut process = match pool.warm() {
            Some(process) => process,
            None => Process::start(&pool.launch, &self.logs).await?,
        };
        // Dropping the process, as every way out but the last does, kills it.
        let answer = tokio::select! {
            answer = process.invoke(payload) => answer,
            () = self.stopped() => Err(InvokeError::Crashed("the stack stops".to_owned())),
        };
        if let Ok(_) | Err(InvokeError::Failed(_)) = &answer {
            pool.idle().push(process);
        }
        answer
    }

    async fn stop(&self) {
        self.stopping.send_replace(true);
        for pool in self.pools.values() {
            let idle = std::mem::take(&mut *pool.idle());
            for process in idle {
                process.stop().await;
            }
        }
    }
}

/// The processes of one function.
#[derive(Debug)]
struct Pool {
    launch: Arc<Launch>,
    turns: Semaphore,
    idle: Mutex<Vec<Process>>,
}

impl Pool {
    fn new(launch: Launch) -> Self {
        let most = launch.plan.reserved_concurrency.unwrap_or(MOST_PROCESSES).min(MOST_PROCESSES);
        let turns = Semaphore::new(usize::try_from(most).unwrap_or(1));
        Self { launch: Arc::new(launch), turns, idle: Mutex::default() }
    }

    /// Lambda refuses what is over the reserved concurrency; over the machine's
    /// own bound a call waits instead.
    async fn turn(&self) -> Result<SemaphorePermit<'_>, InvokeError> {
        if self.launch.plan.reserved_concurrency.is_some() {
            return self.turns.try_acquire().map_err(|_| InvokeError::Throttled);
        }
        self.turns.acquire().await.map_err(|_| InvokeError::Throttled)
    }

    /// An idle process that is still alive.
    fn warm(&self) -> Option<Process> {
        let mut idle = self.idle();
        while let Some(mut process) = idle.pop() {
            if process.is_alive() {
                return Some(process);
            }
        }
        None
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
