//! The bookings of this run, in memory: which session pays for which booking.
//!
//! Nothing that matters is lost with it: the payment service knows every booking by its reference.

use crate::reference::Reference;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bookings that are remembered; the oldest goes when another comes.
const CAPACITY: usize = 200;

/// A booking, and the session that pays for it.
#[derive(Debug, Clone)]
pub struct Booking {
    /// What we call it.
    pub reference: Reference,
    /// What the payment service calls its newest session.
    pub session: String,
    /// What was booked.
    pub stay: String,
}

/// The bookings, oldest first.
#[derive(Debug, Default)]
pub struct Book(Mutex<Vec<Booking>>);

impl Book {
    /// Remembers a booking; one of the same reference is replaced where it stands.
    pub fn put(&self, booking: Booking) {
        let mut all = self.lock();
        if let Some(known) = all.iter_mut().find(|b| b.reference == booking.reference) {
            *known = booking;
            return;
        }
        if all.len() >= CAPACITY {
            all.remove(0);
        }
        all.push(booking);
    }

    /// The session of a booking.
    pub fn session(&self, reference: &Reference) -> Option<String> {
        let all = self.lock();
        let known = all.iter().find(|booking| booking.reference == *reference);
        known.map(|booking| booking.session.clone())
    }

    /// At most `most` bookings, the newest first.
    pub fn newest(&self, most: usize) -> Vec<Booking> {
        self.lock().iter().rev().take(most).cloned().collect()
    }

    /// A panic elsewhere leaves the list whole: every change is one call.
    fn lock(&self) -> MutexGuard<'_, Vec<Booking>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
