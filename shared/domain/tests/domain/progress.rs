//! What single answers do to a session.

use crate::given::{created, declined, minutes, moment, payment, seen, session, session_of};
use bellhop_domain::Timestamp;
use bellhop_domain::attempt::{Failure, FailureCode};
use bellhop_domain::event::EventKind;
use bellhop_domain::progress::{closed, not_opened, observed, opened, retried, unknowable};
use bellhop_domain::session::{Change, ReviewReason, Session};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

fn kind(change: &Change) -> Option<EventKind> {
    change.event.as_ref().map(|event| event.kind)
}

fn look(session: &Session, at: usize, status: A, now: Timestamp) -> Change {
    observed(session, at, &seen(session, at, status), moment(now)).unwrap()
}

#[test]
fn an_opened_payment_is_pending_with_its_id() {
    let change = opened(&session(), 0, &created(0), moment(minutes(0))).unwrap();
    assert_eq!(change.session.status(), S::Pending);
    assert_eq!(change.session.attempts[0].payment, Some(payment(0)));
    assert_eq!(kind(&change), Some(EventKind::Pending));
    assert_eq!(change.session.due_at(), Some(minutes(2)));
}

#[test]
fn i2_a_create_answer_that_comes_after_the_truth_changes_nothing() {
    for status in A::ALL.iter().filter(|status| !status.is_unanswered()) {
        let before = session_of(&[*status]);
        let change = opened(&before, 0, &created(7), moment(minutes(1))).unwrap();
        assert_eq!(change.session.attempts, before.attempts);
        let code = FailureCode::CreateLost;
        let change = not_opened(&before, 0, code, moment(minutes(1))).unwrap();
        assert_eq!(change.session.attempts, before.attempts);
        assert!(change.event.is_none());
    }
}

#[test]
fn i1_a_payment_that_a_search_found_is_neither_replaced_nor_given_up() {
    let mut before = session();
    before.attempts[0].payment = Some(payment(3));
    let late = opened(&before, 0, &created(7), moment(minutes(1))).unwrap();
    assert_eq!(late.session.attempts, before.attempts);
    let code = FailureCode::CreateLost;
    let lost = not_opened(&before, 0, code, moment(minutes(1))).unwrap();
    assert_eq!(lost.session.attempts, before.attempts);
    assert!(!lost.session.closed);
}

#[test]
fn a_first_attempt_that_was_never_opened_ends_the_session() {
    for code in [FailureCode::Refused, FailureCode::ProviderUnavailable, FailureCode::ProviderUnauthorized] {
        let change = not_opened(&session(), 0, code, moment(minutes(0))).unwrap();
        assert_eq!(change.session.status(), S::Failed);
        assert_eq!(kind(&change), Some(EventKind::Failed));
        assert_eq!(change.session.due_at(), None);
        let failure = Failure { code, retry: false };
        assert_eq!(change.session.attempts[0].failure, Some(failure));
    }
}

#[test]
fn a_lost_create_and_a_later_refusal_leave_the_payer_another_try() {
    let lost = not_opened(&session(), 0, FailureCode::CreateLost, moment(minutes(12))).unwrap();
    assert_eq!(kind(&lost), Some(EventKind::AttemptFailed));
    assert_eq!(lost.session.status(), S::Pending);
    let second = retried(&lost.session, moment(minutes(13))).unwrap();
    assert_eq!(kind(&second), Some(EventKind::AttemptStarted));
    let refused = not_opened(&second.session, 1, FailureCode::Refused, moment(minutes(13))).unwrap();
    assert!(refused.session.allows_retry());
    assert_eq!(refused.session.due_at(), Some(minutes(30)));
}

#[test]
fn i4_late_money_is_told_by_its_name_and_stops_the_open_attempt() {
    let before = session_of(&[A::Failed, A::Pending]);
    let change = look(&before, 0, A::Succeeded, minutes(5));
    assert_eq!(kind(&change), Some(EventKind::PaidLate));
    assert!(change.session.paid_late);
    assert_eq!(change.session.status(), S::Succeeded);
    assert_eq!(change.session.attempts[1].look_at, Some(minutes(5)));
    assert!(change.session.no_longer_wants(1, minutes(5)));
}

