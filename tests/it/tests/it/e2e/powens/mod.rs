//! Powens Pay, from the create to what the booking site reads.

mod accepted;
mod browsing;
mod endings;
mod old_domain;
mod orders;
mod page;
mod secrecy;
mod tokens;
mod trust;

use super::simulator::Simulator;
use super::world::{SITE, World};
use bellhop_simulators::powens::{self, Config, Domain, Webhook};
use reqwest::Response;
use serde_json::{Value, json};
use std::time::Duration;

/// What the simulator signs its webhooks with.
const HOOK_SECRET: &str = "powens_webhook_test_secret";

/// A world whose merchant has an account at Powens.
struct AtPowens {
    world: World,
    powens: Simulator,
}

impl AtPowens {
    async fn start() -> Self {
        Self::with(json!({})).await
    }

    /// With settings besides the address; `{powens}` in them is where the simulator answers.
    async fn with(more: Value) -> Self {
        let world = World::start().await;
        let (domain, clock_file) = (domain(world.stack.api_url()), Some(world.clock_file()));
        let running = powens::Simulator::start(Config { clock_file, domain, ..Config::default() }).await;
        let powens = Simulator::of(running.expect("the simulator starts"), world.http.clone());
        world.add_secret("powens", secret());
        let mut settings = json!({"base_url": format!("{}/2.0", powens.base_url())});
        let more = more.to_string().replace("{powens}", powens.base_url());
        let more: Value = serde_json::from_str(&more).expect("JSON");
        settings.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        world.add_account_with("powens/harbour", settings, "powens").await;
        Self { world, powens }
    }

    async fn create(&self, booking: &Value) -> Response {
        self.world.ask(booking).await
    }

    /// Opens a session and expects it to be there.
    async fn open(&self, booking: &Value) -> Value {
        self.world.opened(booking).await
    }

    /// Opens the payer's link; where it leads.
    async fn visit(&self, session: &Value) -> String {
        let url = session["pay_url"].as_str().expect("a pay_url");
        let answer = self.world.http.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        answer.headers()["location"].to_str().expect("text").to_owned()
    }

    /// A payer opens the link and agrees, at the bank of this uuid or at the test bank.
    async fn pay(&self, session: &Value, bank: Option<&str>) {
        self.visit(session).await;
        self.act(session, "pay", json!({"connector": bank})).await;
    }

    /// Does to the session's payment what only time, its payer or its bank can.
    async fn act(&self, session: &Value, action: &str, with: Value) {
        self.powens.act(id(session), action, with).await;
    }

    /// The session's payment in Powens' own book.
    async fn payment(&self, session: &Value) -> Value {
        let ledger = self.powens.ledger().await;
        let mut payments = ledger["payments"].as_array().expect("payments").iter();
        payments.find(|payment| payment["payment_id"] == id(session)).expect("the payment").clone()
    }

    /// The address that the payer comes back to, with what Powens adds to it.
    async fn way_back(&self, session: &Value, more: &str) -> String {
        let payment = self.payment(session).await;
        let (url, state) = (&payment["return_url"], &payment["client_state"]);
        format!("{}?state={}{more}", url.as_str().expect("a URL"), state.as_str().expect("a state"))
    }

    /// What the payer sees at an address of ours.
    async fn see(&self, url: &str) -> String {
        let answer = self.world.http.get(url).send().await.expect("an answer");
        answer.text().await.expect("a page")
    }

    /// Sends what is to be sent, and lets the queue run empty.
    async fn rest(&self) {
        self.powens.tick().await;
        self.world.stack.settle().await.expect("the stack comes to rest");
    }

    /// Moves the clock and lets Powens do what became due; the schedule does not run.
    async fn wait(&self, seconds: u64) {
        self.world.stack.advance(Duration::from_secs(seconds)).await.expect("the clock moves");
        self.rest().await;
    }

    /// The same, and the schedule runs once.
    async fn pass(&self, minutes: u64) {
        self.wait(minutes * 60).await;
        self.world.stack.fire_schedule("reconcile").await.expect("reconcile runs");
        self.rest().await;
    }

    /// Changes settings of the domain.
    async fn set_domain(&self, settings: Value) {
        self.powens.steer("PUT", "/_config/domain", &settings).await;
    }

    async fn status(&self, session: &Value) -> String {
        self.world.session(session).await["status"].as_str().expect("a status").to_owned()
    }

    /// What made us look when the last event was written.
    async fn last_cause(&self, session: &Value) -> String {
        let read = self.world.session(session).await;
        let last = read["events"].as_array().expect("events").last().expect("an event").clone();
        last["cause"].as_str().expect("a cause").to_owned()
    }

    async fn stop(self) {
        self.world.stop().await;
    }
}

/// A booking paid by a person with an instant transfer. A label that begins with `done - ` is done as
/// soon as the payer agrees; any other is pending for 15 seconds first.
fn booking(reference: &str) -> Value {
    json!({
        "provider": "powens",
        "amount": {"value": 14_500, "currency": "EUR"},
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "options": {"powens": {
            "execution_date_type": "instant",
            "beneficiary": {"scheme_name": "iban", "identification": "FR14 2004 1010 0505 0001 3M02 606",
                "label": "Harbour Hotel"},
            "beneficiary_identity": company("Harbour Hotel"),
            "payer_identity": {"kind": "individual", "first_name": "Germaine", "last_name": "Michu",
                "birth_date": "1963-01-01", "birth_city": "Paris", "birth_country": "FR",
                "nationality": "French"},
        }},
    })
}

/// A booking whose transfer is done at once.
fn booking_done_at_once(reference: &str) -> Value {
    let mut booking = booking(reference);
    booking["description"] = json!("done - Two nights");
    booking
}

fn company(name: &str) -> Value {
    json!({"kind": "corporate", "org_name": name, "org_legal_status": "SARL", "scheme_name": "siren",
        "identification": "012345678"})
}

/// The id of the session's newest payment.
fn id(session: &Value) -> &str {
    session["attempt"]["provider_payment_id"].as_str().expect("an id")
}

/// A domain that knows our landing and tells us what happens.
fn domain(api: &str) -> Domain {
    let (url, secret) = (format!("{api}/webhooks/powens/harbour"), HOOK_SECRET.to_owned());
    let webhook = Some(Webhook { url, secret, signed_path: None });
    Domain { webhook, redirect_uris: vec![format!("{api}/return")], ..Domain::default() }
}

/// The account's secret.
fn secret() -> Value {
    let Domain { client_id, client_secret, .. } = Domain::default();
    json!({"client_id": client_id, "client_secret": client_secret, "webhook_secrets": [HOOK_SECRET]})
}
