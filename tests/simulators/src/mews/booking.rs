//! Making a group of a wish: rooms, prices, and the payment request if a rate's settlement asks for one.

use super::errors::ApiError;
use super::group::{Group, PaymentRequest, Reservation};
use super::money::Money;
use super::property::{Property, Rate};
use super::state::Standing;
use super::wish::{Stay, Wish};
use super::world::World;
use crate::ids;

const NIGHT_MS: i64 = 86_400_000;

impl World {
    /// Books. `[doc]` PROVIDERS §1.2 and §1.6: a real reservation each time, there is no idempotency.
    pub fn book_group(&mut self, wish: Wish, now: i64) -> Result<usize, ApiError> {
        self.check_availability(&wish.stays)?;
        let mut group = Group::new(wish.customer, now);
        group.card_id = wish.has_card.then(ids::dashed);
        for stay in wish.stays {
            let number = self.book.last_number + 1;
            self.book.last_number = number;
            let prices = self.config.property.prices(&stay);
            group.reservations.push(Reservation::new(number, stay, prices, now));
        }
        let property = &self.config.property;
        if let Some(amount) = property.due_at_creation(&group) {
            group.requests.push(PaymentRequest::new(amount, now + property.request_expiry_ms, now));
            hold(property, &mut group, now);
        }
        self.book.groups.push(group);
        Ok(self.book.groups.len() - 1)
    }

    /// `[doc]` BE/operations/reservation-groups.md, error response.
    fn check_availability(&self, stays: &[Stay]) -> Result<(), ApiError> {
        let mut exceeding = Vec::new();
        for (index, stay) in stays.iter().enumerate() {
            let collides = |other: &&Stay| {
                other.room_category == stay.room_category && other.start < stay.end && stay.start < other.end
            };
            let booked = self.book.groups.iter().flat_map(|group| &group.reservations);
            let booked = booked.filter(|one| one.standing != Standing::Canceled).map(|one| &one.stay);
            let taken = booked.chain(stays.iter().take(index)).filter(collides).count();
            if self.config.property.room_category(&stay.room_category).is_none_or(|rooms| taken >= rooms) {
                exceeding.push(index);
            }
        }
        if exceeding.is_empty() { Ok(()) } else { Err(ApiError::no_rooms(exceeding)) }
    }
}

/// `[doc]` BE/operations/reservation-groups.md, feature setting: with a balance due, `Optional` until it is paid.
fn hold(property: &Property, group: &mut Group, now: i64) {
    if property.optional_reservations {
        for reservation in &mut group.reservations {
            reservation.standing = Standing::Optional;
            reservation.released = Some(now + property.release_after_ms);
        }
    }
}

impl Property {
    /// The price of a stay in each currency of its rate. `[inf]` So many nights, whoever sleeps there.
    fn prices(&self, stay: &Stay) -> Vec<Money> {
        let nights = ((stay.end - stay.start + NIGHT_MS / 2) / NIGHT_MS).max(1);
        let per_night = self.rate(&stay.rate).map(|rate| &rate.per_night);
        let price = |(currency, digits): (&String, &String)| {
            let one = Money::parse(digits, currency)?;
            Some(Money::of(one.minor * nights, currency))
        };
        per_night.into_iter().flatten().filter_map(price).collect()
    }

    /// What the settlement rules charge at creation; none when there is nothing. `[doc]` BE/use-cases/on-session-payments.md.
    fn due_at_creation(&self, group: &Group) -> Option<Money> {
        let part = |reservation: &Reservation| {
            let percent = self.rate(&reservation.stay.rate).map_or(0, |rate: &Rate| rate.settlement_percent);
            let price = reservation.prices.iter().find(|price| price.currency == self.currency);
            price.map_or(0, |price| (price.minor * percent + 50) / 100)
        };
        let due: i64 = group.reservations.iter().map(part).sum();
        (due > 0).then(|| Money::of(due, &self.currency))
    }
}
