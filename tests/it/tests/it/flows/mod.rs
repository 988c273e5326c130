//! The flows against a table in memory and a provider whose every answer a test decides.

mod accounts;
mod crashes;
mod create;
mod create_errors;
mod fake;
mod fake_abilities;
mod fuse;
mod intake;
mod landing;
mod lost_create;
mod notifications;
mod opening;
mod queue;
mod reconcile;
mod refresh;
mod refresh_errors;
mod replay;
mod round_trips;
mod supersede;
mod table;
mod time_up;
mod trying_again;
mod wishes;
mod world;
