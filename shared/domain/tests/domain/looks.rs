//! When to look next.

use crate::given::{SCHEDULE, minutes, payment, start};
use bellhop_domain::attempt::Attempt;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::schedule::{MAX_LANDING_LOOKS, MAX_LOOKS};
use bellhop_domain::status::AttemptStatus::{self, *};
use bellhop_domain::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn attempt(status: AttemptStatus) -> Attempt {
    let mut attempt = Attempt::intent(AttemptId::generate(start()).unwrap(), start());
    attempt.status = status;
    attempt.payment = (status != Created).then(|| payment(0));
    attempt
}

fn next(status: AttemptStatus, now: Timestamp) -> Option<SignedDuration> {
    let at = SCHEDULE.next_look(&attempt(status), false, &[], now)?;
    Some(at.duration_since(start()))
}

const fn secs(secs: i64) -> Option<SignedDuration> {
    Some(SignedDuration::from_secs(secs))
}

/// Status, minutes passed, seconds from the start to the next look. Limits carry a margin of 90 s.
const PLAN: [(AttemptStatus, i64, i64); 15] = [
    (Created, 0, 30),
    (Created, 1, 120),
    (Created, 2, 300),
    (Created, 5, 600 + 90),
    (Created, 12, 720 + 3600),
    (Pending, 0, 120),
    (Pending, 2, 600),
    (Pending, 10, 1800),
    (Pending, 30, 5400 + 90),
    (Pending, 92, 5520 + 3600),
    (Processing, 30, 5400 + 90),
    (Authorized, 0, 86_400),
    (Authorized, 1440, 432_000 + 90),
    (Succeeded, 0, 3600),
    (Failed, 60, 86_400),
];

#[test]
fn the_plan_of_each_status() {
    for (status, passed, expected) in PLAN {
        assert_eq!(next(status, minutes(passed)), secs(expected), "{status} after {passed}");
    }
}

#[test]
fn finals_end() {
    for status in [Succeeded, Failed, Canceled, Expired] {
        assert_eq!(next(status, minutes(1440)), None, "{status}");
        let settled = SCHEDULE.next_look(&attempt(status), true, &[minutes(30)], start());
        assert_eq!(settled, None, "{status}");
        let mut unknown = attempt(status);
        unknown.payment = None;
        assert_eq!(SCHEDULE.next_look(&unknown, false, &[minutes(30)], start()), None);
    }
}

#[test]
fn a_limit_is_looked_at_when_it_comes_first_and_only_while_open() {
    let limit = [minutes(1)];
    for status in AttemptStatus::ALL {
        let at = SCHEDULE.next_look(&attempt(*status), false, &limit, start());
        let first = !status.is_final() && *status != Created;
        assert_eq!(at == Some(minutes(1)), first, "{status}");
    }
}

#[test]
fn i9_nothing_is_planned_beyond_the_cap_and_payers_leave_half_of_it() {
    for status in AttemptStatus::ALL {
        let mut tired = attempt(*status);
        tired.looks = MAX_LOOKS;
        assert_eq!(SCHEDULE.next_look(&tired, false, &[minutes(1)], start()), None);
    }
    assert_eq!((MAX_LOOKS, MAX_LANDING_LOOKS), (24, 12));
}

#[test]
fn a_search_proves_nothing_before_its_lag_is_over() {
    let lost = attempt(Created);
    assert_eq!(SCHEDULE.lost_at(&lost), minutes(10));
    let last = SCHEDULE.next_look(&lost, false, &[], minutes(5)).unwrap();
    assert!(last > SCHEDULE.lost_at(&lost));
}

proptest! {
    #[test]
    fn i4_a_look_lies_in_the_future_and_is_never_missing_while_open(
        status in prop::sample::select(AttemptStatus::ALL.to_vec()),
        looks in 0..30_u32,
        now in 0..20_000_i64,
        limits in prop::collection::vec(0..20_000_i64, 0..3),
        settled in any::<bool>(),
    ) {
        let mut attempt = attempt(status);
        attempt.looks = looks;
        let limits: Vec<_> = limits.into_iter().map(minutes).collect();
        let at = SCHEDULE.next_look(&attempt, settled, &limits, minutes(now));
        prop_assert!(at.is_none_or(|at| at > minutes(now)));
        let open = !status.is_final() && looks < MAX_LOOKS;
        prop_assert!(!open || at.is_some());
    }

    #[test]
    fn later_is_never_sooner(
        status in prop::sample::select(AttemptStatus::ALL.to_vec()),
        first in 0..20_000_i64,
        then in 0..20_000_i64,
    ) {
        let (first, then) = (minutes(first.min(then)), minutes(first.max(then)));
        let attempt = attempt(status);
        let look = |now| SCHEDULE.next_look(&attempt, false, &[minutes(30)], now);
        let end = Timestamp::MAX;
        prop_assert!(look(first).unwrap_or(end) <= look(then).unwrap_or(end));
    }
}
