//! Looks that say nothing, and the last one.

use crate::given::{minutes, moment, seen, session_of};
use bellhop_domain::SignedDuration;
use bellhop_domain::event::EventKind;
use bellhop_domain::progress::{LONGEST_PAUSE, PAUSE, closed, no_answer, not_shown, observed};
use bellhop_domain::schedule::MAX_LOOKS;
use bellhop_domain::session::ReviewReason;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

#[test]
fn i9_a_look_without_an_answer_costs_a_look_and_waits_longer_each_time() {
    let mut at = session_of(&[A::Pending]);
    let mut now = minutes(1);
    let mut waits = Vec::new();
    for _ in 0..100 {
        at = no_answer(&at, 0, PAUSE, moment(now)).unwrap().session;
        let Some(next) = at.attempts[0].look_at else {
            break;
        };
        waits.push(next.duration_since(now));
        now = next;
    }
    assert_eq!(at.attempts[0].looks, MAX_LOOKS);
    assert_eq!(waits[0], PAUSE);
    assert!(waits.is_sorted() && waits.iter().all(|wait| *wait <= LONGEST_PAUSE));
    assert!(now.duration_since(minutes(0)) > SignedDuration::from_hours(48));
    assert_eq!(at.review, Some(ReviewReason::LookLimit));
}

#[test]
fn i4_a_provider_that_asks_to_wait_is_obeyed_within_bounds() {
    let before = session_of(&[A::Pending]);
    for (asked, waited) in [
        (SignedDuration::ZERO, PAUSE),
        (SignedDuration::from_secs(90), SignedDuration::from_secs(90)),
        (SignedDuration::from_hours(24 * 365), LONGEST_PAUSE),
        (SignedDuration::MAX, LONGEST_PAUSE),
    ] {
        let after = no_answer(&before, 0, asked, moment(minutes(1))).unwrap();
        assert_eq!(after.session.attempts[0].look_at, Some(minutes(1) + waited));
        assert_eq!(after.session.attempts[0].looked_at, Some(minutes(1)));
        assert!(after.event.is_none());
    }
}

#[test]
fn i9_the_last_look_at_an_open_attempt_calls_a_person() {
    let mut before = session_of(&[A::Pending]);
    before.attempts[0].looks = MAX_LOOKS - 1;
    let answers = [
        observed(&before, 0, &seen(&before, 0, A::Pending), moment(minutes(5))).unwrap(),
        not_shown(&before, 0, moment(minutes(5))).unwrap(),
        no_answer(&before, 0, PAUSE, moment(minutes(5))).unwrap(),
    ];
    for change in answers {
        assert_eq!(change.event.as_ref().unwrap().kind, EventKind::Review);
        assert_eq!(change.session.review, Some(ReviewReason::LookLimit));
        assert_eq!(change.session.attempts[0].look_at, None);
    }
    let paid = observed(&before, 0, &seen(&before, 0, A::Succeeded), moment(minutes(5))).unwrap();
    assert_eq!(paid.session.status(), S::Succeeded);
}

#[test]
fn i9_a_look_that_may_not_be_made_is_dropped_and_closes_no_session_before_its_time() {
    let mut before = session_of(&[A::Failed]);
    before.attempts[0].look_at = Some(minutes(5));
    before.attempts[0].looks = MAX_LOOKS;
    let change = closed(&before, moment(minutes(5))).unwrap();
    assert!(!change.session.closed);
    assert_eq!(change.session.due_at(), Some(minutes(30)));
}
