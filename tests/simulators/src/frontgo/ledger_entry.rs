//! One reservation in the book. The names are those of the other simulators where they mean the same.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::reservation::{Refund, Reservation, Source, Taking};
use super::world::World;
use crate::clock::rfc3339;

impl World {
    /// A reservation in the book.
    pub fn entry(&self, reservation: &Reservation, now: i64) -> Value {
        let wish = &reservation.wish;
        let visit =
            |(at, outcome): &(i64, Cow<'static, str>)| json!({"at": rfc3339(*at), "outcome": outcome});
        json!({
            "payment_id": reservation.uuid,
            "customer_id": reservation.customer,
            "account": self.config.account,
            "reference": wish.reference,
            "customer_reference": wish.customer_reference,
            "amount": wish.grand_total,
            "via": wish.via,
            "method": reservation.method,
            "page_url": self.page_url(reservation),
            "return_url": wish.success,
            "failure_url": wish.failure,
            "callback_url": wish.callback_url,
            "status": reservation.state.word(),
            "finished": reservation.state.finished(),
            "payable": reservation.payable(now),
            "authorized": reservation.held,
            "captured": reservation.taken(Source::Captured),
            "charged": reservation.taken(Source::Charged),
            "refunded": reservation.refunded(),
            "takings": reservation.takings.iter().map(taking).collect::<Vec<_>>(),
            "refunds": reservation.refunds.iter().map(refund).collect::<Vec<_>>(),
            "created_at": rfc3339(reservation.created),
            "updated_at": rfc3339(reservation.updated),
            "due_at": rfc3339(wish.due),
            "times_opened": reservation.visits.len(),
            "visits": reservation.visits.iter().map(visit).collect::<Vec<_>>(),
            "history": reservation.history,
        })
    }
}

fn taking(taking: &Taking) -> Value {
    json!({
        "id": taking.uuid,
        "source": taking.source.word(),
        "at": rfc3339(taking.at),
        "amount": taking.amount,
    })
}

fn refund(refund: &Refund) -> Value {
    json!({
        "reference": refund.reference,
        "source": refund.source.word(),
        "at": rfc3339(refund.at),
        "amount": refund.amount,
        "standing": refund.standing,
    })
}
