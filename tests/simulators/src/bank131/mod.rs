//! Bank 131, as its documentation describes it.
//!
//! Each rule names its source: a section of the provider notes (`PROVIDERS §`), a page of developer.131.ru (by its last
//! words) or a file of the bank's own PHP SDK (`SDK`), with the tags of the notes. `[SG]` is the sister product Smart
//! Glocal, whose documentation is more exact. What is `[inf]`, an inference, or `[unk]`, not documented, is one named
//! constant or a setting of [`Project`].

mod api;
mod args;
mod auth;
mod call_log;
mod capture;
mod cards;
mod config;
mod control;
mod control_acts;
mod control_index;
mod distort;
mod errors;
mod fault_calls;
mod ledger;
mod lifecycle;
mod message;
mod method;
mod money;
mod orders;
mod payment;
mod refunds;
mod routes;
mod schedule;
mod secure;
mod session;
mod simulator;
mod widget;
mod widget_assets;
mod widget_views;
mod wire;
mod wish;
mod words;
mod world;

pub use args::Args;
pub use config::{Config, Project, TEST_ONLY_PARTNER_PRIVATE_KEY, Webhook};
pub use simulator::Simulator;
pub use words::{Version, Way};
