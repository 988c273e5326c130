//! What a provider may still charge for on its own after the payer's end, and what has nothing to pay.

use super::given::{SCHEDULE, created, minutes, seen, session, session_of};
use bellhop_domain::SignedDuration;
use bellhop_domain::attempt::FailureCode;
use bellhop_domain::event::{Cause, EventKind};
use bellhop_domain::progress::{Moment, observed, opened};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

const DAY: i64 = 24 * 60;

static CHARGES_ALONE: Schedule = Schedule {
    charges_alone: Some(SignedDuration::from_hours(14 * 24)),
    final_looks: &[SignedDuration::from_hours(24), SignedDuration::from_hours(7 * 24)],
    ..SCHEDULE
};

fn at(minute: i64) -> Moment<'static> {
    Moment { now: minutes(minute), cause: Cause::Schedule, schedule: &CHARGES_ALONE }
}

fn expired() -> Session {
    let before = session_of(&[A::Pending]);
    observed(&before, 0, &seen(&before, 0, A::Expired), at(100)).unwrap().session
}

fn looked(before: &Session, status: A, minute: i64) -> Session {
    observed(before, 0, &seen(before, 0, status), at(minute)).unwrap().session
}

#[test]
fn i1_an_expired_payment_that_may_still_be_charged_keeps_its_booking() {
    let session = expired();
    assert_eq!(session.status(), S::Expired);
    assert!(session.attempts[0].watched && !session.frees_reference());
    assert_eq!(session.due_at(), Some(minutes(100 + DAY)));
}

#[test]
fn i4_the_watch_looks_until_its_last_day_and_then_lets_the_booking_go() {
    let mut session = expired();
    let mut looks = 0;
    while let Some(due) = session.due_at() {
        looks += 1;
        assert!(session.attempts[0].watched && looks < 10);
        let moment = Moment { now: due, cause: Cause::Schedule, schedule: &CHARGES_ALONE };
        session = observed(&session, 0, &seen(&session, 0, A::Expired), moment).unwrap().session;
    }
    assert_eq!(looks, 3, "a day, a week, and a little after the fourteenth day");
    assert!(session.attempts[0].looked_at.unwrap() >= minutes(100 + 14 * DAY));
    assert!(!session.attempts[0].watched && session.frees_reference());
}

#[test]
fn i4_a_late_charge_within_the_watch_is_paid_late() {
    let session = expired();
    let change = observed(&session, 0, &seen(&session, 0, A::Succeeded), at(100 + 3 * DAY)).unwrap();
    assert_eq!(change.session.status(), S::Succeeded);
    assert_eq!(change.event.unwrap().kind, EventKind::PaidLate);
    assert!(change.session.paid_late && !change.session.attempts[0].watched);
}

/// Looks that run out while money may still come are for a person, not for silence.
#[test]
fn i4_a_watch_whose_looks_run_out_is_for_a_person() {
    let mut session = expired();
    session.attempts[0].looks = bellhop_domain::schedule::MAX_LOOKS - 1;
    let session = looked(&session, A::Expired, 100 + DAY);
    assert_eq!(session.status(), S::Review);
    assert!(!session.frees_reference());
}

#[test]
fn a_provider_that_never_charges_alone_lets_the_booking_go_at_once() {
    let before = session_of(&[A::Pending]);
    let moment = Moment { schedule: &SCHEDULE, ..at(100) };
    let session = observed(&before, 0, &seen(&before, 0, A::Expired), moment).unwrap().session;
    assert!(!session.attempts[0].watched && session.frees_reference());
}

#[test]
fn a_booking_with_nothing_to_pay_is_over_and_stays_booked() {
    let mut answer = created(0);
    answer.nothing_to_pay = true;
    let session = opened(&session(), 0, &answer, at(0)).unwrap().session;
    assert_eq!(session.status(), S::Canceled);
    let failure = session.attempts[0].failure.unwrap();
    assert_eq!((failure.code, failure.retry), (FailureCode::NothingToPay, false));
    assert_eq!(session.due_at(), None);
    assert!(!session.frees_reference());
}
