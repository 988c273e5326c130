//! Drives the Front Payment simulator over HTTP, as the service, a payer's browser and a callback receiver would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "every function here belongs to a test"
)]

mod amounts;
mod browser;
mod call_faults;
mod callback_faults;
mod callbacks;
mod charges;
mod closing;
mod controls;
mod create;
mod expiry;
#[path = "../govuk_pay/folder.rs"]
mod folder;
mod history;
#[expect(dead_code, reason = "the other provider's errors have another shape")]
#[path = "../govuk_pay/http.rs"]
mod http;
mod journey;
mod limits;
mod operations;
mod receiver;
mod refunds;
mod restart;
mod stage;
mod validation;
mod wish;
