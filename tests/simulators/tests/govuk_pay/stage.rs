//! A simulator with a frozen clock, and the calls that every test makes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use bellhop_simulators::Running;
use bellhop_simulators::govuk_pay::{Account, Config, Simulator, Webhook};
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::receiver::Receiver;

pub const KEY: &str = "api_test_key";
pub const SECRET: &str = "webhook_test_secret";
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

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
    /// A simulator with one test account.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A simulator whose configuration was changed before the start.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let clock = fresh_path();
        let account = Account { api_keys: vec![KEY.to_owned()], ..Account::default() };
        let mut config =
            Config { clock_file: Some(clock.clone()), accounts: vec![account], ..Config::default() };
        change(&mut config);
        let now = AtomicI64::new(START);
        std::fs::write(&clock, format!("frozen {START}")).unwrap();
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

    /// A simulator that tells `receiver` its events.
    pub async fn telling(receiver: &Receiver) -> Self {
        let webhook = Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() };
        Self::with(|config| config.accounts[0].webhook = Some(webhook)).await
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
        self.control("POST", "/_tick", Value::Null).await.json()
    }

    /// An API call with the good key.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Answer {
        self.try_api(method, path, body).await.unwrap()
    }

    /// An API call that may end without an answer.
    pub async fn try_api(&self, method: &str, path: &str, body: Value) -> Result<Answer, hyper::Error> {
        let url = format!("{}{path}", self.base);
        let headers =
            vec![("authorization", format!("Bearer {KEY}")), ("content-type", "application/json".to_owned())];
        send(Call { method, url: &url, headers, body: text(&body) }).await
    }

    /// A create call with these headers beside the good key.
    pub async fn post_raw(&self, more: &[(&str, &str)], body: &str) -> Answer {
        let url = format!("{}/v1/payments", self.base);
        let mut headers = vec![("authorization", format!("Bearer {KEY}"))];
        headers.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        send(Call { method: "POST", url: &url, headers, body: body.to_owned() }).await.unwrap()
    }

    /// A call to the simulator's own controls.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let url = format!("{}{path}", self.base);
        let answer = send(Call { method, url: &url, headers: vec![], body: text(&body) }).await.unwrap();
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
        answer
    }

    /// Does to a payment what only time or the gateway does.
    pub async fn order(&self, id: &str, action: &str, body: Value) -> Answer {
        self.control("POST", &format!("/_payments/{id}/{action}"), body).await
    }

    /// Asks for one fault.
    pub async fn fault(&self, operation: &str, kind: &str, more: Value) {
        let mut fault = json!({"operation": operation, "kind": kind});
        if let Some(more) = more.as_object() {
            fault.as_object_mut().unwrap().extend(more.clone());
        }
        self.control("POST", "/_faults", fault).await;
    }

    /// Opens a payment of 14500 pence and returns its answer.
    pub async fn create(&self) -> Value {
        self.create_with(json!({})).await
    }

    /// Opens a payment with changed fields.
    pub async fn create_with(&self, more: Value) -> Value {
        let answer = self.api("POST", "/v1/payments", wish(more)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// Opens a payment and plays the payer, without a browser.
    pub async fn paid(&self, more: Value) -> String {
        let id = id(&self.create_with(more).await);
        self.order(&id, "pay", json!({})).await;
        id
    }

    /// The payment as the API shows it.
    pub async fn get(&self, id: &str) -> Value {
        self.api("GET", &format!("/v1/payments/{id}"), Value::Null).await.json()
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Value {
        self.control("GET", "/_ledger", Value::Null).await.json()
    }

    /// The only payment of the ledger.
    pub async fn only_payment(&self) -> Value {
        let ledger = self.ledger().await;
        assert_eq!(ledger["payments"].as_array().unwrap().len(), 1);
        ledger["payments"][0].clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// A create request that is right, with some fields changed or, by null, taken away.
pub fn wish(more: Value) -> Value {
    let mut wish = json!({
        "amount": 14500,
        "reference": "RES-1",
        "description": "Two nights, double room",
        "return_url": "https://booking.example/return?session=1",
    });
    for (name, value) in more.as_object().unwrap() {
        wish[name] = value.clone();
    }
    wish
}

/// The id of a payment's answer.
pub fn id(payment: &Value) -> String {
    payment["payment_id"].as_str().unwrap().to_owned()
}

fn text(body: &Value) -> String {
    if body.is_null() { String::new() } else { body.to_string() }
}

/// A path in the folder for temporary files that nothing uses.
fn fresh_path() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    std::env::temp_dir().join(format!("simulator-{}-{number}", std::process::id()))
}
