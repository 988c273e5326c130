//! The session's status against an oracle that counts instead of matching.

use crate::given::{declined, minutes, session_of};
use bellhop_domain::attempt::Failure;
use bellhop_domain::session::{MAX_ATTEMPTS, ReviewReason};
use bellhop_domain::status::AttemptStatus as A;
use bellhop_domain::status::SessionStatus as S;
use bellhop_domain::status::session_status;

/// The strongest word that any attempt has wins; without one, the end of the last attempt.
fn oracle(attempts: &[A], closed: bool, retry: bool) -> S {
    let strongest = attempts.iter().map(|status| match status {
        A::Succeeded => (5, S::Succeeded),
        A::Authorized => (4, S::Authorized),
        A::Processing => (3, S::Processing),
        A::Pending if closed => (2, S::Expiring),
        A::Created if closed => (1, S::Expiring),
        A::Pending => (2, S::Pending),
        A::Created => (1, S::Created),
        A::Failed | A::Canceled | A::Expired => (0, S::Failed),
    });
    let (strength, status) = strongest.max_by_key(|(strength, _)| *strength).unwrap();
    if strength > 0 {
        return status;
    }
    let may_retry = retry && !closed;
    match attempts[attempts.len() - 1] {
        A::Expired => S::Expired,
        A::Canceled => S::Canceled,
        _ if may_retry => S::Pending,
        _ => S::Failed,
    }
}

fn every_history() -> Vec<Vec<A>> {
    let longer = |shorter: &[Vec<A>]| -> Vec<Vec<A>> {
        let add = |history: &Vec<A>, status: &A| [history.as_slice(), &[*status]].concat();
        let all = shorter.iter();
        all.flat_map(|history| A::ALL.iter().map(move |status| add(history, status))).collect()
    };
    let one = longer(&[Vec::new()]);
    let two = longer(&one);
    let three = longer(&two);
    [one, two, three].concat()
}

#[test]
fn every_history_of_up_to_three_attempts_is_as_the_oracle_says() {
    let histories = every_history();
    assert_eq!(histories.len(), 8 + 64 + 512);
    for attempts in histories {
        for (closed, retry) in [(false, false), (false, true), (true, false), (true, true)] {
            let status = session_status(&attempts, closed, retry);
            assert_eq!(status, oracle(&attempts, closed, retry), "{attempts:?} {closed} {retry}");
        }
    }
}

#[test]
fn i10_no_history_reads_paid_without_a_paid_attempt() {
    for attempts in every_history() {
        let status = session_status(&attempts, true, false);
        assert_eq!(status.is_paid(), attempts.contains(&A::Succeeded), "{attempts:?}");
        let open = attempts.iter().any(|status| !status.is_final());
        assert!(!open || !status.is_finished() || status.is_paid(), "{attempts:?}");
    }
}

#[test]
fn i1_a_session_takes_another_attempt_only_when_all_before_are_unpaid_and_over() {
    for attempts in every_history() {
        let session = session_of(&attempts);
        let unpaid = [A::Failed, A::Canceled, A::Expired];
        let allowed = attempts.iter().all(|status| unpaid.contains(status))
            && attempts[attempts.len() - 1] == A::Failed;
        assert_eq!(session.allows_retry(), allowed, "{attempts:?}");
    }
}

#[test]
fn no_further_attempt_once_closed_in_review_refused_for_good_or_too_many() {
    let mut session = session_of(&[A::Failed]);
    assert!(session.allows_retry());
    assert_eq!(session.status(), S::Pending);
    session.closed = true;
    assert!(!session.allows_retry());
    assert_eq!(session.status(), S::Failed);

    let mut session = session_of(&[A::Failed]);
    session.review = Some(ReviewReason::AmountDiffers);
    assert!(!session.allows_retry());
    assert_eq!(session.status(), S::Review);

    let mut session = session_of(&[A::Failed]);
    let retry = false;
    session.attempts[0].failure = Some(Failure { retry, ..declined() });
    assert!(!session.allows_retry());

    assert!(session_of(&[A::Failed; MAX_ATTEMPTS - 1]).allows_retry());
    assert!(!session_of(&[A::Failed; MAX_ATTEMPTS]).allows_retry());
    assert_eq!(session_of(&[A::Failed; MAX_ATTEMPTS]).status(), S::Failed);
}

#[test]
fn an_attempt_stopped_after_the_time_was_up_leaves_the_session_expired() {
    let mut session = session_of(&[A::Canceled]);
    assert_eq!(session.status(), S::Canceled);
    session.attempts[0].changed_at = minutes(29);
    assert_eq!(session.status(), S::Canceled);
    session.attempts[0].changed_at = session.expires_at;
    assert_eq!(session.status(), S::Expired);
    session.closed = true;
    assert_eq!(session.status(), S::Expired);
}

#[test]
fn a_payer_who_cancelled_in_time_stays_cancelled_after_it() {
    let mut session = session_of(&[A::Canceled]);
    session.attempts[0].changed_at = minutes(5);
    session.closed = true;
    assert_eq!(session.status(), S::Canceled);
}

#[test]
fn only_unpaid_ends_free_the_booking_reference() {
    for status in S::ALL {
        let frees = matches!(status, S::Failed | S::Canceled | S::Expired);
        assert_eq!(status.frees_reference(), frees, "{status}");
        assert_eq!(status.is_finished(), frees || *status == S::Succeeded, "{status}");
        assert_eq!(status.is_payable(), *status == S::Pending, "{status}");
        assert_eq!(S::parse(status.as_str()), Some(*status));
    }
}
