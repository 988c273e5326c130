//! The gate in front of the table: counts, and applies faults.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::answer;
use super::fault::{Fault, FaultKind};

/// DynamoDB takes 16 MB at most.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Marks a request that the table answers from its frozen copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadsFrozenIndex;

/// Calls and faults; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    state: Arc<Mutex<Ledger>>,
}

#[derive(Debug, Default)]
struct Ledger {
    calls: BTreeMap<String, u64>,
    faults: Vec<Fault>,
}

impl Gate {
    /// How often each operation was asked for since the last [`Gate::clear_calls`].
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.ledger().calls.clone()
    }

    /// Forgets the counts.
    pub fn clear_calls(&self) {
        self.ledger().calls.clear();
    }

    /// Adds a fault; faults are tried in the order they were added.
    pub fn add(&self, fault: Fault) {
        self.ledger().faults.push(fault);
    }

    /// The faults that have not been used up.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.ledger().faults.clone()
    }

    /// Takes every fault away.
    pub fn clear_faults(&self) {
        self.ledger().faults.clear();
    }

    /// Counts a call and says which fault hits it.
    fn pass(&self, operation: &str, on_index: bool) -> Option<Fault> {
        let mut ledger = self.ledger();
        *ledger.calls.entry(operation.to_owned()).or_default() += 1;
        let position = ledger.faults.iter().position(|fault| fault.fits(operation, on_index))?;
        let fault = &mut ledger.faults[position];
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times = fault.times.saturating_sub(1);
        let used = fault.clone();
        ledger.faults.retain(|fault| fault.times > 0);
        Some(used)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the gate in front of a router.
pub(super) fn guard(router: Router, gate: Gate) -> Router {
    router.layer(from_fn_with_state(gate, through))
}

/// A call as the gate sees it.
pub(super) struct Call {
    pub(super) operation: String,
    pub(super) body: Bytes,
}

async fn through(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Some(operation) = operation_of(&request) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return answer::plain(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let call = Call { operation, body };
    let fault = gate.pass(&call.operation, call.reads_index());
    let request = Request::from_parts(parts, Body::from(call.body.clone()));
    match fault {
        None => next.run(request).await,
        Some(fault) => fail(&fault, &call, (request, next)).await,
    }
}

/// The protocol names the operation in `X-Amz-Target: DynamoDB_20120810.PutItem`.
fn operation_of(request: &Request) -> Option<String> {
    let target = request.headers().get("x-amz-target")?.to_str().ok()?;
    target.rsplit_once('.').map(|(_, operation)| operation.to_owned())
}

async fn fail(fault: &Fault, call: &Call, (mut request, next): (Request, Next)) -> Response {
    match fault.kind {
        FaultKind::Throttle => answer::throttle(),
        FaultKind::TransactionCanceled if !fault.codes.is_empty() => answer::canceled(&fault.codes),
        FaultKind::TransactionConflict | FaultKind::TransactionCanceled => answer::conflict(call),
        FaultKind::ErrorBefore => answer::error(),
        FaultKind::ErrorAfter => {
            let _ = next.run(request).await;
            answer::error()
        }
        FaultKind::IndexEmpty => answer::nothing_found(),
        FaultKind::IndexFrozen => {
            request.extensions_mut().insert(ReadsFrozenIndex);
            next.run(request).await
        }
    }
}

impl Call {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn reads_index(&self) -> bool {
        matches!(self.operation.as_str(), "Query" | "Scan") && self.json()["IndexName"].is_string()
    }
}
