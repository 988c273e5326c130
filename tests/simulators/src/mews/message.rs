//! General Webhooks: which are made and what they say. `[doc]` CO/events/wh-general.md, wh-faq.md.
//!
//! A message has many events, each the id of a payment that was created or changed; it has no id and no signature.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::world::World;
use crate::faults::Kind;
use crate::ids;

/// A creation or change of a payment that is still to be told.
#[derive(Clone, Deserialize, Serialize)]
pub struct Event {
    pub payment: String,
    pub group: usize,
    pub due: i64,
}

/// Where a message stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for its next attempt.
    Pending,
    /// Answered with 2xx.
    Delivered,
    /// Discarded after repeated attempts.
    Discarded,
    /// A fault: never sent.
    Lost,
    /// A fault: kept until the faults are cleared.
    Held,
    /// A fault: waits for the next message.
    WaitingForNext,
    /// The integration has no address.
    NotConfigured,
}

/// A message and its attempts.
#[derive(Clone, Deserialize, Serialize)]
pub struct Message {
    /// The payments of ours that it tells of.
    pub payments: Vec<String>,
    pub created: i64,
    /// The text that is sent, the same at each attempt.
    pub body: String,
    pub standing: Standing,
    pub due: i64,
    /// Messages leave in this order.
    pub order: usize,
    pub attempts: Vec<Value>,
    pub fault: Option<Kind>,
}

impl World {
    /// Notes that a payment was created or changed.
    pub fn tell(&mut self, group: usize, payment: &str, now: i64) {
        let lag = self.config.property.webhook.as_ref().map_or(0, |webhook| webhook.lag_ms);
        self.book.events.push(Event { payment: payment.to_owned(), group, due: now + lag });
    }

    /// Puts the events that are due into messages, those of one time together. A fault spoils one message.
    pub fn roll(&mut self, now: i64) {
        let is_due = |event: &Event| event.due <= now;
        if !self.book.events.iter().any(is_due) {
            return;
        }
        let most = self.config.property.webhook.as_ref().map_or(1, |webhook| webhook.most_events.max(1));
        let (due, later): (Vec<Event>, Vec<Event>) = self.book.events.drain(..).partition(is_due);
        self.book.events = later;
        for events in due.chunks(most) {
            let fault = self.faults.take("webhook", |kind| kind != Kind::Early).map(|fault| fault.kind);
            if fault == Some(Kind::Forged) {
                events.first().iter().for_each(|event| self.forge(&event.payment, now));
            }
            self.post(events, fault.filter(|kind| *kind != Kind::Forged), now);
        }
    }

    fn post(&mut self, events: &[Event], fault: Option<Kind>, now: i64) {
        let standing = match fault {
            _ if self.config.property.webhook.is_none() => Standing::NotConfigured,
            Some(Kind::Lost) => Standing::Lost,
            Some(Kind::Held) => Standing::Held,
            Some(Kind::Reordered) => Standing::WaitingForNext,
            _ => Standing::Pending,
        };
        let group = events.first().map(|event| event.group);
        let payments: Vec<String> = events.iter().map(|event| event.payment.clone()).collect();
        let body = self.body(&payments, group);
        if fault == Some(Kind::Doubled) {
            self.push((payments.clone(), body.clone()), (standing, fault), now);
        }
        self.push((payments, body), (standing, fault), now);
        if standing == Standing::Pending {
            self.release(now, |message| message.standing == Standing::WaitingForNext);
        }
    }

    fn push(
        &mut self,
        (payments, body): (Vec<String>, String),
        (standing, fault): (Standing, Option<Kind>),
        now: i64,
    ) {
        let order = self.book.messages.len();
        let attempts = Vec::new();
        self.book.messages.push(Message {
            payments,
            created: now,
            body,
            standing,
            due: now,
            order,
            attempts,
            fault,
        });
    }

    /// Sends a message to an address with another token than the secret one.
    pub fn forge(&mut self, payment: &str, now: i64) {
        if self.config.property.webhook.is_some() {
            let body = self.body(&[payment.to_owned()], None);
            self.push((vec![payment.to_owned()], body), (Standing::Pending, Some(Kind::Forged)), now);
        }
    }

    /// Lets go of the messages that faults keep.
    pub fn release_kept(&mut self, now: i64) {
        self.release(now, |message| matches!(message.standing, Standing::Held | Standing::WaitingForNext));
    }

    fn release(&mut self, now: i64, which: impl Fn(&Message) -> bool) {
        if !self.book.messages.iter().any(&which) {
            return;
        }
        let last = self.book.messages.len();
        for (place, message) in self.book.messages.iter_mut().filter(|message| which(message)).enumerate() {
            message.standing = Standing::Pending;
            message.due = now;
            message.order = last + place;
        }
    }

    /// `[doc]` wh-general.md, request body. Ids of other business of the property come first and last.
    fn body(&self, payments: &[String], group: Option<usize>) -> String {
        let webhook = self.config.property.webhook.clone().unwrap_or_default();
        let mut told: Vec<(&str, String)> = Vec::new();
        let foreign = |number: usize| (0..number).map(|_| ("PaymentUpdated", ids::dashed()));
        told.extend(foreign(webhook.foreign_payments.div_ceil(2)));
        if webhook.other_events {
            let booked =
                group.and_then(|at| self.book.groups.get(at)).and_then(|group| group.reservations.first());
            told.push(("CustomerUpdated", ids::dashed()));
            told.push(("ServiceOrderUpdated", booked.map_or_else(ids::dashed, |one| one.id.clone())));
        }
        told.extend(payments.iter().map(|id| ("PaymentUpdated", id.clone())));
        told.extend(foreign(webhook.foreign_payments / 2));
        let event = |(kind, id): (&str, String)| json!({"Discriminator": kind, "Value": {"Id": id}});
        let body = json!({
            "EnterpriseId": self.config.property.hotel_id,
            "IntegrationId": webhook.integration_id,
            "Events": told.into_iter().map(event).collect::<Vec<_>>(),
        });
        body.to_string()
    }
}
