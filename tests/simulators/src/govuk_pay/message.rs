//! Webhook messages: which are made, what they say, how they are signed.
//!
//! `[code]` PROVIDERS §3.5, pay-webhooks.

use data_encoding::HEXLOWER;
use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::payment::Payment;
use super::world::World;
use crate::clock::rfc3339;
use crate::faults::Kind;
use crate::ids;

/// Where a message stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for its next attempt.
    Pending,
    /// Answered with 2xx.
    Delivered,
    /// Six attempts failed.
    GivenUp,
    /// A fault: never sent.
    Lost,
    /// A fault: kept until the faults are cleared.
    Held,
    /// A fault: waits for the next message about the same payment.
    Overtaken,
    /// The account has no callback address.
    NotConfigured,
}

/// A message and its attempts.
#[derive(Clone, Deserialize, Serialize)]
pub struct Message {
    pub id: String,
    pub payment: usize,
    pub event: String,
    pub created: i64,
    /// The text that is signed and sent: a snapshot of when the message was built, not of the event.
    pub body: Option<String>,
    pub standing: Standing,
    pub due: i64,
    /// Messages about one payment leave in this order.
    pub order: usize,
    pub attempts: Vec<Value>,
    pub fault: Option<Kind>,
    /// The signature as last sent.
    pub signature: String,
}

/// `[code]` §3.5 `WebhookMessageSignatureGenerator.java`: lower-case hex of HMAC-SHA256 over the raw body.
pub fn sign(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    HEXLOWER.encode(hmac::sign(&key, body).as_ref())
}

impl World {
    /// Makes the message of an event, or what a fault makes of it.
    pub fn emit(&mut self, at: usize, event: &str, now: i64) {
        let fault = self.faults.take("webhook", |kind| kind != Kind::Early).map(|fault| fault.kind);
        if fault == Some(Kind::Forged) {
            self.forge(at, now);
        }
        let mut message = self.message(at, event, now);
        message.fault = fault.filter(|kind| *kind != Kind::Forged);
        if message.standing == Standing::Pending {
            message.standing = match fault {
                Some(Kind::Lost) => Standing::Lost,
                Some(Kind::Held) => Standing::Held,
                Some(Kind::Reordered) => Standing::Overtaken,
                _ => Standing::Pending,
            };
        }
        if message.standing == Standing::Held {
            message.body = self.build(&message);
        }
        self.post(message, now);
    }

    fn post(&mut self, message: Message, now: i64) {
        let overtakes = message.standing == Standing::Pending;
        let payment = message.payment;
        let twin = match message.fault {
            Some(Kind::Doubled) => Some(message.clone()),
            Some(Kind::DoubledNewId) => Some(Message { id: ids::short(), ..message.clone() }),
            _ => None,
        };
        for message in [Some(message), twin].into_iter().flatten() {
            let order = self.messages.len();
            self.messages.push(Message { order, ..message });
        }
        if overtakes {
            self.release(now, |message| {
                message.payment == payment && message.standing == Standing::Overtaken
            });
        }
    }

    /// Sends a message that claims success under a wrong signature.
    pub fn forge(&mut self, at: usize, now: i64) {
        let mut message = self.message(at, "card_payment_succeeded", now);
        message.fault = Some(Kind::Forged);
        let genuine = self.build(&message).unwrap_or_default();
        let mut body: Value = serde_json::from_str(&genuine).unwrap_or_default();
        if let Some(state) = body.pointer_mut("/resource/state") {
            *state = json!({"status": "success", "finished": true});
        }
        message.body = Some(body.to_string());
        self.post(message, now);
    }

    /// Lets go of the messages that faults keep.
    pub fn release_kept(&mut self, now: i64) {
        self.release(now, |message| matches!(message.standing, Standing::Held | Standing::Overtaken));
    }

    fn release(&mut self, now: i64, which: impl Fn(&Message) -> bool) {
        let last = self.messages.len();
        let kept = self.messages.iter_mut().filter(|message| which(message));
        for (place, message) in kept.enumerate() {
            message.standing = Standing::Pending;
            message.due = now;
            message.order = last + place;
        }
    }

    fn message(&self, at: usize, event: &str, now: i64) -> Message {
        let account = self.payments.get(at).map(|payment| self.account(payment.account));
        let configured = account.is_some_and(|account| account.webhook.is_some());
        Message {
            id: ids::short(),
            payment: at,
            event: event.to_owned(),
            created: now,
            body: None,
            standing: if configured { Standing::Pending } else { Standing::NotConfigured },
            due: now,
            order: 0,
            attempts: Vec::new(),
            fault: None,
            signature: String::new(),
        }
    }

    /// The body as it would be built now.
    pub fn build(&self, message: &Message) -> Option<String> {
        let payment = self.payments.get(message.payment)?;
        let body = json!({
            "webhook_message_id": message.id,
            "created_date": rfc3339(message.created),
            "resource_id": payment.id,
            "api_version": 1,
            "resource_type": "payment",
            "event_type": message.event,
            "resource": self.resource(payment),
        });
        Some(body.to_string())
    }

    /// The payment as webhooks show it: the v2 words, no links.
    fn resource(&self, payment: &Payment) -> Value {
        let mut resource = self.shown(payment, None);
        if let Some(fields) = resource.as_object_mut() {
            fields.remove("_links");
            fields.insert("state".to_owned(), payment.state.shown_in_webhook());
        }
        resource
    }
}
