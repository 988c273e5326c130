//! Our HTTP API: how a request is read, how an answer looks, and what is said when it fails.

mod code;
pub mod history_json;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod parse;
pub mod problem;
mod problem_from;
pub mod reader;
pub mod request;
pub mod respond;
pub mod session_json;
