//! A service whose merchant has a hotel at Mews.

use crate::e2e::accounts::adapter;
use crate::e2e::simulator::Simulator;
use crate::e2e::world::{SITE, World};
use bellhop_domain::provider::{Provider, ProviderPaymentId};
use bellhop_simulators::mews::{self, Config, Connector, Property, Rate, RoomCategory, Webhook};
use reqwest::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A card that Mews' own documentation prints for trying out.
pub const GOOD: &str = "4111111111111111";
/// A card that the simulator does not know.
pub const REFUSED: &str = "4000000000000002";
/// The simulator's card for 3-D Secure.
pub const CHALLENGED: &str = "4000000000003220";

/// The last step of our webhook address.
pub const HOOK_SECRET: &str = "mews-webhook-secret-of-the-tests";

/// A day, in minutes.
pub const DAY: u64 = 24 * 60;

/// Two nights at the default rate, in cents.
pub const TWO_NIGHTS: u64 = 92_970;

/// The service and Mews.
pub struct Stage {
    pub world: World,
    pub mews: Simulator,
    secret: Value,
}

impl Stage {
    /// With the Connector API and its webhooks.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Likewise, at a property that was changed before.
    pub async fn with(change: impl FnOnce(&mut Property)) -> Self {
        let Connector { client_token, access_token, .. } = Connector::default();
        let tokens = json!({"client_token": client_token, "access_token": access_token});
        Self::of(json!({"connector": tokens, "webhook_secrets": [HOOK_SECRET]}), change).await
    }

    /// Without the Connector API, and so without webhooks.
    pub async fn alone() -> Self {
        Self::alone_with(|_| {}).await
    }

    /// Likewise, at a property that was changed before.
    pub async fn alone_with(change: impl FnOnce(&mut Property)) -> Self {
        let secret = json!({"webhook_secrets": []});
        Self::of(secret, |property| {
            (property.connector, property.webhook) = (None, None);
            change(property);
        })
        .await
    }

    async fn of(secret: Value, change: impl FnOnce(&mut Property)) -> Self {
        let world = World::start().await;
        let hook = format!("{}/webhooks/mews/harbour/{HOOK_SECRET}", world.stack.api_url());
        let mut property = Property { webhook: Some(Webhook::at(&hook, HOOK_SECRET)), ..Property::default() };
        change(&mut property);
        let config = Config { clock_file: Some(world.clock_file()), property, ..Config::default() };
        let running = mews::Simulator::start(config).await.expect("the simulator starts");
        let mews = Simulator::of(running, world.http.clone());
        world.add_secret("mews", secret.clone());
        world.add_account_with("mews/harbour", settings(&mews), "mews").await;
        Self { world, mews, secret }
    }

    /// The adapter itself: what the merchant can do.
    pub fn provider(&self) -> Arc<dyn Provider> {
        adapter("mews/harbour", settings(&self.mews), &self.secret)
    }

    /// Opens a session for a booking and expects it to be there.
    pub async fn open(&self, reference: &str) -> Value {
        self.opened(&booking(reference)).await
    }

    /// Likewise, for any booking.
    pub async fn opened(&self, booking: &Value) -> Value {
        let answer = self.create(booking).await;
        let status = answer.status();
        let session: Value = answer.json().await.expect("JSON");
        assert_eq!(status, 201, "{session}");
        session
    }

    /// Asks for a session; its reference is the key too.
    pub async fn create(&self, booking: &Value) -> Response {
        self.world.create(booking["reference"].as_str().expect("a reference"), booking).await
    }

    /// A group that the booking site makes at Mews by itself: the payment request and the group.
    pub async fn book_there(&self) -> Value {
        let Property { hotel_id, configuration_id, clients, .. } = Property::default();
        let url = format!("{}/api/distributor/v1/reservationGroups/create", self.mews.base_url());
        let body = json!({
            "Client": clients[0], "HotelId": hotel_id, "ConfigurationId": configuration_id,
            "Customer": {"Email": "hiro@snow.com", "FirstName": "Hiro", "LastName": "Protagonist"},
            "Reservations": [{
                "RoomCategoryId": RoomCategory::default().id, "RateId": Rate::default().id,
                "StartUtc": "2027-01-10T14:00:00Z", "EndUtc": "2027-01-12T10:00:00Z",
                "AdultCount": 1, "ChildCount": 0,
            }],
        });
        let answer = self.world.http.post(url).json(&body).send().await.expect("an answer");
        let group: Value = answer.json().await.expect("a group");
        json!({"payment_request_id": group["PaymentRequestId"], "reservation_group_id": group["Id"]})
    }

