//! Harbour House, a booking site that takes payments through Bellhop's public HTTP API alone.
//!
//! It knows of Bellhop what its documentation says and nothing more: no crate of the service is
//! used here, so that the site shows what any merchant can build.

mod alert;
mod api;
mod book;
mod bookings;
mod clock;
mod field;
mod form;
mod front;
mod money;
mod order;
mod outcome;
mod pages;
mod provider;
mod reference;
mod rooms;
mod site;
mod stay;
mod stay_page;
mod wire;
mod words;

pub use api::{Api, ApiError};
pub use outcome::{Carried, Claim, check};
pub use site::{Settings, SettingsError, Site};
