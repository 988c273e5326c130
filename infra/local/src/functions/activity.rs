//! How much work runs now: what "at rest" is decided by.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Bytes;
use tokio::sync::watch;

use super::{Functions, InvokeError};

/// Counts work that runs; clones share the count.
#[derive(Debug, Clone)]
pub struct Activity {
    running: watch::Sender<usize>,
}

impl Default for Activity {
    fn default() -> Self {
        Self { running: watch::Sender::new(0) }
    }
}

impl Activity {
    /// Counts one more until the guard is dropped.
    #[must_use]
    pub fn begin(&self) -> Running {
        self.running.send_modify(|count| *count += 1);
        Running { activity: self.clone() }
    }

    /// How many run now.
    #[must_use]
    pub fn running(&self) -> usize {
        *self.running.borrow()
    }

    /// Tells of every change from now on.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<usize> {
        self.running.subscribe()
    }
}

/// One piece of running work.
#[derive(Debug)]
pub struct Running {
    activity: Activity,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.activity.running.send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// Functions whose invocations are counted, and go on when the caller goes away.
///
/// On AWS a closed connection or an API that no longer waits does not end an
/// invocation either.
#[derive(Clone)]
pub struct Counted {
    inner: Arc<dyn Functions>,
    activity: Activity,
}

impl Counted {
    /// The same functions, counted in the activity.
    #[must_use]
    pub fn new(inner: Arc<dyn Functions>, activity: Activity) -> Self {
        Self { inner, activity }
    }
}

#[async_trait]
impl Functions for Counted {
    async fn invoke(&self, name: &str, payload: Bytes) -> Result<Bytes, InvokeError> {
        let running = self.activity.begin();
        let (inner, name) = (self.inner.clone(), name.to_owned());
        let invocation = tokio::spawn(async move {
            let answer = inner.invoke(&name, payload).await;
            drop(running);
            answer
        });
        invocation.await.unwrap_or_else(|error| Err(InvokeError::Crashed(error.to_string())))
    }

    async fn stop(&self) {
        self.inner.stop().await;
    }
}
