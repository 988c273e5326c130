//! A group, a payment request and a message in the ledger. Amounts of requests are minor units; money of payments is
//! also told as the digits that the API shows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::group::{Group, Payment, PaymentRequest, Reservation};
use super::message::{Message, Standing};
use super::money::Money;
use super::state::{Kind, PaymentState, RequestState};
use super::world::{Place, World};
use crate::clock::rfc3339;

impl World {
    /// A payment request in the book, under the names that the other simulators use for a payment.
    pub fn entry(&self, place: Place, now: i64) -> Option<Value> {
        let group = self.book.groups.get(place.group)?;
        let request = group.requests.get(place.request)?;
        let payments = group.payments.iter().filter(|payment| payment.request == request.id);
        let notes = group.reservations.first().and_then(|one| one.stay.notes.as_ref());
        let opened = |(at, back): &(i64, Option<String>)| json!({"at": rfc3339(*at), "return_url": back});
        Some(json!({
            "payment_id": request.id,
            "group_id": group.id,
            "account": self.config.property.hotel_id,
            "reference": notes,
            "amount": request.amount.minor,
            "currency": request.amount.currency,
            "return_url": request.opened.last().and_then(|(_, back)| back.as_ref()),
            "status": request.state.word(),
            "finished": request.state != RequestState::Pending,
            "payable": request.is_payable(now),
            "captured": group.charged_for(&request.id),
            "refunded": refunded(group, request),
            "expires_at": rfc3339(request.expires),
            "created_at": rfc3339(request.created),
            "updated_at": rfc3339(request.updated),
            "times_opened": request.opened.len(),
            "opened": request.opened.iter().map(opened).collect::<Vec<_>>(),
            "attempts": payments.map(payment).collect::<Vec<_>>(),
            "history": group.history(),
        }))
    }
}

impl Group {
    /// A group in the book.
    pub fn entry(&self, now: i64) -> Value {
        let charged =
            |payment: &&Payment| payment.kind == Kind::Payment && payment.state == PaymentState::Charged;
        let amounts = self.payments.iter().filter(charged).map(|payment| &payment.amount);
        let charges = self.payments.iter().filter(charged).map(|payment| &payment.charge);
        let request = |request: &PaymentRequest| {
            json!({
                "id": request.id,
                "status": request.state.word(),
                "amount": request.amount.minor,
                "payable": request.is_payable(now),
            })
        };
        json!({
            "group_id": self.id,
            "customer_id": self.customer_id,
            "email": self.customer.email,
            "created_at": rfc3339(self.created),
            "reservations": self.reservations.iter().map(reservation).collect::<Vec<_>>(),
            "requests": self.requests.iter().map(request).collect::<Vec<_>>(),
            "payments": self.payments.iter().map(payment).collect::<Vec<_>>(),
            "charged": by_currency(amounts),
            "charged_to_cards": by_currency(charges),
            "history": self.history(),
        })
    }
}

/// Sums, as the API writes them.
pub fn by_currency<'a>(amounts: impl Iterator<Item = &'a Money>) -> BTreeMap<String, String> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for amount in amounts {
        *sums.entry(&amount.currency).or_default() += amount.minor;
    }
    sums.into_iter().map(|(code, minor)| (code.to_owned(), Money::of(minor, code).digits())).collect()
}

fn refunded(group: &Group, request: &PaymentRequest) -> i64 {
    let back = |one: &&Payment| one.kind != Kind::Payment && one.state == PaymentState::Charged;
    let of_it = group.payments.iter().filter(|one| one.request == request.id);
    of_it.filter(back).map(|one| one.amount.minor).sum()
}

fn reservation(reservation: &Reservation) -> Value {
    json!({
        "id": reservation.id,
        "number": reservation.number.to_string(),
        "status": reservation.standing.word(),
        "notes": reservation.stay.notes,
        "rate": reservation.stay.rate,
        "start": rfc3339(reservation.stay.start),
        "end": rfc3339(reservation.stay.end),
        "prices": by_currency(reservation.prices.iter()),
    })
}

fn payment(payment: &Payment) -> Value {
    json!({
        "id": payment.id,
        "request": payment.request,
        "kind": payment.kind.word(),
        "status": payment.state.word(),
        "origin": payment.origin,
        "of": payment.of,
        "amount": payment.amount.minor,
        "currency": payment.amount.currency,
        "shown": payment.amount.digits(),
        "charged_as": {"currency": payment.charge.currency, "shown": payment.charge.digits()},
        "created_at": rfc3339(payment.created),
        "updated_at": rfc3339(payment.updated),
    })
}

/// A message in the book.
pub fn letter(message: &Message) -> Value {
    let waits = message.standing == Standing::Pending;
    json!({
        "payments": message.payments,
        "event_type": "PaymentUpdated",
        "created_at": rfc3339(message.created),
        "standing": message.standing,
        "next_attempt_at": waits.then(|| rfc3339(message.due)),
        "fault": message.fault,
        "body": message.body,
        "attempts": message.attempts,
    })
}
