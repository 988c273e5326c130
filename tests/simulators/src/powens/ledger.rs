//! The simulator's own book: what really happened, for tests to judge by.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::message::Message;
use super::payment::Payment;
use super::tokens::Token;
use super::world::{App, World};
use crate::clock::rfc3339;

type Narrowing = HashMap<String, String>;

/// `GET /_ledger`, narrowed by `reference`, `client_state` or `payment_id`.
pub async fn ledger(State(app): State<Arc<App>>, Query(narrowing): Query<Narrowing>) -> Json<Value> {
    Json(app.step(|world, now| world.book(&narrowing, now)))
}

fn is_kept(payment: &Payment, narrowing: &Narrowing) -> bool {
    let is = |name: &str, value: Option<&str>| narrowing.get(name).is_none_or(|wanted| value == Some(wanted));
    let reference = payment.first().map(|first| first.reference.as_str());
    is("reference", reference)
        && is("client_state", payment.wish.state.as_deref())
        && is("payment_id", Some(&payment.id.to_string()))
}

impl World {
    fn book(&self, narrowing: &Narrowing, now: i64) -> Value {
        let payments = self.payments.iter();
        let payments: Vec<&Payment> = payments.filter(|one| is_kept(one, narrowing)).collect();
        let is_about = |message: &&Message| {
            let payment = self.payments.get(message.payment);
            payment.is_some_and(|payment| is_kept(payment, narrowing))
        };
        let letters = self.messages.iter().filter(is_about);
        let mut book = json!({
            "now": rfc3339(now),
            "payable_now": payments.iter().filter(|payment| payment.is_payable(now)).count(),
            "captured_total": payments.iter().map(|payment| payment.captured).sum::<i64>(),
            "payments": payments.iter().map(|payment| self.entry(payment, now)).collect::<Vec<_>>(),
            "webhooks": letters.map(|message| self.letter(message)).collect::<Vec<_>>(),
            "service_tokens": self.service_tokens(),
            "faults": self.faults,
        });
        if let Some(fields) = book.as_object_mut() {
            let calls = self.calls.shown();
            fields.extend(calls.map(|(name, value)| (name.to_owned(), value)));
        }
        book
    }

    /// The oldest first; never their values.
    fn service_tokens(&self) -> Vec<Value> {
        let mut tokens: Vec<&Token> = self.tokens.values().filter(|token| token.payment.is_none()).collect();
        tokens.sort_by_key(|token| token.issued);
        let shown = |token: &&Token| {
            json!({
                "issued_at": rfc3339(token.issued),
                "expires_at": rfc3339(token.expires),
                "scope": token.scopes.join(" "),
            })
        };
        tokens.iter().map(shown).collect()
    }
}
