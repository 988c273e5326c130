//! Powens Pay, as its documentation describes it.
//!
//! Each rule names its source: a section of the provider notes (`PROVIDERS §`) or the one-time payment guide (`guide`),
//! with the tag given there. What is `[inf]`, an inference, or `[unk]`, not documented, is one named constant or a
//! setting of [`Domain`].

mod amount;
mod api;
mod args;
mod auth;
mod callback;
mod calls;
mod config;
mod control;
mod control_acts;
mod control_index;
mod create;
mod currency;
mod dates;
mod delivery;
mod distort;
mod errors;
mod fault_calls;
mod flow;
mod future;
mod iban;
mod identity;
mod instruction;
mod ledger;
mod ledger_entry;
mod lifecycle;
mod message;
mod operate;
mod page_views;
mod pages;
mod payment;
mod raw;
mod reader;
mod redirects;
mod routes;
mod schedule;
mod search;
mod simulator;
mod state;
mod tokens;
mod validate;
#[cfg(test)]
mod vectors;
mod visit;
mod webview;
mod wire;
mod world;

pub use args::Args;
pub use config::{Bank, CancelWay, Config, Domain, Webhook};
pub use simulator::Simulator;
