//! What the flows promise, with fakes around them; and the whole of it over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod e2e;
mod flows;
