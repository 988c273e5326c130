//! How reservations change: every way to a new state goes through here.

use serde_json::json;

use super::amount::Amount;
use super::events::Title;
use super::reservation::{Line, Reservation, Source, Taking};
use super::state::State;
use super::validate::Product;
use super::world::World;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

impl World {
    /// Changes a reservation. `None` when there is no such reservation.
    pub fn change<T>(&mut self, at: usize, act: impl FnOnce(&mut Reservation) -> T) -> Option<T> {
        self.reservations.get_mut(at).map(act)
    }

    /// The payer's card was good: the sum is held and the merchant is told. False when nobody can pay it any more.
    pub fn reserve(&mut self, at: usize, method: &str, now: i64) -> bool {
        let reserved = self.change(at, |reservation| {
            let payable = reservation.payable(now);
            if payable {
                reservation.method = Some(method.to_owned());
                hold(reservation, now);
            }
            payable
        });
        if reserved != Some(true) {
            return false;
        }
        self.tell(at, Title::Reserved, now);
        true
    }

    /// Takes money from the hold. `[doc]` PROVIDERS §2.3: what a part capture leaves is released later.
    pub fn capture(&mut self, at: usize, shares: Vec<(i64, Amount)>, now: i64) -> Option<String> {
        let wait = self.config.release_days.saturating_mul(DAY_MS);
        let id = self.take(at, (Source::Captured, shares), now)?;
        self.change(at, |reservation| {
            let rest = reservation.held - reservation.taken(Source::Captured);
            reservation.held = rest;
            let left_over = rest > Amount::default();
            reservation.release_due = left_over.then(|| now.saturating_add(wait));
            reservation.enter(State::Captured, now);
        });
        self.tell(at, Title::Captured, now);
        Some(id)
    }

    /// Takes money without the payer, for new products. `[doc]` PROVIDERS §2.3.
    pub fn charge(&mut self, at: usize, products: Vec<Product>, now: i64) -> Option<String> {
        let first = self.next_line;
        let lines: Vec<Line> =
            (first..).zip(products).map(|(id, product)| Line { id, product, charged: true }).collect();
        self.next_line = lines.last().map_or(first, |line| line.id + 1);
        let shares = lines.iter().map(|line| (line.id, line.product.amount)).collect();
        self.change(at, |reservation| reservation.lines.extend(lines));
        let id = self.take(at, (Source::Charged, shares), now)?;
        self.change(at, |reservation| reservation.enter(State::Charged, now));
        self.tell(at, Title::Charged, now);
        Some(id)
    }

    fn take(
        &mut self,
        at: usize,
        (source, shares): (Source, Vec<(i64, Amount)>),
        now: i64,
    ) -> Option<String> {
        let uuid = source.new_id();
        let taking = Taking {
            uuid: uuid.clone(),
            source,
            at: now,
            amount: shares.iter().map(|(_, amount)| *amount).sum(),
            shares,
        };
        self.change(at, |reservation| reservation.takings.push(taking))?;
        Some(uuid)
    }

    /// Ends a reservation without money: whatever is held is let go, and nobody is told (PROVIDERS §2.5).
    pub fn end(&mut self, at: usize, (state, title): (State, Title), note: Option<String>, now: i64) {
        self.change(at, |reservation| {
            reservation.held = Amount::default();
            reservation.release_due = None;
            reservation.enter(state, now);
        });
        self.record(at, (title, Amount::default()), note, now);
    }

    /// Lets go of what is held.
    pub fn release(&mut self, at: usize, now: i64) {
        self.change(at, |reservation| {
            reservation.held = Amount::default();
            reservation.release_due = None;
            reservation.note(now, "released", json!({}));
        });
    }

    /// Sets a state that nothing led to, with the money of it, and tells nobody.
    pub fn force(&mut self, at: usize, state: State, now: i64) {
        let shares = self.change(at, |reservation| {
            let unpaid = reservation.reserved_at.is_none();
            if unpaid && !state.payable() && !state.finished() {
                hold(reservation, now);
            }
            let uncaptured = state == State::Captured && !reservation.has_capture();
            let lines = reservation.lines.iter().filter(|line| uncaptured && !line.charged);
            lines.map(|line| (line.id, line.product.amount)).collect::<Vec<_>>()
        });
        if let Some(shares) = shares.filter(|shares| !shares.is_empty()) {
            self.take(at, (Source::Captured, shares), now);
            self.change(at, |reservation| reservation.held = Amount::default());
        }
        self.change(at, |reservation| {
            if state.finished() {
                reservation.held = Amount::default();
            }
            reservation.enter(state, now);
        });
    }

    /// Notes an event of money and sends the callback of it. `[doc]` PROVIDERS §2.5: Reserved, Captured, Charged only.
    fn tell(&mut self, at: usize, title: Title, now: i64) {
        let Some(reservation) = self.reservations.get(at) else {
            return;
        };
        let last = reservation.takings.last().map(|taking| taking.amount);
        let (state, amount) = match title {
            Title::Captured => (State::Captured, last.unwrap_or_default()),
            Title::Charged => (State::Charged, last.unwrap_or_default()),
            _ => (State::Reserved, reservation.reserved),
        };
        self.record(at, (title, amount), None, now);
        self.emit(at, (state.word(), amount), now);
    }
}

fn hold(reservation: &mut Reservation, now: i64) {
    reservation.reserved_at = Some(now);
    reservation.reserved = reservation.wish.grand_total;
    reservation.held = reservation.reserved;
    reservation.enter(State::Reserved, now);
}
