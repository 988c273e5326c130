//! Front Payment (FrontGo), reservations, as its documentation describes them.
//!
//! Each rule names its source: a section of the provider notes (`PROVIDERS §`), `seed 001`, and the tag given there
//! (`[doc]`, `[rec]`, `[code]`). What is `[inf]`, an inference, or `[unk]`, not documented at all, is one named
//! constant or one setting of [`Config`].

mod amount;
mod api;
mod args;
mod callback;
mod calls;
mod card_form;
mod check;
mod config;
mod control;
mod control_acts;
mod control_index;
mod countries;
mod delivery;
mod details;
mod distort;
mod envelope;
mod events;
mod fault_calls;
mod gate;
mod ledger;
mod ledger_entry;
mod lifecycle;
mod message;
mod money_orders;
mod operate;
mod order;
mod page_views;
mod pages;
mod refunds;
mod reservation;
mod routes;
mod schedule;
mod simulator;
mod state;
mod validate;
mod validate_parts;
mod world;

use crate::exact;

pub use amount::Style;
pub use args::Args;
pub use config::{Callback, Config, Formula, Order};
pub use simulator::Simulator;
