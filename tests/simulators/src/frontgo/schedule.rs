//! What only time does: expiries, released holds, refunds that arrive.

use super::amount::Amount;
use super::events::Title;
use super::lifecycle::DAY_MS;
use super::reservation::Reservation;
use super::state::State;
use super::world::World;

enum Due {
    /// Nobody paid until the due date, or nobody captured in time.
    Expiry,
    /// The rest of a hold goes back.
    Release,
    /// The refund at this place reaches the payer.
    Refund(usize),
}

impl World {
    /// Does everything that has become due and says how many things that were.
    pub fn sweep(&mut self, now: i64) -> usize {
        let window = self.config.reservation_days.saturating_mul(DAY_MS);
        let due = |(at, reservation): (usize, &Reservation)| Some((at, due(reservation, window, now)?));
        let due: Vec<(usize, Due)> = self.reservations.iter().enumerate().filter_map(due).collect();
        for (at, due) in &due {
            match due {
                Due::Expiry => self.end(*at, (State::Expired, Title::Expired), None, now),
                Due::Release => self.release(*at, now),
                Due::Refund(number) => self.end_refund(*at, *number, "done", now),
            }
        }
        due.len()
    }
}

fn due(reservation: &Reservation, window: i64, now: i64) -> Option<Due> {
    let mut refunds = reservation.refunds.iter();
    let arrives = |refund: &super::reservation::Refund| refund.standing == "pending" && refund.due <= now;
    if let Some(number) = refunds.position(arrives) {
        return Some(Due::Refund(number));
    }
    if reservation.release_due.is_some_and(|due| due <= now) {
        return Some(Due::Release);
    }
    let unpaid = reservation.state.payable() && now >= reservation.wish.due;
    // [inf] PROVIDERS §2.3: after the window a reservation "may expire and no longer be capturable".
    let over = reservation.reserved_at.is_some_and(|at| now - at >= window);
    let uncaptured = over && reservation.held > Amount::default() && !reservation.has_capture();
    match reservation.state {
        _ if unpaid => Some(Due::Expiry),
        State::Reserved if uncaptured => Some(Due::Expiry),
        State::Charged if uncaptured => Some(Due::Release),
        _ => None,
    }
}
