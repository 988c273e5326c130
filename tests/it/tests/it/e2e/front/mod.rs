//! Front Payment, from the create to what the booking site reads; its ledger is the oracle.

mod amounts;
mod browsing;
mod callbacks;
mod facets;
mod journeys;
mod lost_create;
mod stage;
