//! The built `bellhop` against the table of the deployment template, in an emulator in this process.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod keys;
mod merchants;
mod place;
mod service;
mod sessions;
mod usage;
