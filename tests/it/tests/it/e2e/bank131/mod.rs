//! Bank 131, from the create to what the booking site reads.

mod browsing;
mod confirms;
mod doubts;
mod endings;
mod holds;
mod lost;
mod messages;
mod patience;
mod refunds;
mod refusals;
mod rotation;
mod secrecy;
mod secure;
mod stage;
mod ways;
mod widget;
