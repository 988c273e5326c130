//! What the runtime promises, tested through its public face. No AWS: secrets, table and providers
//! are stand-ins, the clock is a file.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod app;
#[cfg(test)]
mod auth;
#[cfg(test)]
mod aws;
#[cfg(test)]
mod aws_server;
#[cfg(test)]
mod cache;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod config;
#[cfg(test)]
mod errors_page;
mod mute;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod parse;
#[cfg(test)]
mod problem;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod session_json;
#[cfg(test)]
mod sqs;
#[cfg(test)]
mod sqs_calls;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod telemetry;
