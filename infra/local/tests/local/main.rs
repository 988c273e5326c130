//! The local stack, part by part and together.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod activity;
mod calls;
mod cargo_lambda;
mod control;
mod fake;
mod host;
mod http_answers;
mod http_events;
mod mappings;
mod routes;
mod schedules;
mod stack;
mod table;
mod table_transactions;
mod template_errors;
mod template_plan;
