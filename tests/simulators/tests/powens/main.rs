//! Drives the Powens simulator over HTTP, as the service, a payer's browser and a webhook receiver would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "every function here belongs to a test"
)]

mod broken_rules;
mod browser;
mod call_faults;
mod cancel;
mod confirm;
mod controls;
#[path = "../govuk_pay/folder.rs"]
mod folder;
mod futures;
#[path = "../govuk_pay/http.rs"]
mod http;
mod journey;
mod listing;
mod payments;
mod rate;
mod receiver;
mod restart;
mod retries;
mod returns;
mod stage;
mod tokens;
mod validation;
mod webhook_faults;
mod webhooks;
mod webview;
mod wishes;
