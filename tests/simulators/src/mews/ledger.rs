//! The simulator's own book: what really happened, for tests to judge by.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::group::Group;
use super::ledger_entry::{by_currency, letter};
use super::message::Message;
use super::state::{Kind, PaymentState};
use super::world::{App, Place, World};
use crate::clock::rfc3339;

type Narrowing = HashMap<String, String>;

/// `GET /_ledger`, narrowed by `reference` (a part of the notes of a reservation), `payment_id` (a payment request) or
/// `group_id`.
pub async fn ledger(State(app): State<Arc<App>>, Query(narrowing): Query<Narrowing>) -> Json<Value> {
    Json(app.step(|world, now| world.ledger(&narrowing, now)))
}

fn is_kept(group: &Group, narrowing: &Narrowing) -> bool {
    let is = |name: &str, fits: &dyn Fn(&str) -> bool| narrowing.get(name).is_none_or(|wanted| fits(wanted));
    let noted = |wanted: &str| {
        let mut notes = group.reservations.iter().filter_map(|one| one.stay.notes.as_deref());
        notes.any(|notes| notes.contains(wanted))
    };
    is("reference", &noted)
        && is("payment_id", &|wanted| group.request(wanted).is_some())
        && is("group_id", &|wanted| group.id == wanted)
}

impl World {
    fn ledger(&self, narrowing: &Narrowing, now: i64) -> Value {
        let groups = self.book.groups.iter().enumerate();
        let kept: Vec<(usize, &Group)> = groups.filter(|(_, group)| is_kept(group, narrowing)).collect();
        let places = kept.iter().flat_map(|(group, found)| {
            (0..found.requests.len()).map(|request| Place { group: *group, request })
        });
        let places: Vec<Place> = places.collect();
        let payable = |place: &&Place| self.request(**place).is_some_and(|request| request.is_payable(now));
        let is_about = |message: &&Message| {
            let known = |id: &String| kept.iter().any(|(_, group)| group.payment(id).is_some());
            narrowing.is_empty() || message.payments.iter().any(known)
        };
        let letters = self.book.messages.iter().filter(is_about).map(letter);
        let charged = kept.iter().flat_map(|(_, group)| &group.payments);
        let charged = charged.filter(|one| one.kind == Kind::Payment && one.state == PaymentState::Charged);
        let mut book = json!({
            "now": rfc3339(now),
            "payable_now": places.iter().filter(payable).count(),
            "captured_total": places.iter().map(|place| self.charged(*place)).sum::<i64>(),
            "charged": by_currency(charged.map(|payment| &payment.amount)),
            "groups": kept.iter().map(|(_, group)| group.entry(now)).collect::<Vec<_>>(),
            "payments": places.iter().filter_map(|place| self.entry(*place, now)).collect::<Vec<_>>(),
            "webhooks": letters.collect::<Vec<_>>(),
            "events_waiting": self.book.events.len(),
            "faults": self.faults,
        });
        let calls = self.calls.shown().into_iter().chain(self.rate.shown());
        if let Some(fields) = book.as_object_mut() {
            fields.extend(calls.map(|(name, value)| (name.to_owned(), value)));
        }
        book
    }
}
