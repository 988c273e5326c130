//! How sessions change: every way to a new state goes through here. `[doc]` PROVIDERS §5.3, payment-scenarios.

use serde_json::json;

use super::cards::Outcome;
use super::method::Method;
use super::payment::{Interaction, Payment, Trouble};
use super::session::Session;
use super::words::{PaymentStatus, SessionStatus, Stage};
use super::world::World;
use crate::ids;

/// The first number of a payment; they count up with the sessions. `[doc]` the form of the documented examples.
const FIRST_PAYMENT: usize = 203;

impl World {
    /// Changes a session and its payment and moves `updated_at` on.
    fn change(&mut self, at: usize, now: i64, what: &str, act: impl FnOnce(&mut Session, &mut Payment)) {
        let Some(session) = self.sessions.get_mut(at) else {
            return;
        };
        let Some(mut payment) = session.payment.take() else {
            return;
        };
        act(session, &mut payment);
        session.touch(now);
        let details = json!({"session": session.status, "payment": payment.status, "stage": session.stage});
        session.payment = Some(payment);
        session.note(now, what, details);
    }

    /// Makes the payment of a session; both are `in_progress` until [`World::proceed`].
    pub fn begin(&mut self, at: usize, method: Method, now: i64) {
        let Some(session) = self.sessions.get_mut(at) else {
            return;
        };
        let Some(mut money) = session.wish.amount_details.clone() else {
            return;
        };
        money.amount = session.in_flight.amount.unwrap_or(money.amount);
        money.currency = session.in_flight.currency.clone().unwrap_or(money.currency);
        let reference = session.in_flight.reference.as_deref().or(session.reference());
        session.payment = Some(Payment {
            id: format!("pm_{}", FIRST_PAYMENT + at),
            status: PaymentStatus::InProgress,
            created: now * 1000,
            finished: None,
            method,
            money,
            reference: reference.unwrap_or_default().to_owned(),
            interaction: None,
            authorized: 0,
            captured: 0,
            released: 0,
            refunds: Vec::new(),
            error: None,
            rrn: None,
        });
        self.change(at, now, "started", |session, _| {
            session.status = SessionStatus::InProgress;
            session.stage = Stage::Working;
        });
    }

    /// Asks for the confirmation, unless nobody wants one. `[SG]` auto-confirmation; `[doc]` the sync call answers with
    /// the result.
    pub fn proceed(&mut self, at: usize, now: i64) {
        let silent = self.sessions.get(at).is_some_and(|session| session.silent);
        if silent || self.config.project.auto_confirm {
            return self.charge(at, now);
        }
        let until = now + self.config.project.confirm_ms;
        self.wait(at, Stage::Confirm, until, now);
        self.emit(at, "ready_to_confirm", now);
    }

    /// Whether the confirmation was wanted; the charge itself is [`World::charge`].
    pub fn confirm(&mut self, at: usize, now: i64) -> bool {
        let wanted = self.is_at(at, &[Stage::Confirm]);
        if wanted {
            self.change(at, now, "confirmed", |session, payment| {
                session.confirms += 1;
                session.stage = Stage::Working;
                session.deadline = None;
                payment.status = PaymentStatus::InProgress;
            });
        }
        wanted
    }

    /// Asks the payer, where the payer has to do something, or goes on to the money.
    pub fn charge(&mut self, at: usize, now: i64) {
        let secret = ids::short;
        let interaction = match self.payment(at).map(|payment| &payment.method) {
            Some(Method::Card { way: Some(way), .. }) => {
                Interaction::Redirect { way: *way, secret: secret() }
            }
            Some(Method::FasterPaymentSystem) => Interaction::Inform { secret: secret() },
            _ => return self.authorize(at, now),
        };
        let until = now + self.config.project.payer_ms;
        self.change(at, now, "interaction", |_, payment| payment.interaction = Some(interaction));
        self.wait(at, Stage::Payer, until, now);
        self.emit(at, "action_required", now);
    }

    /// The payer did what was asked, or refused. False when nothing was asked.
    pub fn payer_answers(&mut self, at: usize, agrees: bool, now: i64) -> bool {
        if !self.is_at(at, &[Stage::Payer]) {
            return false;
        }
        match self.payment(at).map(|payment| &payment.method) {
            _ if agrees => self.authorize(at, now),
            // [doc] `/en/reference/errors`: "3DS authentication failed".
            Some(Method::Card { .. }) => self.fail(at, "3DS_error", now),
            // [inf] Nothing is said of a code that nobody pays.
            _ => self.fail(at, "declined_by_issuer_bank", now),
        }
        true
    }

