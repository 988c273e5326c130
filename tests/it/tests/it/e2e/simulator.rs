//! A provider, and its ledger: the oracle of every test.

use bellhop_simulators::Running;
use bellhop_simulators::govuk_pay::{self, Config};
use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;

/// A running simulator; all of them are steered alike.
pub struct Simulator {
    running: Running,
    http: Client,
}

impl Simulator {
    /// GOV.UK Pay.
    pub async fn start(config: Config, clock_file: &Path, http: Client) -> Self {
        let clock_file = Some(clock_file.to_owned());
        let config = Config { clock_file, ..config };
        let running = govuk_pay::Simulator::start(config).await.expect("the simulator starts");
        Self::of(running, http)
    }

    /// Another provider's simulator: all take the same orders.
    pub const fn of(running: Running, http: Client) -> Self {
        Self { running, http }
    }

    pub fn base_url(&self) -> &str {
        &self.running.base_url
    }

    pub async fn send_webhooks_to(&self, url: &str, secret: &str) {
        self.steer("PUT", "/_config/webhook", &json!({"url": url, "secret": secret})).await;
    }

    /// Does everything that is due by now, and waits for what is being sent.
    pub async fn tick(&self) {
        self.steer("POST", "/_tick", &json!({})).await;
    }

    /// Sets a fault: `{"operation", "kind", "times"}` and what the kind takes.
    pub async fn fault(&self, fault: Value) {
        self.steer("POST", "/_faults", &fault).await;
    }

    /// Loses every webhook from now on.
    pub async fn lose_webhooks(&self) {
        self.fault(json!({"operation": "webhook", "kind": "lost", "times": 0})).await;
    }

    pub async fn set_search_lag(&self, milliseconds: u64) {
        self.steer("PUT", "/_config/search", &json!({"lag_ms": milliseconds})).await;
    }

    pub async fn clear_faults(&self) {
        self.steer("DELETE", "/_faults", &json!({})).await;
    }

    /// Does to a payment what only its gateway or its payer can.
    pub async fn act(&self, payment: &str, action: &str, with: Value) -> Value {
        self.steer("POST", &format!("/_payments/{payment}/{action}"), &with).await
    }

    pub async fn ledger(&self) -> Value {
        let answer = self.http.get(format!("{}/_ledger", self.base_url())).send().await;
        answer.expect("the simulator answers").json().await.expect("a ledger")
    }

    /// The payments that the provider knows for a booking.
    pub async fn payments(&self, reference: &str) -> Vec<Value> {
        let ledger = self.ledger().await;
        let payments = ledger["payments"].as_array().expect("payments").clone();
        payments.into_iter().filter(|payment| payment["reference"] == reference).collect()
    }

    /// How often an operation was called.
    pub async fn calls(&self, operation: &str) -> u64 {
        self.ledger().await["calls"][operation].as_u64().unwrap_or_default()
    }

    /// Gives an order and reads what comes back.
    pub async fn steer(&self, method: &str, path: &str, body: &Value) -> Value {
        let method = method.parse().expect("a method");
        let call = self.http.request(method, format!("{}{path}", self.base_url())).json(body);
        let answer = call.send().await.expect("the simulator answers");
        assert!(answer.status().is_success(), "{path} {body}: {}", answer.status());
        answer.json().await.unwrap_or_default()
    }
}
