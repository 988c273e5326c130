//! A payment and a message in the ledger.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::flow::USE_CASES;
use super::message::{EVENT, Message, Standing};
use super::payment::{Payment, ScopedToken};
use super::world::World;
use crate::clock::rfc3339;

impl World {
    /// A payment in the book. Amounts are minor units, but for `amounts_sent`, which are the JSON texts that came.
    pub fn entry(&self, payment: &Payment, now: i64) -> Value {
        let wish = &payment.wish;
        let first = payment.first();
        let case = USE_CASES.iter().find(|(_, case)| Some(*case) == payment.use_case);
        let opened: usize = payment.tokens.iter().map(|token| token.opened.len()).sum();
        json!({
            "payment_id": payment.id.to_string(),
            "account": self.config.domain.name,
            "reference": first.map(|first| &first.reference),
            "client_state": wish.state,
            "label": first.map(|first| &first.label),
            "amount": payment.minor(),
            "amounts_sent": wish.instructions.iter().map(|entry| &entry.amount_sent).collect::<Vec<_>>(),
            "currency": first.map(|first| first.currency.id),
            "execution_date_type": first.map(|first| first.execution.word()),
            "execution_date": first.and_then(|first| first.execution.day()).map(|day| day.to_string()),
            "return_url": wish.redirect_uri,
            "status": payment.state.word(),
            "finished": payment.state.is_final(),
            "code": payment.error_code,
            "state_detail": payment.state_detail,
            "action": payment.action,
            "connector": payment.bank.as_ref().map(|bank| &bank.uuid),
            "use_case_pay": case.map(|(name, _)| name),
            "payable": payment.is_payable(now),
            "authorized": payment.authorized,
            "captured": payment.captured,
            "created_at": rfc3339(payment.created),
            "updated_at": rfc3339(payment.updated),
            "times_opened": opened,
            "tokens": payment.tokens.iter().map(token).collect::<Vec<_>>(),
            "history": payment.history(),
        })
    }

    /// A message in the book.
    pub fn letter(&self, message: &Message) -> Value {
        let payment = self.payments.get(message.payment);
        let waits = message.standing == Standing::Pending;
        let (date, signature) = message.signed.clone().unzip();
        json!({
            "webhook_message_id": message.id,
            "payment_id": payment.map(|payment| payment.id.to_string()),
            "event_type": EVENT,
            "created_at": rfc3339(message.created),
            "standing": standing(message.standing),
            "next_attempt_at": waits.then(|| rfc3339(message.due)),
            "fault": message.fault,
            "date": date,
            "signature": signature,
            "body": message.body,
            "attempts": message.attempts,
        })
    }
}

fn token(token: &ScopedToken) -> Value {
    let opened = |(at, outcome): &(i64, Cow<'static, str>)| json!({"at": rfc3339(*at), "outcome": outcome});
    json!({
        "token": token.value,
        "issued_at": rfc3339(token.issued),
        "expires_at": rfc3339(token.expires),
        "opened": token.opened.iter().map(opened).collect::<Vec<_>>(),
    })
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "pending",
        Standing::Delivered => "delivered",
        Standing::Lost => "lost",
        Standing::Held => "held",
        Standing::Overtaken => "waiting_for_next",
        Standing::NotConfigured => "not_configured",
    }
}
