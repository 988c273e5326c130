//! How payments change: every way to a new state goes through here.

use serde_json::json;

use super::flow::Stage;
use super::future::{Step, pause, steps};
use super::payment::Payment;
use super::state::State;
use super::world::World;
use crate::ids;

/// `[doc]` PROVIDERS §4.2: about a minute to confirm.
const CONFIRM_MS: i64 = 60_000;

/// Who is there when a payment changes. `[doc]` §4.5: old domains tell only what happens without the payer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The payer or the client, in a call or on a page.
    Interactive,
    /// A refresh in the background.
    Background,
}

/// A step to a new state.
pub struct Change {
    pub state: State,
    pub error_code: Option<String>,
    pub bank_message: Option<String>,
    pub cause: Cause,
}

impl Change {
    /// A step without an error.
    pub fn to(state: State, cause: Cause) -> Self {
        Self { state, error_code: None, bank_message: None, cause }
    }

    /// A rejection with its code.
    pub fn rejected(code: &str, cause: Cause) -> Self {
        let mut change = Self::to(State::Rejected, cause);
        change.error_code = Some(code.to_owned());
        change
    }

    /// Adds what the bank says.
    pub fn saying(mut self, message: Option<&str>) -> Self {
        self.bank_message = message.map(str::to_owned);
        self
    }
}

impl World {
    /// Takes a payment along one documented edge and tells it. False when there is no such edge.
    pub fn enter(&mut self, at: usize, change: Change, now: i64) -> bool {
        let Some(payment) = self.payments.get_mut(at) else {
            return false;
        };
        if !payment.state.may_become(change.state, payment.is_bulk()) {
            return false;
        }
        let told = self.config.domain.systematic || change.cause == Cause::Background;
        set(payment, change, "state", now);
        if told {
            self.emit(at, now);
        }
        true
    }

    /// Sets a state that no edge leads to and tells nobody.
    pub fn force(&mut self, at: usize, change: Change, now: i64) {
        if let Some(payment) = self.payments.get_mut(at) {
            set(payment, change, "forced", now);
        }
    }

    /// The payer has agreed: the bank goes on, or the client has to confirm first.
    pub fn payer_agreed(&mut self, at: usize, now: i64) {
        if self.config.domain.auto_confirmation {
            self.initiate(at, Cause::Interactive, now);
        } else if let Some(payment) = self.payments.get_mut(at) {
            payment.settle_down();
            payment.stage = Stage::Waiting;
            payment.action = Some("confirm".into());
            payment.confirm_until = Some(now + CONFIRM_MS);
            payment.note(now, "confirm", json!({"wanted": true}));
        }
    }

    /// The bank takes the order: the label's future begins.
    pub fn initiate(&mut self, at: usize, cause: Cause, now: i64) {
        self.plan(at, now);
        let future = self.payments.get(at).map(|payment| &payment.future);
        let first = future.and_then(|future| future.front());
        let goes_well = matches!(first, Some(Step::Pending | Step::Done));
        // [doc] guide: the initiation worked, and this bank tells nothing more.
        if goes_well && self.is_untracked(at) {
            self.enter(at, Change::to(State::Pending, cause), now);
            self.enter(at, Change::to(State::Accepted, cause), now);
        } else {
            self.take_step(at, cause, now);
        }
    }

    /// The payer went away and the bank will speak in the background only. `[inf]` redirect_no_confirmation.
    pub fn initiate_silently(&mut self, at: usize, now: i64) {
        self.plan(at, now);
        if let Some(payment) = self.payments.get_mut(at) {
            payment.next_step = Some(now + pause(payment.is_instant()));
        }
    }

    fn plan(&mut self, at: usize, now: i64) {
        let otherwise = self.config.domain.default_future.clone();
        let Some(payment) = self.payments.get_mut(at) else {
            return;
        };
        let label = payment.first().map_or("", |first| &first.label);
        let future = steps(label, &otherwise).into();
        payment.settle_down();
        payment.stage = Stage::Waiting;
        payment.future = future;
        payment.validated = Some(now);
        payment.bank_payment_id = Some(ids::short());
        payment.note(now, "initiated", json!({}));
    }

    /// Takes the next step of the future and plans the one after it.
    pub fn take_step(&mut self, at: usize, cause: Cause, now: i64) {
        let Some((step, due)) = self.payments.get_mut(at).and_then(|payment| next(payment, now)) else {
            return;
        };
        if let Some(payment) = self.payments.get_mut(at) {
            payment.next_step = due;
        }
        let change = match step {
            Step::Pending => Change::to(State::Pending, cause),
            Step::Done => Change::to(State::Done, cause),
            Step::Rejected(code) => Change::rejected(code, cause),
            Step::Bug => return self.stumble(at, now),
        };
        self.enter(at, change, now);
    }

    fn stumble(&mut self, at: usize, now: i64) {
        if let Some(payment) = self.payments.get_mut(at) {
            payment.error_code = Some("bug".to_owned());
            payment.updated = now;
            payment.note(now, "bug", json!({}));
        }
    }

    fn is_untracked(&self, at: usize) -> bool {
        let bank = self.payments.get(at).and_then(|payment| payment.bank.as_ref());
        bank.is_some_and(|bank| bank.partial_status_tracking)
    }
}

/// The step that is taken now, and when the one after it is due. A deferred transfer is not done before its day `[inf]`.
fn next(payment: &mut Payment, now: i64) -> Option<(Step, Option<i64>)> {
    let later = now + pause(payment.is_instant());
    let begins = payment.execution_begins().filter(|begins| now < *begins);
    if let (Some(Step::Done), Some(begins)) = (payment.future.front(), begins) {
        return Some((Step::Pending, Some(begins)));
    }
    let step = payment.future.pop_front()?;
    let due = (!payment.future.is_empty()).then_some(later);
    Some((step, due))
}

fn set(payment: &mut Payment, change: Change, what: &str, now: i64) {
    if change.state.is_final() {
        payment.settle_down();
    }
    payment.state = change.state;
    payment.error_code = change.error_code;
    payment.bank_message = change.bank_message;
    payment.updated = now;
    let (authorized, captured) = match change.state {
        State::Pending | State::Accepted => (payment.minor(), 0),
        State::Done => (payment.minor(), payment.minor()),
        _ => (0, 0),
    };
    payment.authorized = authorized;
    payment.captured = captured;
    let details = json!({"state": change.state.word(), "error_code": payment.error_code});
    payment.note(now, what, details);
}
