//! A simulator with a frozen clock, and the calls that every test makes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use bellhop_simulators::Running;
use bellhop_simulators::frontgo::{Config, Simulator};
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::wish::wish;

pub const TOKEN: &str = "merchant-token";
pub const SECRET: &str = "callback-secret";
pub const BASE: &str = "/api/v1/connect/reservations";
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// 2026-11-20T10:00:00Z, in seconds.
pub const START: i64 = 1_795_168_800;

/// The simulator under test, on its own clock.
pub struct Stage {
    pub base: String,
    clock: PathBuf,
    now: AtomicI64,
    config: Config,
    running: Option<Running>,
}

impl Stage {
    /// A simulator without a limit of calls.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A simulator whose configuration was changed before the start.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("frontgo-clock-{}-{number}", std::process::id());
        let clock = std::env::temp_dir().join(name);
        let mut config = Config {
            clock_file: Some(clock.clone()),
            tokens: vec![TOKEN.to_owned()],
            callback_secret: SECRET.to_owned(),
            requests_per_window: None,
            ..Config::default()
        };
        change(&mut config);
        let now = AtomicI64::new(START * 1000);
        std::fs::write(&clock, format!("frozen {}", START * 1000)).unwrap();
        let running = Simulator::start(config.clone()).await.unwrap();
        Self { base: running.base_url.clone(), clock, now, config, running: Some(running) }
    }

    /// Stops the simulator and starts another with the same configuration, at another address.
    pub async fn restart(&mut self) {
        self.running.take().unwrap().stop();
        let running = Simulator::start(self.config.clone()).await.unwrap();
        self.base.clone_from(&running.base_url);
        self.running = Some(running);
    }

    /// Moves the clock and nothing else.
    pub fn pass(&self, milliseconds: i64) {
        let now = self.now.fetch_add(milliseconds, Ordering::SeqCst) + milliseconds;
        std::fs::write(&self.clock, format!("frozen {now}")).unwrap();
    }

    /// Moves the clock and lets the simulator do what is due.
    pub async fn pass_and_tick(&self, milliseconds: i64) {
        self.pass(milliseconds);
        self.tick().await;
    }

    /// Lets the simulator do what is due, and waits for the callbacks of it.
    pub async fn tick(&self) -> Value {
        self.control("POST", "/_tick", Value::Null).await.json()
    }

    /// A call with the good token and any body.
    pub async fn raw(&self, method: &str, path: &str, body: String) -> Result<Answer, hyper::Error> {
        let url = format!("{}{BASE}/{path}", self.base);
        let headers = good_headers();
        send(Call { method, url: &url, headers, body }).await
    }

    /// A call with the good token.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Answer {
        self.raw(method, path, text(&body)).await.unwrap()
    }

    /// A POST that must be accepted with 202; its data.
    pub async fn accepted(&self, path: &str, body: Value) -> Value {
        let answer = self.api("POST", path, body).await;
        assert_eq!(answer.status, 202, "{path}: {}", answer.body);
        answer.json()["data"].clone()
    }

    /// A call that must be refused: its status and message.
    pub async fn refused(&self, method: &str, path: &str, body: Value) -> (u16, String) {
        let answer = self.api(method, path, body).await;
        let envelope = answer.json();
        assert_eq!(envelope["status_code"], answer.status);
        (answer.status, envelope["message"].as_str().unwrap().to_owned())
    }

    /// A call to the simulator's own controls.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let url = format!("{}{path}", self.base);
        let call = Call { method, url: &url, headers: vec![], body: text(&body) };
        let answer = send(call).await.unwrap();
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
        answer
    }

    /// Does to a reservation what only the payer, time or the gateway does.
    pub async fn order(&self, uuid: &str, action: &str, body: Value) -> Value {
        let path = format!("/_payments/{uuid}/{action}");
        self.control("POST", &path, body).await.json()
    }

    /// Asks for one fault.
    pub async fn fault(&self, operation: &str, kind: &str, more: Value) {
        let mut fault = json!({"operation": operation, "kind": kind});
        fault.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.control("POST", "/_faults", fault).await;
    }

    /// Creates a reservation with changed fields; the data of the answer.
    pub async fn create_with(&self, changes: &[(&str, Value)]) -> Value {
        let answer = self.api("POST", "create", wish(changes)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["data"].clone()
    }

    /// Creates a reservation of 1000.00; its id.
    pub async fn create(&self) -> String {
        uuid(&self.create_with(&[]).await)
    }

    /// Creates a reservation and plays the payer, without a browser; its id.
    pub async fn paid(&self, changes: &[(&str, Value)]) -> String {
        let uuid = uuid(&self.create_with(changes).await);
        self.order(&uuid, "pay", json!({})).await;
        uuid
    }

    /// The details of a reservation, amounts read as floats: for what is no amount.
    pub async fn details(&self, uuid: &str) -> Value {
        let answer = self.api("GET", &format!("details/{uuid}"), Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["data"].clone()
    }

    /// The status word of a reservation.
    pub async fn status(&self, uuid: &str) -> String {
        self.details(uuid).await["status"].as_str().unwrap().to_owned()
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Value {
        self.control("GET", "/_ledger", Value::Null).await.json()
    }

    /// A reservation in the ledger.
    pub async fn entry(&self, uuid: &str) -> Value {
        let path = format!("/_ledger?payment_id={uuid}");
        let ledger = self.control("GET", &path, Value::Null).await.json();
        ledger["payments"][0].clone()
    }

    /// The last reservation of the ledger.
    pub async fn last(&self) -> Value {
        let ledger = self.ledger().await;
        ledger["payments"].as_array().unwrap().last().unwrap().clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// The headers of a call that is allowed.
pub fn good_headers() -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {TOKEN}")), ("content-type", "application/json".to_owned())]
}

/// The id in the data of a create answer.
pub fn uuid(data: &Value) -> String {
    data["reservationUuid"].as_str().unwrap().to_owned()
}

fn text(body: &Value) -> String {
    match body {
        Value::Null => String::new(),
        body => body.to_string(),
    }
}
