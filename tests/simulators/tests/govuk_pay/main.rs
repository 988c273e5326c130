//! Drives the GOV.UK Pay simulator over HTTP, as the service, a payer's browser and a webhook receiver would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "every function here belongs to a test"
)]

mod browser;
mod call_faults;
mod controls;
mod expiry;
mod folder;
mod http;
mod journey;
mod operate;
mod payments;
mod receiver;
mod refunds;
mod restart;
mod retries;
mod rules;
mod search;
mod stage;
mod validation;
mod webhook_faults;
mod webhooks;
