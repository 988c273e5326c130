//! The local stack: what template.yaml asks for, on one machine.
//!
//! One process that reads a SAM template and plays its table, queues, HTTP API,
//! queue mappings and schedules, on a clock that tests can move and with faults
//! that tests can order. It is a tool for developers, not proof of AWS's own
//! behavior: where it guesses, the doc comments say so.

pub mod client;
pub mod clock;
pub mod control;
mod error;
pub mod functions;
pub mod http_api;
pub mod mappings;
pub mod schedules;
pub mod server;
pub mod sqs;
pub mod stack;
pub mod table;
pub mod template;

pub use error::StackError;
pub use stack::{FunctionsMode, Stack, StackConfig};
