//! Mews, as its documentation describes it: the Distributor API, the page of a payment request, the Connector API and
//! General Webhooks.
//!
//! Each rule names its source: a file of the provider's public documentation, of which `BE/` is
//! `booking-engine/booking-engine-api/` and `CO/` is `connector-api/`; a section of the provider notes (`PROVIDERS §`);
//! or seed 000, the older edition. What is `[inf]`, an inference, or `[unk]`, not documented, is one named constant or
//! a setting of [`Property`].

mod answers;
mod args;
mod booking;
mod card_form;
mod config;
mod connector;
mod connector_2017;
mod connector_bookings;
mod connector_payments;
mod connector_requests;
mod control;
mod control_acts;
mod culture;
mod delivery;
mod distort;
mod distributor;
mod errors;
mod fault_calls;
mod group;
mod ledger;
mod ledger_entry;
mod lifecycle;
mod message;
mod money;
mod operations;
mod page_views;
mod pages;
mod paging;
mod property;
mod rate;
mod reader;
mod refunds;
mod routes;
mod schedule;
mod simulator;
mod state;
mod way_back;
mod wish;
mod world;

pub use args::Args;
pub use config::{Config, Connector, Webhook};
pub use property::{Conversion, Property, Rate, RoomCategory};
pub use simulator::Simulator;
