//! Our attempt in the notes of a reservation: the only field of a booking that they give back.

use super::wire::Reservation;
use bellhop_domain::ids::AttemptId;

/// The booking site's own notes with our attempt behind them; the hotel's staff reads them too.
pub(super) fn signed(own: Option<&str>, attempt: AttemptId) -> String {
    match own {
        Some(own) => format!("{own} (Bellhop {attempt})"),
        None => format!("Bellhop {attempt}"),
    }
}

/// Every attempt that stands in a text.
pub(super) fn attempts_in(text: &str) -> impl Iterator<Item = AttemptId> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.filter_map(|word| AttemptId::parse(word).ok())
}

/// Every attempt that stands in the notes of a group.
pub(super) fn attempts_of(reservations: &[Reservation]) -> Vec<AttemptId> {
    let notes = reservations.iter().filter_map(|one| one.notes.as_deref());
    let mut all: Vec<AttemptId> = notes.flat_map(attempts_in).collect();
    all.sort();
    all.dedup();
    all
}
