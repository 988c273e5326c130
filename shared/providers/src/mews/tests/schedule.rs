//! How often a session is looked at, from its opening to the end of the watch.

use super::super::schedule::of;
use super::attempt;
use bellhop_domain::attempt::Attempt;
use bellhop_domain::schedule::{MAX_LANDING_LOOKS, MAX_LOOKS, Schedule};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::{SignedDuration, Timestamp};

const START: &str = "2026-11-20T12:00:00Z";
const FORTNIGHT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The scheduled looks of a payment that nobody pays and that is over `after` its opening.
fn looks(schedule: &Schedule, session: SignedDuration, after: SignedDuration) -> Vec<Timestamp> {
    let start: Timestamp = START.parse().unwrap();
    let mut one = Attempt::intent(attempt(), start);
    one.payment = Some(super::payment_id());
    one.status = AttemptStatus::Pending;
    let (expires, over) = (start + session, start + after);
    let mut all = Vec::new();
    let mut now = start;
    while let Some(next) = schedule.next_look(&one, false, &[expires], now) {
        (now, one.looks) = (next, one.looks + 1);
        all.push(now);
        if now >= over && !one.status.is_final() {
            (one.status, one.changed_at, one.watched) = (AttemptStatus::Expired, now, true);
        }
    }
    all
}

/// I9: with the Connector API we cancel when the payer's time is up, and the watch begins.
#[test]
fn i9_a_usual_session_leaves_half_of_the_cap_to_others() {
    let half_an_hour = SignedDuration::from_mins(30);
    let all = looks(of(true), half_an_hour, half_an_hour);
    let room = usize::try_from(MAX_LOOKS - MAX_LANDING_LOOKS).unwrap();
    assert!(all.len() <= room, "{} looks of {room}", all.len());
}

/// I9, I4: without it the request lives as long as it likes, and its end is still watched to the last.
#[test]
fn i4_the_watch_outlasts_their_settlement_within_the_cap() {
    let sessions = [SignedDuration::from_mins(30), SignedDuration::from_hours(24)];
    for hours in [1, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24] {
        for session in sessions {
            let all = looks(of(false), session, SignedDuration::from_hours(hours));
            assert!(all.len() <= usize::try_from(MAX_LOOKS).unwrap(), "{hours}: {}", all.len());
            let over = all
                .iter()
                .find(|at| **at >= START.parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours));
            let watched = all.last().unwrap().duration_since(*over.unwrap());
            assert!(watched >= FORTNIGHT, "{hours}: {watched}");
        }
    }
}

#[test]
fn without_the_connector_a_lost_booking_is_told_soon() {
    let (connected, alone) = (of(true), of(false));
    assert!(alone.lookup_lag < connected.lookup_lag);
    assert!(alone.lookup_lag > crate::http::CALL_TIMEOUT.try_into().unwrap(), "the call is over by then");
    assert_eq!((connected.charges_alone, alone.charges_alone), (Some(FORTNIGHT), Some(FORTNIGHT)));
}
