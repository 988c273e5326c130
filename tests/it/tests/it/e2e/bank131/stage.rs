//! A service whose merchant has an account at Bank 131, and the merchant's own way to the bank.

use crate::e2e::simulator::Simulator;
use crate::e2e::world::{SITE, World};
use bellhop_domain::account::{Account, AccountRef, Mode};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::{Provider, ProviderPaymentId};
use bellhop_providers::ProviderSet;
use bellhop_providers::http::HttpClient;
use bellhop_simulators::bank131::{self, Config, Project, TEST_ONLY_PARTNER_PRIVATE_KEY, Webhook};
use reqwest::{Response, Url};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The service and the bank.
pub struct AtBank {
    pub world: World,
    pub bank: Simulator,
    settings: Value,
}

impl AtBank {
    pub async fn start() -> Self {
        Self::with(json!({}), Project::default()).await
    }

    /// With settings of the account besides, and a project that the bank has set up so.
    pub async fn with(more: Value, project: Project) -> Self {
        let world = World::start().await;
        let hook = Some(Webhook::to(&format!("{}/webhooks/bank131/harbour", world.stack.api_url())));
        let project = Project { webhook: project.webhook.clone().or(hook), ..project };
        let public = project.bank_public_key().expect("the bank's key");
        let config = Config { clock_file: Some(world.clock_file()), project, ..Config::default() };
        let running = bank131::Simulator::start(config).await.expect("the simulator starts");
        let bank = Simulator::of(running, world.http.clone());
        let secret = json!({"private_key": TEST_ONLY_PARTNER_PRIVATE_KEY, "bank_public_keys": [public]});
        let at = Self { settings: settings(bank.base_url(), more), world, bank };
        at.set_secret(secret);
        let directory = crate::e2e::world::directory(&at.world.stack);
        let added = bellhop_domain::store::Directory::add_account(&directory, &at.account()).await;
        assert!(added.expect("the table answers"));
        at
    }

    /// Where the project holds, and the account knows of it.
    pub async fn holding() -> Self {
        Self::with(json!({"holds": true}), Project { hold: true, ..Project::default() }).await
    }

    /// Lays the account's secret beside those that are there already.
    pub fn set_secret(&self, secret: Value) {
        let file = self.world.clock_file().with_file_name("secrets.json");
        let all = std::fs::read(&file).expect("the secrets");
        let mut all: Value = serde_json::from_slice(&all).expect("JSON");
        all["bellhop/test/bank131"] = secret;
        std::fs::write(file, all.to_string()).expect("the secrets can be written");
    }

    fn account(&self) -> Account {
        let Value::Object(settings) = self.settings.clone() else { unreachable!("an object") };
        let at = AccountRef::parse("bank131/harbour").expect("an account");
        let (merchant, secret_name) = (self.world.merchant, "bank131".to_owned());
        Account { at, merchant, mode: Mode::Test, settings, secret_name }
    }

    /// The adapter itself: what the merchant can do.
    pub fn provider(&self) -> Arc<dyn Provider> {
        let account = Account { merchant: MerchantId::from_bytes([1; 16]), ..self.account() };
        let public = Project::default().bank_public_key().expect("the bank's key");
        let secret = json!({"private_key": TEST_ONLY_PARTNER_PRIVATE_KEY, "bank_public_keys": [public]});
        let set = ProviderSet::new(HttpClient::new().expect("a client"));
        set.open(&account, &secret.to_string().into()).expect("an adapter")
    }

    /// Opens a session and expects it to be there.
    pub async fn open(&self, booking: &Value) -> Value {
        self.world.opened(booking).await
    }

    /// Asks for a session; its reference is the key too.
    pub async fn create(&self, booking: &Value) -> Response {
        self.world.ask(booking).await
    }

    /// Asks for a session whose create answer does not come.
    pub async fn create_unheard(&self, booking: &Value) -> Value {
        let answer = self.create(booking).await;
        assert_eq!(answer.status(), 202, "the outcome is not known");
        answer.json().await.expect("a session")
    }

    /// A payer opens the link, and gets a page of ours.
    pub async fn visit(&self, session: &Value) -> String {
        let url = session["pay_url"].as_str().expect("a pay_url");
        let answer = self.world.http.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{:?}", answer.headers().get("location"));
        answer.text().await.expect("a page")
    }