    /// The card decides. `[doc]` payment-hold: a hold is for cards.
    fn authorize(&mut self, at: usize, now: i64) {
        let outcome = match self.payment(at).map(|payment| &payment.method) {
            Some(Method::Card { outcome, .. }) => *outcome,
            _ => Outcome::Works,
        };
        let is_card = matches!(self.payment(at).map(|payment| &payment.method), Some(Method::Card { .. }));
        if let Some(code) = outcome.code() {
            return self.fail(at, code, now);
        }
        if outcome == Outcome::Unsure {
            return self.lose_track(at, now);
        }
        self.change(at, now, "authorized", |session, payment| {
            session.deadline = None;
            payment.interaction = None;
            payment.authorized = payment.money.amount;
            payment.rrn = Some(ids::short());
        });
        if self.config.project.hold && is_card {
            let until = now + self.config.project.hold_ms;
            self.wait(at, Stage::Capture, until, now);
            self.emit(at, "ready_to_capture", now);
        } else {
            self.finish(at, None, now);
        }
    }

    fn wait(&mut self, at: usize, stage: Stage, until: i64, now: i64) {
        self.change(at, now, "waits", |session, payment| {
            session.stage = stage;
            session.deadline = Some(until);
            payment.status = PaymentStatus::Pending;
        });
    }

    /// Debits so much, or all of it, and gives back the rest of what was held `[inf]` PROVIDERS §5.3.
    pub fn finish(&mut self, at: usize, amount: Option<i64>, now: i64) {
        self.change(at, now, "finished", |session, payment| {
            let whole = payment.money.amount;
            payment.authorized = whole;
            payment.captured = amount.unwrap_or(whole);
            payment.released = whole - payment.captured;
            payment.status = PaymentStatus::Succeeded;
            payment.error = None;
            session.status = SessionStatus::Accepted;
            session.error = None;
            close(session, payment, now);
        });
        self.emit(at, "payment_finished", now);
    }

    /// Ends without money. `[doc]` PROVIDERS §5.3: the payment is `failed`, the session `cancelled`.
    pub fn fail(&mut self, at: usize, code: &str, now: i64) {
        self.change(at, now, "failed", |session, payment| {
            payment.released = payment.authorized;
            payment.status = PaymentStatus::Failed;
            payment.error = Some(Trouble::of(code));
            session.status = SessionStatus::Cancelled;
            session.error = Some(Trouble::of(code));
            close(session, payment, now);
        });
        self.emit(at, "payment_finished", now);
    }

    /// `[SG]` PROVIDERS §5.3: the payment is `failed` and the session in `error`, which is not final.
    pub fn lose_track(&mut self, at: usize, now: i64) {
        let until = self.config.project.error_ms.map(|wait| now + wait);
        self.change(at, now, "unsure", |session, payment| {
            payment.status = PaymentStatus::Failed;
            payment.error = Some(Trouble::of("provider_timeout"));
            session.status = SessionStatus::Error;
            session.error = Some(Trouble::of("provider_timeout"));
            close(session, payment, now);
            session.stage = Stage::Unsure;
            session.finished = None;
            session.deadline = until;
        });
        self.emit(at, "payment_finished", now);
    }

    /// The bank's answer to a `session/cancel`; false where there is nothing to cancel.
    pub fn cancel(&mut self, at: usize, now: i64) -> bool {
        let possible = self.is_at(at, &[Stage::Confirm, Stage::Capture]);
        if possible {
            self.change(at, now, "cancelled", |session, payment| {
                session.cancels += 1;
                session.stage = Stage::Working;
                payment.status = PaymentStatus::InProgress;
            });
        }
        possible
    }

    /// Whether the session waits at one of these.
    pub fn is_at(&self, at: usize, stages: &[Stage]) -> bool {
        self.sessions.get(at).is_some_and(|session| stages.contains(&session.stage))
    }
}

/// Takes away what only an unfinished session has.
fn close(session: &mut Session, payment: &mut Payment, now: i64) {
    session.stage = Stage::Over;
    session.deadline = None;
    session.finished = Some(now * 1000);
    payment.finished = Some(now * 1000);
    payment.interaction = None;
}
