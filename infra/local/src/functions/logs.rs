//! What functions print, line by line.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::watch;

/// The most lines kept for one function; older ones go.
const KEPT: usize = 5_000;

type Listener = dyn Fn(&str, &str) + Send + Sync;
type Lines = BTreeMap<String, VecDeque<String>>;

/// The lines of every function; clones share them.
#[derive(Clone)]
pub struct Logs {
    lines: Arc<Mutex<Lines>>,
    grown: watch::Sender<u64>,
    listener: Option<Arc<Listener>>,
}

impl Default for Logs {
    fn default() -> Self {
        Self { lines: Arc::default(), grown: watch::Sender::new(0), listener: None }
    }
}

impl fmt::Debug for Logs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Logs").finish_non_exhaustive()
    }
}

impl Logs {
    /// Logs that also hand each line, with the function's name, to `listener`.
    #[must_use]
    pub fn with_listener(listener: impl Fn(&str, &str) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Arc::new(listener)), ..Self::default() }
    }

    /// The lines of a function, oldest first.
    #[must_use]
    pub fn of(&self, function: &str) -> Vec<String> {
        self.lines().get(function).map(|lines| lines.iter().cloned().collect()).unwrap_or_default()
    }

    /// Waits until the function has printed a line that contains `part`, and gives it.
    ///
    /// Lines travel through a pipe, so they may arrive after the answer.
    pub async fn line(&self, function: &str, part: &str) -> String {
        let mut grown = self.grown.subscribe();
        loop {
            grown.borrow_and_update();
            if let Some(line) = self.of(function).into_iter().find(|line| line.contains(part)) {
                return line;
            }
            // The sender lives in `self`, so waiting cannot fail.
            let _ = grown.changed().await;
        }
    }

    /// Adds a line.
    pub fn push(&self, function: &str, line: &str) {
        if let Some(listener) = &self.listener {
            listener(function, line);
        }
        let mut all = self.lines();
        let lines = all.entry(function.to_owned()).or_default();
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(line.to_owned());
        drop(all);
        self.grown.send_modify(|count| *count += 1);
    }

    /// Reads a process's output to its end.
    pub async fn collect(self, function: String, output: impl AsyncRead + Unpin) {
        let mut lines = BufReader::new(output).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            self.push(&function, &line);
        }
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
