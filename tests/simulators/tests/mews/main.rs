//! Drives the Mews simulator over HTTP, as the service, a payer's browser and a webhook receiver would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "every function here belongs to a test"
)]

mod amounts;
mod bookings;
mod browser;
mod call_faults;
mod connector;
mod connector_lists;
mod controls;
mod culture;
mod expiry;
#[expect(dead_code, reason = "the other provider's errors have another shape")]
#[path = "../govuk_pay/http.rs"]
mod http;
mod journey;
mod limits;
mod pages;
mod receiver;
mod refunds;
mod restart;
mod stage;
mod validation;
mod verifying;
mod webhook_faults;
mod webhooks;
mod wishes;
