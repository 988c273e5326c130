//! The simulator's own book: what really happened, for tests to judge by.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::message::{Message, Standing};
use super::payment::{Payment, Token};
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
        let wanted = |name: &str, value: &str| filter.get(name).is_none_or(|wanted| wanted == value);
        let kept = |payment: &Payment| {
            wanted("reference", &payment.wish.reference) && wanted("payment_id", &payment.id)
        };
        let payments: Vec<&Payment> = self.payments.iter().filter(|payment| kept(payment)).collect();
        let messages =
            self.messages.iter().filter(|message| self.payments.get(message.payment).is_some_and(kept));
        let (calls, call_log) = self.calls.shown();
        json!({
            "now": rfc3339(now),
            "payable_now": payments.iter().filter(|payment| payment.state.payable()).count(),
            "captured_total": payments.iter().map(|payment| payment.captured).sum::<i64>(),
            "payments": payments.iter().map(|payment| self.entry(payment)).collect::<Vec<_>>(),
            "webhooks": messages.map(|message| self.letter(message)).collect::<Vec<_>>(),
            "calls": calls,
            "call_log": call_log,
            "faults": self.faults,
        })
    }

    /// A payment in the book.
    pub fn entry(&self, payment: &Payment) -> Value {
        let wish = &payment.wish;
        json!({
            "payment_id": payment.id,
            "account": self.account(payment.account).id,
            "reference": wish.reference,
            "amount": wish.amount,
            "return_url": wish.return_url,
            "metadata": wish.metadata,
            "status": payment.state.status(),
            "finished": payment.state.finished(),
            "code": payment.state.reason().map(|(code, _)| code),
            "payable": payment.state.payable(),
            "authorized": payment.authorized,
            "captured": payment.captured,
            "refunded": payment.refunded(),
            "refunds": payment.refunds.iter().map(|refund| self.refund_shown(payment, refund)).collect::<Vec<_>>(),
            "created_at": rfc3339(payment.created),
            "updated_at": rfc3339(payment.updated),
            "times_opened": payment.times_opened(),
            "tokens": payment.tokens.iter().map(token).collect::<Vec<_>>(),
            "history": payment.history(),
        })
    }

    fn letter(&self, message: &Message) -> Value {
        let payment = self.payments.get(message.payment);
        json!({
            "webhook_message_id": message.id,
            "payment_id": payment.map(|payment| &payment.id),
            "event_type": message.event,
            "created_at": rfc3339(message.created),
            "standing": standing(message.standing),
            "next_attempt_at": (message.standing == Standing::Pending).then(|| rfc3339(message.due)),
            "fault": message.fault,
            "signature": message.signature,
            "body": message.body,
            "attempts": message.attempts,
        })
    }
}

fn token(token: &Token) -> Value {
    let opened = |(at, outcome): &(i64, String)| json!({"at": rfc3339(*at), "outcome": outcome});
    json!({
        "token": token.value,
        "issued_at": rfc3339(token.issued),
        "opened": token.opened.iter().map(opened).collect::<Vec<_>>(),
    })
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "pending",
        Standing::Delivered => "delivered",
        Standing::GivenUp => "given_up",
        Standing::Lost => "lost",
        Standing::Held => "held",
        Standing::Overtaken => "waiting_for_next",
        Standing::NotConfigured => "not_configured",
    }
}
