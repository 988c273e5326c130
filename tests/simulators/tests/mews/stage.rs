//! A simulator with a frozen clock, and the calls that every test makes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use bellhop_simulators::Running;
use bellhop_simulators::mews::{Config, Property, Simulator};
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::receiver::Receiver;
use crate::wishes::{CLIENT, HOTEL, laid_over, wish};

pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// 2026-11-20T10:00:00Z.
const START: i64 = 1_795_168_800_000;

/// The simulator under test, on its own clock.
pub struct Stage {
    pub base: String,
    clock: PathBuf,
    now: AtomicI64,
    config: Config,
    running: Option<Running>,
}

impl Stage {
    /// A simulator with the ordinary property.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A simulator whose property was changed before the start.
    pub async fn with(change: impl FnOnce(&mut Property)) -> Self {
        let mut config = Config::default();
        change(&mut config.property);
        Self::of(config).await
    }

    /// A simulator that tells `receiver` its events.
    pub async fn telling(receiver: &Receiver) -> Self {
        Self::with(|property| property.webhook = Some(receiver.webhook())).await
    }

    /// A simulator with this configuration.
    pub async fn of(mut config: Config) -> Self {
        let clock = fresh_path();
        std::fs::write(&clock, format!("frozen {START}")).unwrap();
        config.clock_file = Some(clock.clone());
        config.property.clients = vec![CLIENT.to_owned()];
        let running = Simulator::start(config.clone()).await.unwrap();
        let base = running.base_url.clone();
        Self { base, clock, now: AtomicI64::new(START), config, running: Some(running) }
    }

    /// Stops the simulator and starts it again with the same data folder.
    pub async fn restart(&mut self) {
        drop(self.running.take());
        let running = Simulator::start(self.config.clone()).await.unwrap();
        self.base.clone_from(&running.base_url);
        self.running = Some(running);
    }

    /// Moves the clock and nothing else.
    pub fn pass(&self, milliseconds: i64) {
        let now = self.now.fetch_add(milliseconds, Ordering::SeqCst) + milliseconds;
        std::fs::write(&self.clock, format!("frozen {now}\n")).unwrap();
    }

    /// Moves the clock and lets the simulator do what is due.
    pub async fn pass_and_tick(&self, milliseconds: i64) {
        self.pass(milliseconds);
        self.tick().await;
    }

    /// Lets the simulator do what is due, and waits for the webhooks of it.
    pub async fn tick(&self) -> Value {
        self.control("POST", "/_tick", json!({})).await.json()
    }

    /// A JSON call that may end without an answer.
    pub async fn call(&self, method: &str, path: &str, body: &str) -> Result<Answer, hyper::Error> {
        let url = format!("{}{path}", self.base);
        let headers = vec![("content-type", "application/json".to_owned())];
        send(Call { method, url: &url, headers, body: body.to_owned() }).await
    }

    /// A call to the simulator's own controls.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let answer = self.call(method, path, &body.to_string()).await.unwrap();
        assert!(answer.status < 300, "{method} {path}: {}", answer.body);
        answer
    }

    /// Does to a payment request what only the payer, the property or a bank does.
    pub async fn order(&self, id: &str, action: &str, body: Value) -> Value {
        let path = format!("/_payments/{id}/{action}");
        self.control("POST", &path, body).await.json()
    }

    /// Asks for one fault.
    pub async fn fault(&self, operation: &str, kind: &str, more: Value) {
        let fault = laid_over(json!({"operation": operation, "kind": kind}), more);
        self.control("POST", "/_faults", fault).await;
    }

    /// Changes settings of the property.
    pub async fn set(&self, settings: Value) {
        self.control("PUT", "/_config/property", settings).await;
    }

    /// A create request as it is.
    pub async fn create(&self, body: Value) -> Answer {
        self.call("POST", "/api/distributor/v1/reservationGroups/create", &body.to_string()).await.unwrap()
    }

    /// Books two nights: the group's answer.
    pub async fn booked(&self) -> Value {
        let answer = self.create(wish(json!({}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// Books two nights: the id of the payment request.
    pub async fn requested(&self) -> String {
        text(&self.booked().await["PaymentRequestId"])
    }

    /// Books and pays.
    pub async fn paid(&self) -> String {
        let id = self.requested().await;
        self.order(&id, "pay", json!({})).await;
        id
    }

    /// A group with everything that `get` can tell, as it came.
    pub async fn get_raw(&self, group: &str, extent: Value) -> Answer {
        let body = json!({"Client": CLIENT, "HotelId": HOTEL, "ReservationGroupId": group, "Extent": extent});
        self.call("POST", "/api/distributor/v1/reservationGroups/get", &body.to_string()).await.unwrap()
    }

    /// A group with everything that `get` can tell.
    pub async fn get(&self, group: &str) -> Value {
        let answer = self.get_raw(group, json!({"PaymentRequests": true, "Payments": true})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// A Connector call with the right tokens.
    pub async fn connector(&self, path: &str, more: Value) -> Answer {
        let tokens = self.config.property.connector.clone().unwrap();
        let body = laid_over(
            json!({"ClientToken": tokens.client_token, "AccessToken": tokens.access_token, "Client": CLIENT}),
            more,
        );
        self.call("POST", &format!("/api/connector/v1/{path}"), &body.to_string()).await.unwrap()
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Value {
        self.control("GET", "/_ledger", json!({})).await.json()
    }

    /// The one payment request of the ledger.
    pub async fn only(&self) -> Value {
        let ledger = self.ledger().await;
        let entries = ledger["payments"].as_array().unwrap();
        assert_eq!(entries.len(), 1);
        entries[0].clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// The text of a JSON text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// One field of each entry of a list.
pub fn each(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| text(&entry[name])).collect()
}

/// A path of no file yet.
pub fn fresh_path() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    std::env::temp_dir().join(format!("mews-clock-{}-{number}", std::process::id()))
}
