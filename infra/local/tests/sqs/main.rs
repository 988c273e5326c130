//! Our SQS on a frozen clock, over its HTTP interface and in process.
#![allow(clippy::unwrap_used, reason = "a test has no other way to fail")]

mod attributes;
mod batches;
mod dead_letters;
mod delivery;
mod faults;
mod fifo;
mod managing;
mod moves;
mod settings;
mod snapshots;
mod stand;
mod waiting;
mod wire;
