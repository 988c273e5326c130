//! What only time does: payments that go on, expiries, settlements, rooms that are let go.

use serde_json::json;

use super::group::Group;
use super::state::{PaymentState, RequestState, Standing};
use super::world::{Place, World};

enum Due {
    Payment(usize, PaymentState),
    Expiry(usize),
    Settlement(usize, u32),
    Release(usize),
}

impl World {
    /// Does everything that has become due and says how much that was.
    pub fn sweep(&mut self, now: i64) -> usize {
        let groups = self.book.groups.iter().enumerate();
        let due: Vec<(usize, Due)> = groups
            .flat_map(|(number, group)| due(group, now).into_iter().map(move |due| (number, due)))
            .collect();
        for (group, due) in &due {
            match due {
                Due::Payment(number, state) => self.enter(*group, *number, *state, now),
                Due::Expiry(request) => {
                    self.finish(Place { group: *group, request: *request }, RequestState::Expired, now);
                }
                Due::Settlement(request, failures) => {
                    self.settle_when_due(Place { group: *group, request: *request }, *failures, now);
                }
                Due::Release(number) => self.release_room(*group, *number, now),
            }
        }
        due.len()
    }

    fn settle_when_due(&mut self, place: Place, failures: u32, now: i64) {
        let again = self.config.property.settlement_after_ms.filter(|_| failures > 0);
        let request =
            self.book.groups.get_mut(place.group).and_then(|group| group.requests.get_mut(place.request));
        if let Some(request) = request {
            request.settlement = again.map(|after| (now + after.max(1), failures - 1));
        }
        self.settle(place, failures == 0, now);
    }

    fn release_room(&mut self, group: usize, number: usize, now: i64) {
        let Some(group) = self.book.groups.get_mut(group) else {
            return;
        };
        if let Some(reservation) = group.reservations.get_mut(number) {
            reservation.standing = Standing::Canceled;
            reservation.updated = now;
            reservation.released = None;
            let id = reservation.id.clone();
            group.note(now, "reservation", json!({"reservation": id, "state": "Canceled"}));
        }
    }
}

fn due(group: &Group, now: i64) -> Vec<Due> {
    let payments = group.payments.iter().enumerate().filter_map(|(number, payment)| {
        let (_, state) = payment.next.filter(|(at, _)| *at <= now)?;
        Some(Due::Payment(number, state))
    });
    // [inf] A payment under way at the time of expiry goes on; the request expires all the same.
    let requests = group.requests.iter().enumerate().filter_map(|(number, request)| {
        if request.state == RequestState::Pending && request.expires <= now {
            return Some(Due::Expiry(number));
        }
        let (_, failures) = request.settlement.filter(|(at, _)| *at <= now)?;
        Some(Due::Settlement(number, failures))
    });
    let rooms = group.reservations.iter().enumerate().filter_map(|(number, reservation)| {
        let gone = reservation.released.is_some_and(|at| at <= now);
        (gone && reservation.standing == Standing::Optional).then_some(Due::Release(number))
    });
    payments.chain(requests).chain(rooms).collect()
}
