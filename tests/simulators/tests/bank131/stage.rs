//! A simulator with a frozen clock, and the calls that every test makes.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use bellhop_simulators::Running;
use bellhop_simulators::bank131::{Config, Project, Simulator, Webhook};
use serde_json::{Value, json};

use crate::http::{Answer, Call, send};
use crate::receiver::Receiver;
pub use crate::wishes::{at_once, id, refuses, signed, stored, wish};

pub const PROJECT: &str = "a-project";
pub const SUCCESS: &str = "https://booking.example/paid";
pub const FAILURE: &str = "https://booking.example/failed";
pub const RETURN: &str = "https://booking.example/return";
pub const GOOD_CARD: &str = "4242424242424242";
pub const GET_CARD: &str = "4000000000003063";
pub const POST_CARD: &str = "4000000000003220";
pub const DECLINED_CARD: &str = "4000000000000002";
pub const UNSURE_CARD: &str = "4000000000000119";
pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// 2026-11-20T10:00:00Z.
const START: i64 = 1_795_168_800_000;

/// The simulator under test, on its own clock.
pub struct Stage {
    pub base: String,
    clock: PathBuf,
    now: AtomicI64,
    config: Config,
    running: Mutex<Option<Running>>,
}

impl Stage {
    /// A simulator whose webhooks go nowhere.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A simulator whose project was changed before the start.
    pub async fn with(change: impl FnOnce(&mut Project)) -> Self {
        Self::configured(|config| change(&mut config.project)).await
    }

    /// A simulator that tells `receiver` its events.
    pub async fn telling(receiver: &Receiver) -> Self {
        let webhook = Webhook::to(&receiver.url);
        Self::with(|project| project.webhook = Some(webhook)).await
    }

    /// A simulator whose configuration was changed before the start.
    pub async fn configured(change: impl FnOnce(&mut Config)) -> Self {
        let clock = fresh_path("clock");
        std::fs::write(&clock, format!("frozen {START}")).unwrap();
        let project = Project { name: PROJECT.to_owned(), ..Project::default() };
        let mut config = Config { port: 0, clock_file: Some(clock.clone()), data: None, project };
        change(&mut config);
        let running = Simulator::start(config.clone()).await.unwrap();
        Self {
            base: running.base_url.clone(),
            clock,
            now: AtomicI64::new(START),
            config,
            running: Mutex::new(Some(running)),
        }
    }

    /// Stops it and starts another with the same configuration.
    pub async fn restart(&mut self) {
        drop(self.running.lock().unwrap().take());
        let running = Simulator::start(self.config.clone()).await.unwrap();
        self.base.clone_from(&running.base_url);
        *self.running.lock().unwrap() = Some(running);
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

    /// A signed call of the API.
    pub async fn api(&self, path: &str, body: Value) -> Answer {
        self.try_api(path, &body.to_string(), None).await.unwrap()
    }

    /// A signed call that must work: its session.
    pub async fn session(&self, path: &str, body: Value) -> Value {
        let answer = self.api(path, body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["status"], "ok");
        answer["session"].clone()
    }

    /// A signed call, perhaps with an idempotency key, that may end without an answer.
    pub async fn try_api(&self, path: &str, body: &str, key: Option<&str>) -> Result<Answer, hyper::Error> {
        let mut headers = vec![("x-partner-project", PROJECT.to_owned()), ("x-partner-sign", signed(body))];
        headers.extend(key.map(|key| ("x-partner-idempotency-key", key.to_owned())));
        self.call_with(headers, path, body).await
    }

    /// A call of the API with these headers.
    pub async fn call_with(
        &self,
        headers: Vec<(&str, String)>,
        path: &str,
        body: &str,
    ) -> Result<Answer, hyper::Error> {
        let url = format!("{}/api/{path}", self.base);
        send(Call { method: "POST", url: &url, headers, body: body.to_owned() }).await
    }

    /// A call to the simulator's own controls.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let answer = self.plain(method, path, body).await;
        assert!(answer.status < 300, "{method} {path}: {}", answer.body);
        answer
    }

    /// The same, whatever comes of it.
    pub async fn plain(&self, method: &str, path: &str, body: Value) -> Answer {
        let url = format!("{}{path}", self.base);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(Call { method, url: &url, headers: vec![], body }).await.unwrap()
    }

    /// Does to a payment what only time, the payer or the bank does: its entry in the ledger.
    pub async fn order(&self, id: &str, action: &str, body: Value) -> Value {
        self.control("POST", &format!("/_payments/{id}/{action}"), body).await.json()
    }

    /// Asks for one fault.
    pub async fn fault(&self, operation: &str, kind: &str, more: Value) {
        let mut fault = json!({"operation": operation, "kind": kind});
        fault.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.control("POST", "/_faults", fault).await;
    }

    /// A session of 100 rubles for the widget: its id.
    pub async fn create(&self) -> String {
        id(&self.session("v2/session/create", wish(json!({}))).await)
    }

    /// A public token for a session.
    pub async fn token(&self, session: &str) -> String {
        let widget =
            json!({"session_id": session, "success_return_url": SUCCESS, "failure_return_url": FAILURE});
        let answer = self.api("v1/token", json!({"acquiring_widget": widget})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["public_token"].as_str().unwrap().to_owned()
    }

    /// A session that a payer paid with this card, without a browser; it waits for the confirmation.
    pub async fn carded(&self, card: &str) -> String {
        let id = self.create().await;
        self.token(&id).await;
        self.order(&id, "pay", json!({"card": card})).await;
        id
    }

    /// The same, confirmed.
    pub async fn confirmed(&self, card: &str) -> String {
        let id = self.carded(card).await;
        self.session("v2/session/confirm", json!({"session_id": id})).await;
        id
    }

    /// The session as the API shows it.
    pub async fn status(&self, id: &str) -> Value {
        self.session("v2/session/status", json!({"session_id": id})).await
    }

    /// The words of a session and its payment.
    pub async fn words(&self, id: &str) -> (String, String) {
        let session = self.status(id).await;
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (word(&session["status"]), word(&session["payment_list"][0]["status"]))
    }

    /// The whole ledger.
    pub async fn ledger(&self) -> Value {
        self.control("GET", "/_ledger", Value::Null).await.json()
    }

    /// The session's entry in the ledger.
    pub async fn entry(&self, id: &str) -> Value {
        let path = format!("/_ledger?session_id={id}");
        self.control("GET", &path, Value::Null).await.json()["payments"][0].clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// A path that nobody else uses.
pub fn fresh_path(what: &str) -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    std::env::temp_dir().join(format!("bank131-{what}-{}-{number}", std::process::id()))
}
