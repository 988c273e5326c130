//! A service whose merchant has an account at Front, and the merchant's own way to Front.

use crate::e2e::accounts::adapter;
use crate::e2e::simulator::Simulator;
use crate::e2e::world::{SITE, World};
use bellhop_domain::provider::{Provider, ProviderPaymentId};
use bellhop_simulators::frontgo::{self, Config};
use reqwest::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A word of the simulator's for each call of the adapter's `fetch`.
pub const DETAILS: &str = "details";

/// The service and Front.
pub struct Stage {
    pub world: World,
    pub front: Simulator,
}

impl Stage {
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    /// With a Front that behaves as `config` says.
    pub async fn with(config: Config) -> Self {
        let world = World::start().await;
        let config = Config { clock_file: Some(world.clock_file()), ..config };
        let front = frontgo::Simulator::start(config).await.expect("the simulator starts");
        let front = Simulator::of(front, world.http.clone());
        world.add_account("frontgo/harbour", front.base_url(), "front").await;
        Self { world, front }
    }

    /// The adapter itself, with these settings besides: what the merchant can do.
    pub fn provider(&self, mut settings: Value) -> Arc<dyn Provider> {
        settings["base_url"] = json!(self.front.base_url());
        let secret =
            json!({"api_key": "frontgo_simulator_token", "webhook_secrets": ["frontgo_simulator_secret"]});
        adapter("frontgo/harbour", settings, &secret)
    }

    /// Opens a session for a booking and expects it to be there.
    pub async fn open(&self, reference: &str) -> Value {
        self.opened(&booking(reference)).await
    }

    /// Likewise, where the money is to be taken as soon as the payer has paid.
    pub async fn open_automatic(&self, reference: &str) -> Value {
        let mut booking = booking(reference);
        booking["capture"] = json!("automatic");
        self.opened(&booking).await
    }

    async fn opened(&self, booking: &Value) -> Value {
        self.world.opened(booking).await
    }

    /// Asks for a session; its reference is the key too.
    pub async fn create(&self, booking: &Value) -> Response {
        self.world.ask(booking).await
    }

    pub async fn session(&self, session: &Value) -> Value {
        self.world.session(session).await
    }

    pub async fn status(&self, session: &Value) -> String {
        let read = self.session(session).await;
        read["status"].as_str().expect("a status").to_owned()
    }

    /// The only reservation of a session's booking, from the ledger.
    pub async fn reservation(&self, session: &Value) -> Value {
        let reference = session["reference"].as_str().expect("a reference");
        let mut all = self.front.payments(reference).await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// Where Front sends the payer back to.
    pub async fn landing(&self, session: &Value) -> String {
        let reservation = self.reservation(session).await;
        reservation["return_url"].as_str().expect("a return URL").to_owned()
    }

    /// The payer pays, and nobody sees it but Front.
    pub async fn pay_unseen(&self, session: &Value) {
        self.front.act(id(session), "pay", json!({})).await;
    }

    /// Takes what is held, as the merchant may by Front's own pages.
    pub async fn capture(&self, session: &Value) {
        let provider = self.provider(json!({}));
        let captures = provider.captures().expect("captures");
        captures.capture(&payment_id(session), None).await.expect("a capture");
    }

    /// Delivers what Front has to send and lets the queue run empty.
    pub async fn rest(&self) {
        self.front.tick().await;
        self.world.stack.settle().await.expect("the stack comes to rest");
    }

    /// Moves the clock, lets Front do what became due, and runs the schedule once.
    pub async fn pass(&self, minutes: u64) {
        self.world.stack.advance(Duration::from_secs(minutes * 60)).await.expect("the clock moves");
        self.rest().await;
        self.world.stack.fire_schedule("reconcile").await.expect("reconcile runs");
        self.rest().await;
    }

    pub async fn stop(self) {
        self.world.stop().await;
    }
}

/// Front's id of a session's payment.
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

/// A create request with all that Front wants to know.
pub fn booking(reference: &str) -> Value {
    json!({
        "provider": "frontgo",
        "amount": {"value": 10_000, "currency": "NOK"},
        "capture": "manual",
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "payer": {
            "name": "Ada Payer", "email": "ada@booking.example",
            "phone": {"country_code": "+47", "number": "46567468"},
            "address": {"line1": "Havnegata 1", "postcode": "0150", "city": "Oslo", "country": "NO"},
        },
    })
}
