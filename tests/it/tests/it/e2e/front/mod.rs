//! Front Payment, from the create to what the booking site reads; its ledger is the oracle.

mod amounts;
mod automatic;
mod browsing;
mod callbacks;
mod facets;
mod journeys;
mod lost_create;
mod stage;
