//! Drives the Bank 131 simulator over HTTP, as the service, a payer's browser and a webhook receiver would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "every function here belongs to a test"
)]

mod call_faults;
mod chromium;
mod controls;
mod create;
mod embedding;
mod flags;
mod holds;
#[expect(dead_code, reason = "the other provider's errors have another shape")]
#[path = "../govuk_pay/http.rs"]
mod http;
mod idempotency;
mod in_flight;
mod journey;
mod payer;
mod receiver;
mod refunds;
mod restart;
mod secure;
mod signature;
mod stage;
mod timers;
mod unsure;
mod webhook_faults;
mod webhooks;
mod widget;
mod wishes;
