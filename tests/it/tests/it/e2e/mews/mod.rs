//! Mews, from the booking to what the booking site reads; its ledger is the oracle.

mod browsing;
mod facets;
mod given;
mod late;
mod lost_create;
mod money;
mod refusals;
mod secure;
mod stage;
mod webhooks;
