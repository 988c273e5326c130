//! Why the stack could not start, or could not do what it was asked.

use std::path::PathBuf;

use crate::functions::InvokeError;
use crate::template::TemplateError;

/// What went wrong, in words for the developer who runs the stack.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The template asks for something wrong or not understood.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A port of this machine could not be opened.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port asked for; 0 means any.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The table engine refused to open, create or copy a table.
    #[error("table: {0}")]
    Table(String),
    /// A queue could not be made or restored.
    #[error("queue: {0}")]
    Queue(String),
    /// The clock could not be moved or its file not written.
    #[error("clock: {0}")]
    Clock(String),
    /// A function failed when the stack called it on somebody's behalf.
    #[error("function {name}: {source}")]
    Function {
        /// The function's name in the template's plan.
        name: String,
        /// How it failed.
        source: InvokeError,
    },
    /// No schedule of the template starts this function.
    #[error("no schedule starts a function named {0}")]
    NoSchedule(String),
    /// The stack did not come to rest within its bound.
    #[error("not at rest: {0}")]
    NotSettled(String),
    /// A child process could not be started or did not answer.
    #[error("{0}")]
    Process(String),
}

impl StackError {
    /// Names the file of an input or output error.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
