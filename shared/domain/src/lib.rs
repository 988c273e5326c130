//! What Bellhop decides: sessions, attempts, money and the flows between them.
//!
//! Pure: no AWS, no HTTP client, no clock, no environment. Time is an argument;
//! the table, the queue and the providers are traits that other crates implement.

pub mod account;
pub mod api_key;
pub mod attempt;
mod awaited;
pub mod event;
mod evidence;
pub mod flows;
pub mod idempotency;
pub mod ids;
pub mod link;
pub mod money;
pub mod notification;
mod opening;
pub mod outcome;
pub mod progress;
pub mod provider;
pub mod queue;
pub mod schedule;
pub mod service_key;
pub mod session;
pub mod status;
pub mod status_drawing;
pub mod store;
pub mod text;
pub mod wish;
mod words;

pub use jiff::{SignedDuration, Timestamp};
