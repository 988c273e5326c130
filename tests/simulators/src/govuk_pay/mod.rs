//! GOV.UK Pay, as its documentation describes it.
//!
//! Each rule names its source: a section of the provider notes (`PROVIDERS §`), the tag given there (`[doc]`, `[code]`)
//! and the upstream file. What is `[inf]`, an inference, says so.

mod agreements;
mod answer;
mod api;
mod auth;
mod calls;
mod card;
mod card_form;
mod config;
mod control;
mod control_acts;
mod control_index;
mod create;
mod delivery;
mod distort;
mod errors;
mod fault_calls;
mod firewall;
mod ledger;
mod lifecycle;
mod message;
mod operate;
mod page_views;
mod pages;
mod payment;
mod refunds;
mod routes;
mod schedule;
mod search;
mod search_query;
mod simulator;
mod state;
mod validate;
mod validate_extras;
mod words;
mod world;

pub use config::{Account, Config, Trouble, Webhook};
pub use simulator::Simulator;
