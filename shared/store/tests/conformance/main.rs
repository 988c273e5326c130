//! Both stores against one suite, and what only the table can show.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of this crate is test: what a step relies on and does not have fails it"
)]

mod calls;
mod canned;
mod emulator;
mod faults;
mod rows;
mod suite;