#[test]
fn i1_nobody_may_try_again_once_an_earlier_attempt_was_paid_late() {
    let before = session_of(&[A::Failed, A::Failed]);
    assert!(before.allows_retry());
    let change = look(&before, 0, A::Succeeded, minutes(5));
    assert!(!change.session.allows_retry());
}

#[test]
fn money_twice_is_told_once_in_whichever_order_it_came() {
    let late_second = look(&session_of(&[A::Failed, A::Pending]), 1, A::Succeeded, minutes(4));
    assert_eq!(kind(&late_second), Some(EventKind::Succeeded));
    let twice = look(&late_second.session, 0, A::Succeeded, minutes(5));
    assert_eq!(kind(&twice), Some(EventKind::PaidTwice));
    assert!(twice.session.paid_late);

    let late_first = look(&session_of(&[A::Failed, A::Pending]), 0, A::Succeeded, minutes(4));
    let twice = look(&late_first.session, 1, A::Succeeded, minutes(5));
    assert_eq!(kind(&twice), Some(EventKind::PaidTwice));
    let again = look(&twice.session, 1, A::Succeeded, minutes(6));
    assert_eq!(kind(&again), None);
    assert_eq!(again.session.moved().captured, 29_000);
}

#[test]
fn money_taken_back_is_told_by_its_name() {
    let before = session_of(&[A::Succeeded]);
    let mut answer = seen(&before, 0, A::Failed);
    answer.failure = Some(Failure { code: FailureCode::ProviderError, retry: false });
    let change = observed(&before, 0, &answer, moment(minutes(5))).unwrap();
    assert_eq!(kind(&change), Some(EventKind::Reversed));
    assert_eq!(change.session.status(), S::Failed);
    assert!(!change.session.allows_retry());
}

#[test]
fn a_decline_leaves_another_try_until_the_time_is_up() {
    let before = session_of(&[A::Pending]);
    let change = look(&before, 0, A::Failed, minutes(29));
    assert_eq!(kind(&change), Some(EventKind::AttemptFailed));
    assert_eq!(change.session.status(), S::Pending);
    let late = look(&before, 0, A::Failed, minutes(30));
    assert_eq!(kind(&late), Some(EventKind::Failed));
    assert_eq!(late.session.status(), S::Failed);
    assert_eq!(late.session.attempts[0].failure, Some(declined()));
}

#[test]
fn the_time_is_up_expiring_first_expired_when_the_provider_agrees() {
    let before = session_of(&[A::Pending]);
    let still = look(&before, 0, A::Pending, minutes(30));
    assert_eq!(kind(&still), Some(EventKind::Expiring));
    let stopped = look(&still.session, 0, A::Canceled, minutes(31));
    assert_eq!(kind(&stopped), Some(EventKind::Expired));
    assert_eq!(stopped.session.attempts[0].status, A::Canceled);
    let paid = look(&still.session, 0, A::Succeeded, minutes(31));
    assert_eq!(kind(&paid), Some(EventKind::Succeeded));
    assert!(!paid.session.paid_late);
}

#[test]
fn a_failed_attempt_that_nobody_repeats_ends_with_the_time() {
    let before = session_of(&[A::Failed]);
    assert_eq!(before.due_at(), Some(minutes(30)));
    let change = closed(&before, moment(minutes(30))).unwrap();
    assert_eq!(kind(&change), Some(EventKind::Failed));
    assert_eq!(change.session.due_at(), None);
}

#[test]
fn a_create_that_nobody_can_look_for_is_for_a_person() {
    let change = unknowable(&session(), 0, moment(minutes(12))).unwrap();
    assert_eq!(change.session.review, Some(ReviewReason::CreateUnknown));
    assert_eq!(kind(&change), Some(EventKind::Review));
    assert_eq!(change.session.attempts[0].look_at, None);
}
