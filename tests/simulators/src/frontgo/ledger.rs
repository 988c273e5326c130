//! The simulator's own book: what really happened, for tests to judge by. Amounts are whole øre.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::amount::Amount;
use super::message::{Message, Standing};
use super::reservation::{Reservation, Source};
use super::world::{App, World};
use crate::clock::rfc3339;

/// `GET /_ledger`, narrowed by `reference` or `payment_id`.
pub async fn ledger(
    State(app): State<Arc<App>>,
    Query(filter): Query<HashMap<String, String>>,
) -> Json<Value> {
    Json(app.step(|world, now| world.book(&filter, now)))
}

impl World {
    fn book(&self, filter: &HashMap<String, String>, now: i64) -> Value {
        let fits = |name: &str, own: Option<&str>| {
            let wanted = filter.get(name).map(String::as_str);
            wanted.is_none() || wanted == own
        };
        let kept = |reservation: &Reservation| {
            fits("payment_id", Some(&reservation.uuid))
                && fits("reference", reservation.wish.reference.as_deref())
        };
        let reservations = || self.reservations.iter().filter(|found| kept(found));
        let about_kept = |message: &&Message| self.reservations.get(message.reservation).is_some_and(kept);
        let webhooks = self.messages.iter().filter(about_kept);
        let taken = |source: Source| reservations().map(|found| found.taken(source)).sum::<Amount>();
        let refunded: Amount = reservations().map(Reservation::refunded).sum();
        json!({
            "now": rfc3339(now),
            "payable_now": reservations().filter(|found| found.payable(now)).count(),
            "captured_total": taken(Source::Captured),
            "charged_total": taken(Source::Charged),
            "refunded_total": refunded,
            "payments": reservations().map(|found| self.entry(found, now)).collect::<Vec<_>>(),
            "webhooks": webhooks.map(|message| self.letter(message)).collect::<Vec<_>>(),
            "calls": self.calls.counts,
            "call_log": self.calls.log,
            "faults": self.faults,
        })
    }

    fn letter(&self, message: &Message) -> Value {
        let reservation = self.reservations.get(message.reservation);
        let waits = message.standing == Standing::Pending;
        json!({
            "payment_id": reservation.map(|found| &found.uuid),
            "event_type": message.status,
            "amount": message.amount,
            "created_at": rfc3339(message.created),
            "standing": message.standing.word(),
            "next_attempt_at": waits.then(|| rfc3339(message.due)),
            "fault": message.fault,
            "signature": message.checksum,
            "url": message.url,
            "attempts": message.attempts,
        })
    }
}
