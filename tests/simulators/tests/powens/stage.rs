//! A simulator with a frozen clock, and the calls that every test makes.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use bellhop_simulators::Running;
use bellhop_simulators::powens::{Config, Domain, Simulator, Webhook};
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::receiver::Receiver;
pub use crate::wishes::{credentials, wish, wish_of};

pub const CLIENT: &str = "a-client";
pub const CLIENT_SECRET: &str = "a-client-secret";
pub const HOOK_SECRET: &str = "a-hook-secret";
pub const RETURN: &str = "https://booking.example/return/1";
pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// 2026-11-20T10:00:00Z, 11:00 in Paris.
const START: i64 = 1_795_168_800_000;

/// The simulator under test, on its own clock.
pub struct Stage {
    pub base: String,
    clock: PathBuf,
    now: AtomicI64,
    token: Mutex<String>,
    config: Config,
    running: Option<Running>,
}

impl Stage {
    /// A simulator without a rate limit, and a service token.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A simulator whose domain was changed before the start.
    pub async fn with(change: impl FnOnce(&mut Domain)) -> Self {
        Self::keeping(None, change).await
    }

    /// The same, with a data folder.
    pub async fn keeping(data: Option<PathBuf>, change: impl FnOnce(&mut Domain)) -> Self {
        let clock = fresh_path();
        let mut domain = Domain {
            client_id: CLIENT.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            per_minute: None,
            ..Domain::default()
        };
        change(&mut domain);
        std::fs::write(&clock, format!("frozen {START}")).unwrap();
        let config = Config { port: 0, clock_file: Some(clock.clone()), data, domain };
        let running = Simulator::start(config.clone()).await.unwrap();
        let stage = Self {
            base: running.base_url.clone(),
            clock,
            now: AtomicI64::new(START),
            token: Mutex::default(),
            config,
            running: Some(running),
        };
        stage.sign_in().await;
        stage
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
        let webhook =
            Webhook { url: receiver.url.clone(), secret: HOOK_SECRET.to_owned(), signed_path: None };
        Self::with(|domain| domain.webhook = Some(webhook)).await
    }

    /// Takes a new service token for the calls that follow.
    pub async fn sign_in(&self) {
        let answer = self.post_unsigned("/2.0/auth/token", &credentials(json!({}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        *self.token.lock().unwrap() = token;
    }

    /// The service token in use.
    pub fn token(&self) -> String {
        self.token.lock().unwrap().clone()
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

    /// An API call with the token in use.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Answer {
        self.try_api(method, path, &text(&body)).await.unwrap()
    }

    /// An API call that may end without an answer.
    pub async fn try_api(&self, method: &str, path: &str, body: &str) -> Result<Answer, hyper::Error> {
        self.call_as(&self.token(), (method, path), body).await
    }

    /// An API call with any token.
    pub async fn call_as(
        &self,
        token: &str,
        (method, path): (&str, &str),
        body: &str,
    ) -> Result<Answer, hyper::Error> {
        let url = format!("{}{path}", self.base);
        let headers = vec![("authorization", format!("Bearer {token}"))];
        send(Call { method, url: &url, headers, body: body.to_owned() }).await
    }

    /// A POST without a token.
    pub async fn post_unsigned(&self, path: &str, body: &Value) -> Answer {
        self.plain("POST", path, body).await
    }

    async fn plain(&self, method: &str, path: &str, body: &Value) -> Answer {
        let url = format!("{}{path}", self.base);
        send(Call { method, url: &url, headers: vec![], body: text(body) }).await.unwrap()
    }

    /// A call to the simulator's own controls.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let answer = self.plain(method, path, &body).await;
        assert!(answer.status < 300, "{method} {path}: {}", answer.body);
        answer
    }

    /// Does to a payment what only time, the payer or the bank does.
    pub async fn order(&self, id: &str, action: &str, body: Value) -> Value {
        let path = format!("/_payments/{id}/{action}");
        self.control("POST", &path, body).await.json()
    }

    /// Asks for one fault.
    pub async fn fault(&self, operation: &str, kind: &str, more: Value) {
        let mut fault = json!({"operation": operation, "kind": kind});
        fault.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.control("POST", "/_faults", fault).await;
    }

    /// Opens a payment of 50.90 euros and returns its answer.
    pub async fn create(&self) -> Value {
        self.create_with(json!({})).await
    }

    /// Opens a payment with changed fields of its instruction.
    pub async fn create_with(&self, more: Value) -> Value {
        let answer = self.api("POST", "/2.0/payments", wish(more)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// Opens a payment with this label and plays the payer, without a browser.
    pub async fn validated(&self, more: Value) -> String {
        let id = id(&self.create_with(more).await);
        self.scoped(&id).await;
        self.order(&id, "pay", json!({})).await;
        id
    }

    /// A scoped token for a payment.
    pub async fn scoped(&self, id: &str) -> String {
        let path = format!("/2.0/payments/{id}/scopedtoken");
        let answer = self.api("POST", &path, json!({"scope": ["payments:validate"]})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    /// The payment as the API shows it.
    pub async fn get(&self, id: &str) -> Value {
        let path = format!("/2.0/payments/{id}");
        self.api("GET", &path, Value::Null).await.json()
    }

    /// The word of a payment's state.
    pub async fn state(&self, id: &str) -> String {
        self.get(id).await["state"].as_str().unwrap().to_owned()
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Value {
        self.control("GET", "/_ledger", Value::Null).await.json()
    }

    /// How many payments there are.
    pub async fn payments(&self) -> usize {
        self.ledger().await["payments"].as_array().unwrap().len()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// The id of a payment's answer.
pub fn id(payment: &Value) -> String {
    payment["id"].as_u64().unwrap().to_string()
}

fn text(body: &Value) -> String {
    if body.is_null() { String::new() } else { body.to_string() }
}

fn fresh_path() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    std::env::temp_dir().join(format!("powens-clock-{}-{number}", std::process::id()))
}