    pub async fn session(&self, session: &Value) -> Value {
        self.world.session(session).await
    }

    pub async fn status(&self, session: &Value) -> String {
        self.session(session).await["status"].as_str().expect("a status").to_owned()
    }

    /// The reservation groups in the ledger: every one is a booked room.
    pub async fn groups(&self) -> Vec<Value> {
        self.mews.ledger().await["groups"].as_array().expect("groups").clone()
    }

    /// The session's payment request in the ledger.
    pub async fn request(&self, session: &Value) -> Value {
        let ledger = self.mews.ledger().await;
        let mut requests = ledger["payments"].as_array().expect("requests").iter();
        requests.find(|one| one["payment_id"] == request_id(session)).expect("the request").clone()
    }

    /// Does to the session's payment request what only its payer or the property does.
    pub async fn act(&self, session: &Value, action: &str, with: Value) {
        self.mews.act(request_id(session), action, with).await;
    }

    /// Asks again for a booking, under another key: 409 while it has a session that can be paid.
    pub async fn asked_again(&self, session: &Value, key: &str) -> u16 {
        let answer = self.world.create(key, &booking(session["reference"].as_str().expect("text"))).await;
        answer.status().as_u16()
    }

    /// Delivers what Mews has to send and lets the queue run empty.
    pub async fn rest(&self) {
        self.mews.tick().await;
        self.world.stack.settle().await.expect("the stack comes to rest");
    }

    /// Moves the clock and lets Mews do what became due; the schedule does not run.
    pub async fn wait(&self, seconds: u64) {
        self.world.stack.advance(Duration::from_secs(seconds)).await.expect("the clock moves");
        self.rest().await;
    }

    /// The same, and the schedule runs once.
    pub async fn pass(&self, minutes: u64) {
        self.wait(minutes * 60).await;
        self.world.stack.fire_schedule("reconcile").await.expect("reconcile runs");
        self.rest().await;
    }

    /// So many days, the schedule running once in each.
    pub async fn pass_days(&self, days: u64) {
        for _ in 0..days {
            self.pass(DAY).await;
        }
    }

    pub async fn stop(self) {
        self.world.stop().await;
    }
}

fn settings(mews: &Simulator) -> Value {
    let Property { hotel_id, configuration_id, clients, .. } = Property::default();
    json!({
        "base_url": mews.base_url(), "apps_url": mews.base_url(),
        "client": clients[0], "hotel_id": hotel_id, "configuration_id": configuration_id,
    })
}

/// Our id of a session's payment: `{request}.{group}`.
pub fn payment_id(session: &Value) -> ProviderPaymentId {
    let id = session["attempt"]["provider_payment_id"].as_str().expect("an id");
    ProviderPaymentId::parse(id).expect("an id")
}

/// Mews' id of a session's payment request.
pub fn request_id(session: &Value) -> &str {
    let id = session["attempt"]["provider_payment_id"].as_str().expect("an id");
    id.split_once('.').expect("two ids").0
}

/// Where the payer comes back to.
pub fn landing(session: &Value) -> String {
    session["pay_url"].as_str().expect("a pay_url").replace("/pay/", "/return/")
}

/// What made us look when the last event of a session was written, and what it tells.
pub fn last_event(session: &Value) -> (&str, &str) {
    let last = session["events"].as_array().expect("events").last().expect("an event");
    (last["type"].as_str().expect("a type"), last["cause"].as_str().expect("a cause"))
}

/// The kinds of a session's events.
pub fn events(session: &Value) -> Vec<&str> {
    let events = session["events"].as_array().expect("events");
    events.iter().filter_map(|event| event["type"].as_str()).collect()
}

/// A create request for two nights that are still to be booked.
pub fn booking(reference: &str) -> Value {
    let customer = json!({"email": "hiro@snow.com", "first_name": "Hiro", "last_name": "Protagonist"});
    with_options(reference, json!({"customer": customer, "reservations": [stay(&Rate::default())]}))
}

/// Two nights at a rate.
pub fn stay(rate: &Rate) -> Value {
    json!({
        "room_category_id": RoomCategory::default().id, "rate_id": rate.id,
        "start_utc": "2027-01-10T14:00:00Z", "end_utc": "2027-01-12T10:00:00Z",
        "adult_count": 2, "child_count": 0,
    })
}

/// A create request with these words to Mews.
pub fn with_options(reference: &str, options: Value) -> Value {
    json!({
        "provider": "mews",
        "amount": {"value": TWO_NIGHTS, "currency": "EUR"},
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "options": {"mews": options},
    })
}
