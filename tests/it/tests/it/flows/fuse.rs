//! A process that dies at its nth call to the outside.

use std::sync::Mutex;

/// Whether the call that kills still has its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    Before,
    After,
}

/// Shared by everything that a process calls. Once it has burnt, nothing more happens.
#[derive(Debug, Default)]
pub struct Fuse(Mutex<Option<(usize, Crash)>>);

impl Fuse {
    /// Dies at the `nth` call from now on, counted from 1.
    pub fn set(&self, nth: usize, crash: Crash) {
        *self.0.lock().unwrap() = Some((nth, crash));
    }

    /// A new process takes over.
    pub fn mend(&self) {
        *self.0.lock().unwrap() = None;
    }

    pub fn has_burnt(&self) -> bool {
        matches!(*self.0.lock().unwrap(), Some((0, _)))
    }

    /// One call to the outside; how it dies, if it does.
    pub fn turn(&self) -> Option<Crash> {
        let mut state = self.0.lock().unwrap();
        let (left, crash) = (*state)?;
        *state = Some((left.saturating_sub(1), crash));
        match left {
            0 => Some(Crash::Before),
            1 => Some(crash),
            _ => None,
        }
    }
}
