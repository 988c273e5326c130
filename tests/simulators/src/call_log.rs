//! The API calls of one run, as they ended: for the ledger.

use std::collections::BTreeMap;

use axum::response::Response;
use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::faults::Fault;
use crate::spoil::status_sent;

/// Every API call so far, refused ones too.
#[derive(Default)]
pub struct CallLog {
    counts: BTreeMap<&'static str, u64>,
    log: Vec<Value>,
}

/// A call as it ended.
pub struct Call {
    operation: &'static str,
    line: String,
    status: Option<u16>,
    fault: Option<Value>,
}

impl Call {
    /// A call named as faults name it, its method and path, and what left of its answer under a fault.
    pub fn ended(
        operation: &'static str,
        line: String,
        fault: Option<&Fault>,
        answer: Option<&Response>,
    ) -> Self {
        let status = match fault {
            None => answer.map(Response::status),
            Some(fault) => status_sent(fault, answer),
        };
        let fault = fault.map(|fault| json!(fault.kind));
        Self { operation, line, status: status.map(|status| status.as_u16()), fault }
    }
}

impl CallLog {
    /// Appends a call.
    pub fn note(&mut self, call: Call, now: i64) {
        *self.counts.entry(call.operation).or_default() += 1;
        self.log.push(json!({
            "at": rfc3339(now),
            "operation": call.operation,
            "line": call.line,
            "status": call.status,
            "fault": call.fault,
        }));
    }

    /// The ledger's fields about calls: how many of each operation, and each with its end.
    pub fn shown(&self) -> [(&'static str, Value); 2] {
        [("calls", json!(self.counts)), ("call_log", json!(self.log))]
    }
}
