//! Looks that say nothing, and the last one.

use crate::given::{SCHEDULE, minutes, moment, seen, session_of};
use bellhop_domain::event::EventKind;
use bellhop_domain::progress::{LONGEST_PAUSE, Moment, PAUSE, closed, no_answer, not_shown, observed};
use bellhop_domain::schedule::{MAX_LOOKS, Schedule};
use bellhop_domain::session::ReviewReason;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};
use bellhop_domain::{SignedDuration, Timestamp};

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

#[test]
fn a_transfer_of_a_later_day_is_doubted_only_after_that_day() {
    let before = session_of(&[A::Pending]);
    let mut answer = seen(&before, 0, A::Processing);
    answer.not_before = Some(minutes(50 * DAY));
    let waits = observed(&before, 0, &answer, doubting(minutes(5))).unwrap().session;
    let later = observed(&waits, 0, &answer, doubting(minutes(55 * DAY))).unwrap().session;
    assert_eq!((later.status(), later.review), (S::Processing, None));
    let doubted = observed(&later, 0, &answer, doubting(minutes(60 * DAY))).unwrap().session;
    assert_eq!(doubted.review, Some(ReviewReason::StillProcessing));
}

/// What was for a person because nobody knew is settled by whoever knows; a contradiction is not.
#[test]
fn i4_an_answer_that_settles_a_doubt_ends_the_review() {
    for (reason, status) in [
        (ReviewReason::StillProcessing, S::Succeeded),
        (ReviewReason::CreateUnknown, S::Succeeded),
        (ReviewReason::LookLimit, S::Succeeded),
        (ReviewReason::AmountDiffers, S::Review),
        (ReviewReason::Contradiction, S::Review),
    ] {
        let mut before = session_of(&[A::Processing]);
        before.review = Some(reason);
        let change = observed(&before, 0, &seen(&before, 0, A::Succeeded), moment(minutes(5))).unwrap();
        assert_eq!(change.session.status(), status, "{reason}");
    }
}

/// The other attempt is still for a person.
#[test]
fn i4_an_answer_about_one_attempt_ends_no_doubt_about_another() {
    let mut before = session_of(&[A::Failed, A::Created]);
    before.review = Some(ReviewReason::CreateUnknown);
    let change = observed(&before, 0, &seen(&before, 0, A::Failed), moment(minutes(5))).unwrap();
    assert_eq!(change.session.review, Some(ReviewReason::CreateUnknown));
}

const DAY: i64 = 24 * 60;

static DOUBTING: Schedule = Schedule { doubt_life: Some(SignedDuration::from_hours(10 * 24)), ..SCHEDULE };

fn doubting(now: Timestamp) -> Moment<'static> {
    Moment { schedule: &DOUBTING, ..moment(now) }
}
