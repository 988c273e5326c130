//! Collects every problem of the input, so that one run names them all.

use crate::failure::Failure;
use std::cell::RefCell;
use std::fmt::Display;

/// The problems so far.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<String>>);

impl Problems {
    /// Notes a problem of the option `what`.
    pub fn note(&self, what: impl Display, problem: impl Display) {
        self.0.borrow_mut().push(format!("{what} {problem}"));
    }

    /// The value, or a note of why there is none.
    pub fn read<T, E: Display>(&self, what: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|problem| self.note(what, problem)).ok()
    }

    /// The value of a word that is one of a few, or a note that names them.
    pub fn word<T>(&self, what: &str, known: &[&str], read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.note(what, format!("must be one of {}", known.join(", ")));
        }
        read
    }

    /// Both values, or every problem.
    pub fn both<A, B>(&self, first: Option<A>, second: Option<B>) -> Result<(A, B), Failure> {
        self.finish()?;
        // A value that is missing has its note, and then `finish` has failed.
        first.zip(second).ok_or(Failure::BadInput(Vec::new()))
    }

    /// Goes on only without a problem.
    pub fn finish(&self) -> Result<(), Failure> {
        let all = self.0.take();
        if all.is_empty() { Ok(()) } else { Err(Failure::BadInput(all)) }
    }
}
