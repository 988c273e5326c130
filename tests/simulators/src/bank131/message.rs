//! Webhooks: which are made and what they say. `[doc]` PROVIDERS §5.5, `/en/reference/webhooks`.
//!
//! `confirm_information` comes only with transactions of an escrow account, which are not played here.

use serde_json::{Value, json};

use super::world::World;
use crate::faults::Kind;
use crate::outbox::{Letter, Standing};

/// The types. SDK `WebHookTypeEnum.php`.
pub const EVENTS: [&str; 5] =
    ["ready_to_confirm", "ready_to_capture", "action_required", "payment_finished", "payment_refunded"];

impl World {
    /// Makes the webhook of a session as it is now, or what a fault makes of it.
    pub fn emit(&mut self, at: usize, event: &str, now: i64) {
        let wanted = |webhook: &super::config::Webhook| webhook.events.iter().any(|known| known == event);
        let silent = self.sessions.get(at).is_some_and(|session| session.silent);
        if silent || !self.config.project.webhook.as_ref().is_none_or(wanted) {
            return;
        }
        let fault = self.faults.take("webhook", |kind| kind != Kind::Early).map(|fault| fault.kind);
        if fault == Some(Kind::Forged) {
            self.forge(at, event, now);
        }
        if let Some(mut letter) = self.letter(at, event, now) {
            letter.fault = fault.filter(|kind| *kind != Kind::Forged);
            self.letters.post(letter, now);
        }
    }

    /// Sends a claim of success under a signature of something else.
    pub fn forge(&mut self, at: usize, event: &str, now: i64) {
        let Some(mut letter) = self.letter(at, event, now) else {
            return;
        };
        let mut body: Value = serde_json::from_str(&letter.body).unwrap_or_default();
        if let Some(session) = body.get_mut("session") {
            claim_success(session);
        }
        letter.body = body.to_string();
        letter.fault = Some(Kind::Forged);
        self.letters.post(letter, now);
    }

    /// Sends the true webhook, changed after it was signed.
    pub fn alter(&mut self, at: usize, event: &str, now: i64) {
        if let Some(mut letter) = self.letter(at, event, now) {
            letter.fault = Some(Kind::Altered);
            self.letters.post(letter, now);
        }
    }

    fn letter(&self, at: usize, event: &str, now: i64) -> Option<Letter> {
        let session = self.sessions.get(at)?;
        let version = self.config.project.webhook_version.unwrap_or(session.version);
        let body = json!({"type": event, "session": self.shown(session, version)});
        let mut letter = Letter::new(at, event, body.to_string(), now);
        if self.config.project.webhook.is_none() {
            letter.standing = Standing::NotConfigured;
        }
        Some(letter)
    }

    /// The bytes and the signature that leave; the letter itself keeps the true body.
    pub fn sealed(&self, letter: &Letter) -> (Vec<u8>, String) {
        let body = letter.body.clone().into_bytes();
        match letter.fault {
            Some(Kind::Forged) => (body, self.bank_key.sign(b"something else")),
            Some(Kind::Altered) => {
                let signature = self.bank_key.sign(&body);
                (altered(&letter.body).into_bytes(), signature)
            }
            _ => {
                let signature = self.bank_key.sign(&body);
                (body, signature)
            }
        }
    }
}

fn claim_success(session: &mut Value) {
    if let Some(session) = session.as_object_mut() {
        session.insert("status".to_owned(), json!("accepted"));
        session.remove("next_action");
        for name in ["acquiring_payments", "payment_list"] {
            if let Some(status) = session.get_mut(name).and_then(|list| list.pointer_mut("/0/status")) {
                *status = json!("succeeded");
            }
        }
    }
}

/// One digit more in every amount, or one field more where there is none.
fn altered(body: &str) -> String {
    if body.contains("\"amount\":") {
        body.replace("\"amount\":", "\"amount\":1")
    } else {
        body.replacen('{', "{\"altered\":true,", 1)
    }
}