    /// A payer opens the link and types a card into the widget; nobody comes back.
    pub async fn type_card(&self, session: &Value, card: &str) {
        self.visit(session).await;
        self.act(session, "pay", json!({"card": card})).await;
    }

    /// The same with the card that works, and all of it is told.
    pub async fn pay(&self, session: &Value) {
        self.type_card(session, WORKS).await;
        self.rest().await;
    }

    /// Does to the session's payment what only time, its payer or the bank can.
    pub async fn act(&self, session: &Value, action: &str, with: Value) {
        self.bank.act(id(session), action, with).await;
    }

    /// The session as the booking site reads it.
    pub async fn read(&self, session: &Value) -> Value {
        self.world.session(session).await
    }

    pub async fn status(&self, session: &Value) -> String {
        self.read(session).await["status"].as_str().expect("a status").to_owned()
    }

    /// The only payment of a session's booking, from the ledger.
    pub async fn payment(&self, session: &Value) -> Value {
        let reference = session["reference"].as_str().expect("a reference");
        let mut all = self.bank.payments(reference).await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// Changes settings of the project.
    pub async fn set_project(&self, settings: Value) {
        self.bank.steer("PUT", "/_config/project", &settings).await;
    }

    /// Sends what is to be sent, and lets the queue run empty.
    pub async fn rest(&self) {
        self.bank.tick().await;
        self.world.stack.settle().await.expect("the stack comes to rest");
        // What a look made the bank send.
        self.bank.tick().await;
        self.world.stack.settle().await.expect("the stack comes to rest");
    }

    /// Moves the clock and lets the bank do what became due; the schedule does not run.
    pub async fn wait(&self, minutes: u64) {
        self.world.stack.advance(Duration::from_secs(minutes * 60)).await.expect("the clock moves");
        self.rest().await;
    }

    /// The same, and the schedule runs once.
    pub async fn pass(&self, minutes: u64) {
        self.wait(minutes).await;
        self.world.stack.fire_schedule("reconcile").await.expect("reconcile runs");
        self.rest().await;
    }

    pub async fn stop(self) {
        self.world.stop().await;
    }
}

/// The card that works at once.
pub const WORKS: &str = "4242424242424242";
/// `declined_by_issuer_bank`.
pub const DECLINED: &str = "4000000000000002";

/// The bank's id of a session's payment.
pub fn id(session: &Value) -> &str {
    session["attempt"]["provider_payment_id"].as_str().expect("an id")
}

pub fn payment_id(session: &Value) -> ProviderPaymentId {
    ProviderPaymentId::parse(id(session)).expect("an id")
}

/// The kinds of a session's events.
pub fn events(session: &Value) -> Vec<&str> {
    let events = session["events"].as_array().expect("events");
    events.iter().filter_map(|event| event["type"].as_str()).collect()
}

/// What made us look when the last event was written.
pub fn last_cause(session: &Value) -> &str {
    let events = session["events"].as_array().expect("events");
    events.last().expect("an event")["cause"].as_str().expect("a cause")
}

fn settings(base: &str, more: Value) -> Value {
    let file = |name: &str| Url::parse(&format!("{base}/widget/{name}")).expect("a URL").to_string();
    let mut settings = json!({
        "base_url": base, "project": Project::default().name,
        "widget_script": file("payment-form.js"), "widget_style": file("payment-form.css"),
    });
    let more = more.as_object().expect("an object").clone();
    settings.as_object_mut().expect("an object").extend(more);
    settings
}

/// A booking that is paid in the widget.
pub fn booking(reference: &str) -> Value {
    json!({
        "provider": "bank131",
        "amount": {"value": 14_500, "currency": "RUB"},
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "payer": {"email": "ada@booking.example"},
    })
}

/// The same, paid another way.
pub fn booking_by(reference: &str, options: Value) -> Value {
    let mut booking = booking(reference);
    booking["options"] = json!({"bank131": options});
    booking
}

/// Taken once, and confirmed once.
pub async fn is_paid_once(at: &AtBank, session: &Value) {
    let read = at.read(session).await;
    assert_eq!((&read["status"], &read["captured"]), (&json!("succeeded"), &json!(14_500)), "{read}");
    let ledger = at.bank.ledger().await;
    assert_eq!((&ledger["captured_total"], &ledger["confirms"]), (&json!(14_500), &json!(1)), "{ledger}");
}
