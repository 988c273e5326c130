//! What is Lambda- or AWS-shaped: configuration, the clock, clients, secrets, queues, HTTP.
//!
//! A function's `main` starts an [`app::App`] and hands its handler to [`serve_http`],
//! [`serve_tasks`] or [`serve_schedule`]; everything around the handler is done here.

pub mod accounts;
pub mod app;
pub mod auth;
pub mod aws;
pub mod cache;
pub mod clock;
pub mod config;
pub mod http;
pub mod parts;
pub mod secrets;
pub mod serve;
pub mod service;
pub mod sqs;
pub mod telemetry;

pub use ::http::StatusCode;
pub use lambda_runtime::Error;
pub use serve::http::{answer, serve_http};
pub use serve::schedule::serve_schedule;
pub use serve::tasks::serve_tasks;
