//! Attacks on what decides about money: tables written out a second time, and random histories.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod api_keys;
mod card_numbers;
mod drawing;
mod evidence;
mod given;
mod histories;
mod idempotency;
mod ids;
mod links;
mod looks;
mod money;
mod privacy;
mod progress;
mod return_urls;
mod session_status;
mod signed_return;
mod status_table;
mod steps;
mod waits;
mod watched;
