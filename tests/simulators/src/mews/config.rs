//! What a simulator is started with, as JSON or as a value. What the documentation leaves open stands here.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::property::Property;

/// Settings of one simulator.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The clock file; without it the time is real.
    pub clock_file: Option<PathBuf>,
    /// A folder where groups, payments and messages outlive a restart.
    pub data: Option<PathBuf>,
    /// The property that takes bookings.
    pub property: Property,
}

/// Credentials of the Connector API and its limit.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connector {
    /// `ClientToken`.
    pub client_token: String,
    /// `AccessToken` of the property.
    pub access_token: String,
    /// Calls with one `AccessToken` in a window before 429. `[doc]` CO/guidelines/environments.md: 200.
    pub requests: usize,
    /// Milliseconds of the window, which slides. `[doc]` same place: 30 s.
    pub window_ms: i64,
}

impl Default for Connector {
    fn default() -> Self {
        Self {
            client_token: "mews-simulator-client-token".to_owned(),
            access_token: "mews-simulator-access-token".to_owned(),
            requests: 200,
            window_ms: 30_000,
        }
    }
}

/// Where General Webhooks go. `[doc]` CO/events/wh-general.md, wh-faq.md.
#[derive(Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhook {
    /// The whole address, with the secret token in it; plain http on this machine.
    pub url: String,
    /// The part of the address that is the secret: what a forged message does not know.
    pub token: String,
    /// What is sent as `Content-Type`. `[doc]` "No special content-type headers are used."
    pub content_type: String,
    /// Events of one message. `[doc]` "in the order of hundreds".
    pub most_events: usize,
    /// Ids in each message of payments that this simulator does not have: the property's other business.
    pub foreign_payments: usize,
    /// Whether events of other kinds ride along.
    pub other_events: bool,
    /// Milliseconds from the event to the message. `[doc]` "a lag of up to several minutes"; none by default.
    pub lag_ms: i64,
    /// Milliseconds after each failed attempt to the next; after the last one it is discarded. `[doc]` "after a few
    /// minutes", "repeated attempts"; the figures are `[unk]`.
    pub retry_after_ms: Vec<i64>,
    /// Real milliseconds that the receiver has. `[doc]` 5 s.
    pub timeout_ms: u64,
    /// `IntegrationId` of every message.
    pub integration_id: String,
}

impl Default for Webhook {
    fn default() -> Self {
        Self {
            url: String::new(),
            token: String::new(),
            content_type: "application/json".to_owned(),
            most_events: 200,
            foreign_payments: 0,
            other_events: false,
            lag_ms: 0,
            retry_after_ms: vec![180_000, 300_000, 600_000],
            timeout_ms: 5000,
            integration_id: "c8bee838-7fb1-4f4e-8fac-ac87008b2f90".to_owned(),
        }
    }
}

impl Webhook {
    /// A webhook with the ordinary settings.
    #[must_use]
    pub fn at(url: &str, token: &str) -> Self {
        Self { url: url.to_owned(), token: token.to_owned(), ..Self::default() }
    }
}
