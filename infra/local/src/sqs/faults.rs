//! Troubles a test orders: each strikes the next calls that fit, so many times.

use serde::{Deserialize, Serialize};

use super::error::{ErrorKind, SqsError};
use super::operation::Operation;
use super::state::State;

/// One trouble. As JSON, for instance
/// `{"queue":"refresh","operation":"SendMessage","kind":"error_after","times":1}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The queue's name; none means every queue.
    #[serde(default)]
    pub queue: Option<String>,
    /// The operation; none means every operation.
    #[serde(default)]
    pub operation: Option<Operation>,
    /// What happens.
    pub kind: FaultKind,
    /// How many calls it strikes.
    #[serde(default = "once")]
    pub times: u32,
}

/// What a fault does to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Answers `RequestThrottled` and does nothing.
    Throttle,
    /// Answers 500 and does nothing.
    ErrorBefore,
    /// Does it all, then answers 500.
    ErrorAfter,
    /// Stores a sent message twice, or leaves a copy of a received one, as standard queues may.
    Duplicate,
}

fn once() -> u32 {
    1
}

impl Fault {
    fn fits(&self, queue: &str, operation: Operation) -> bool {
        self.queue.as_deref().is_none_or(|name| name == queue)
            && self.operation.is_none_or(|one| one == operation)
    }
}

/// The faults that wait, first come first served.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) -> Result<(), SqsError> {
        let idle = fault.operation.filter(|operation| !operation.moves_messages());
        if let Some(operation) = idle.filter(|_| fault.kind == FaultKind::Duplicate) {
            return Err(SqsError::invalid(
                "operation",
                format!("{operation:?}"),
                "It moves no message to double.",
            ));
        }
        self.0.push(fault);
        Ok(())
    }

    pub(super) fn waiting(&self) -> &[Fault] {
        &self.0
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether this call doubles its messages. Asked only where there is one, so that a reader
    /// of an empty queue does not use the fault up.
    pub(super) fn duplicates(&mut self, queue: &str, operation: Operation) -> bool {
        self.strike(queue, operation, |kind| kind == FaultKind::Duplicate).is_some()
    }

    /// How this call fails, if it does.
    pub(super) fn failure(&mut self, queue: &str, operation: Operation) -> Option<FaultKind> {
        self.strike(queue, operation, |kind| kind != FaultKind::Duplicate)
    }

    fn strike(
        &mut self,
        queue: &str,
        operation: Operation,
        of: impl Fn(FaultKind) -> bool,
    ) -> Option<FaultKind> {
        let fault = self
            .0
            .iter_mut()
            .find(|fault| of(fault.kind) && fault.times > 0 && fault.fits(queue, operation))?;
        fault.times -= 1;
        let kind = fault.kind;
        self.0.retain(|fault| fault.times > 0);
        Some(kind)
    }
}

/// Fails a call before it has any effect, where `fault` says so.
pub(super) fn before(fault: Option<FaultKind>) -> Result<(), SqsError> {
    match fault {
        Some(FaultKind::Throttle) => Err(SqsError::new(ErrorKind::RequestThrottled, "Request is throttled.")),
        Some(FaultKind::ErrorBefore) => Err(internal()),
        Some(FaultKind::ErrorAfter | FaultKind::Duplicate) | None => Ok(()),
    }
}

/// Turns the answer of a call that had its effect into a failure, where `fault` says so.
pub(super) fn after<T>(fault: Option<FaultKind>, answer: Result<T, SqsError>) -> Result<T, SqsError> {
    if fault == Some(FaultKind::ErrorAfter) { Err(internal()) } else { answer }
}

fn internal() -> SqsError {
    SqsError::new(ErrorKind::InternalFailure, "We encountered an internal error. Please try again.")
}

impl State {
    /// Does `act` as a call of `operation` on `queue`, with the failure that waits for it.
    pub(super) fn faulted<T>(
        &mut self,
        queue: &str,
        operation: Operation,
        act: impl FnOnce(&mut Self) -> Result<T, SqsError>,
    ) -> Result<T, SqsError> {
        let fault = self.faults.failure(queue, operation);
        // Whoever got nothing because of it must look again: there may be something.
        self.changed |= fault.is_some();
        before(fault)?;
        let answer = act(self);
        after(fault, answer)
    }
}
