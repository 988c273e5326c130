//! The simulator's own book: what really happened, for tests to judge by.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::payment::Payment;
use super::session::{PublicToken, Session};
use super::wire::written;
use super::world::{App, World};
use crate::clock::rfc3339;

type Narrowing = HashMap<String, String>;

/// `GET /_ledger`, narrowed by `reference`, `session_id` or `payment_id`.
pub async fn ledger(State(app): State<Arc<App>>, Query(narrowing): Query<Narrowing>) -> Json<Value> {
    Json(app.step(|world, now| world.book(&narrowing, now)))
}

fn is_kept(session: &Session, narrowing: &Narrowing) -> bool {
    let is = |name: &str, value: Option<&str>| narrowing.get(name).is_none_or(|wanted| value == Some(wanted));
    is("reference", session.reference())
        && is("session_id", Some(&session.id))
        && is("payment_id", session.payment.as_ref().map(|payment| payment.id.as_str()))
}

impl World {
    fn book(&self, narrowing: &Narrowing, now: i64) -> Value {
        let sessions: Vec<&Session> = self.sessions.iter().filter(|one| is_kept(one, narrowing)).collect();
        let is_about = |at: usize| self.sessions.get(at).is_some_and(|session| is_kept(session, narrowing));
        let letters = self.letters.iter().filter(|letter| is_about(letter.about));
        let letters = letters.map(|letter| {
            let mut shown = letter.shown();
            shown["session_id"] = json!(self.sessions.get(letter.about).map(|session| &session.id));
            shown
        });
        let money = |of: fn(&Payment) -> i64| -> i64 {
            sessions.iter().filter_map(|session| session.payment.as_ref()).map(of).sum()
        };
        let count = |of: fn(&Session) -> u32| -> u32 { sessions.iter().map(|session| of(session)).sum() };
        let used_keys = self.used_keys.iter();
        json!({
            "now": rfc3339(now),
            "payable_now": sessions.iter().filter(|session| session.is_payable(now)).count(),
            "authorized_total": money(|payment| payment.authorized),
            "captured_total": money(|payment| payment.captured),
            "refunded_total": money(Payment::refunded),
            "confirms": count(|session| session.confirms),
            "cancels": count(|session| session.cancels),
            "captures": count(|session| session.captures),
            "payments": sessions.iter().map(|session| self.entry(session, now)).collect::<Vec<_>>(),
            "webhooks": letters.collect::<Vec<_>>(),
            "idempotency_keys": used_keys.map(|used| json!(used)).collect::<Vec<_>>(),
            "calls": self.calls.counts(),
            "call_log": self.calls.listed(),
            "faults": self.faults,
        })
    }

    /// A session with its payment in the book. Amounts are minor units; a card's number is not kept.
    pub fn entry(&self, session: &Session, now: i64) -> Value {
        let wish = &session.wish;
        let payment = session.payment.as_ref();
        let wanted = wish.amount_details.as_ref();
        json!({
            "session_id": session.id,
            "payment_id": payment.map(|payment| &payment.id),
            "account": self.config.project.name,
            "version": session.version,
            "reference": session.reference(),
            "metadata": wish.metadata,
            "amount": wanted.map(|money| money.amount),
            "currency": wanted.map(|money| &money.currency),
            "payment_amount": payment.map(|payment| payment.money.amount),
            "payment_currency": payment.map(|payment| &payment.money.currency),
            "payment_reference": payment.map(|payment| &payment.reference),
            "return_url": wish.return_url(),
            "status": session.status,
            "payment_status": payment.map(|payment| payment.status),
            "stage": session.stage,
            "next_action": session.stage.next_action(),
            "deadline": session.deadline.map(rfc3339),
            "code": session.error.as_ref().map(|error| &error.code),
            "payable": session.is_payable(now),
            "method": payment.map(|payment| payment.method.shown()),
            "authorized": payment.map_or(0, |payment| payment.authorized),
            "captured": payment.map_or(0, |payment| payment.captured),
            "released": payment.map_or(0, |payment| payment.released),
            "refunded": payment.map_or(0, Payment::refunded),
            "refunds": payment.map(|payment| json!(payment.refunds)).unwrap_or(json!([])),
            "confirms": session.confirms,
            "cancels": session.cancels,
            "captures": session.captures,
            "idempotency_key": session.idempotency_key,
            "created_at": written(session.created),
            "updated_at": written(session.updated),
            "tokens": session.tokens.iter().map(token).collect::<Vec<_>>(),
            "history": session.history,
        })
    }
}

fn token(token: &PublicToken) -> Value {
    json!({
        "token": token.value,
        "issued_at": rfc3339(token.issued),
        "expires_at": rfc3339(token.expires()),
        "used": token.used,
        "success_return_url": token.widget.success_return_url,
        "failure_return_url": token.widget.failure_return_url,
    })
}
