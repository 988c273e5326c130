//! The payment providers as HTTP servers, written from their documentation alone.
//!
//! A simulator is an independent witness: it shares no code, type or constant with the service it judges, and what
//! it did is read from its own ledger. One folder per provider; what every simulator needs (clock, faults, server,
//! outgoing calls) stands beside the folders.

pub mod bank131;
mod broken;
mod call_log;
mod clock;
mod driver;
mod exact;
mod faults;
pub mod frontgo;
pub mod govuk_pay;
mod html;
mod ids;
mod keep;
mod menu;
pub mod mews;
mod orders;
mod outbound;
mod outbox;
mod pem;
pub mod powens;
mod room;
mod server;
mod spoil;
mod ticks;

pub use server::Running;
