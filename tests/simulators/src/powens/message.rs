//! Webhook messages: which are made, what they say, how they are signed. `[doc]` PROVIDERS §4.5.

use data_encoding::BASE64;
use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::wire::text_of;
use super::world::World;
use crate::faults::Kind;

/// The event of every message.
pub const EVENT: &str = "PAYMENT_STATE_UPDATED";

/// Where a message stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for its next attempt.
    Pending,
    /// Answered with 2xx.
    Delivered,
    /// A fault: never sent.
    Lost,
    /// A fault: kept until the faults are cleared.
    Held,
    /// A fault: waits for the next message about the same payment.
    Overtaken,
    /// The domain has no callback address.
    NotConfigured,
}

/// A message and its attempts.
#[derive(Clone, Deserialize, Serialize)]
pub struct Message {
    /// `id_webhook_data`.
    pub id: u64,
    pub payment: usize,
    pub created: i64,
    /// The payment as it was at the event: the bytes that are signed and sent.
    pub body: String,
    pub standing: Standing,
    pub due: i64,
    /// Messages leave in this order.
    pub order: usize,
    pub attempts: Vec<Value>,
    pub fault: Option<Kind>,
    /// Date and signature as last sent.
    pub signed: Option<(String, String)>,
}

/// `[doc]` §4.5: standard base64 of HMAC-SHA256 over `POST.path.date.body`, the secret as UTF-8 bytes.
pub fn sign(secret: &str, path: &str, date: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = format!("POST.{path}.{date}.{body}");
    BASE64.encode(hmac::sign(&key, signed.as_bytes()).as_ref())
}

/// `[doc]` §4.5: the path of the address without its host. A query is left out `[unk]`.
pub fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/");
    path.split('?').next().unwrap_or(path)
}

impl World {
    /// Makes the message of a payment as it is now, or what a fault makes of it.
    pub fn emit(&mut self, at: usize, now: i64) {
        let fault = self.faults.take("webhook", |kind| kind != Kind::Early).map(|fault| fault.kind);
        if fault == Some(Kind::Forged) {
            self.forge(at, now);
        }
        let Some(mut message) = self.message(at, &[], now) else {
            return;
        };
        message.fault = fault.filter(|kind| *kind != Kind::Forged);
        if message.standing == Standing::Pending {
            message.standing = match fault {
                Some(Kind::Lost) => Standing::Lost,
                Some(Kind::Held) => Standing::Held,
                Some(Kind::Reordered) => Standing::Overtaken,
                _ => Standing::Pending,
            };
        }
        let twin = match fault {
            Some(Kind::Doubled) => Some(message.clone()),
            Some(Kind::DoubledNewId) => self.message(at, &[], now),
            _ => None,
        };
        self.post(message, now);
        if let Some(twin) = twin {
            self.post(Message { fault, ..twin }, now);
        }
    }

    fn post(&mut self, message: Message, now: i64) {
        let overtakes = message.standing == Standing::Pending;
        let payment = message.payment;
        let order = self.messages.len();
        self.messages.push(Message { order, ..message });
        if overtakes {
            self.release(now, |message| {
                message.payment == payment && message.standing == Standing::Overtaken
            });
        }
    }

    /// Sends a message that claims success; it will leave under a wrong signature.
    pub fn forge(&mut self, at: usize, now: i64) {
        let lie = [("state", json!("done")), ("error_code", Value::Null)];
        if let Some(mut message) = self.message(at, &lie, now) {
            message.fault = Some(Kind::Forged);
            self.post(message, now);
        }
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

    /// `[doc]` §4.5: the payment, and an id of its own.
    fn message(&mut self, at: usize, lie: &[(&str, Value)], now: i64) -> Option<Message> {
        let id = self.last_message_id + 1;
        let mut body = self.shown(self.payments.get(at)?);
        let fields = body.as_object_mut()?;
        fields.insert("id_webhook_data".to_owned(), json!(id));
        fields.extend(lie.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        self.last_message_id = id;
        let standing = match self.config.domain.webhook {
            Some(_) => Standing::Pending,
            None => Standing::NotConfigured,
        };
        Some(Message {
            id,
            payment: at,
            created: now,
            body: text_of(&body),
            standing,
            due: now,
            order: 0,
            attempts: Vec::new(),
            fault: None,
            signed: None,
        })
    }
}
