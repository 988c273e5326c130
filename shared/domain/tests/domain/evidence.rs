//! I3: success is stored only from an answer whose payment, amount, currency and reference are ours.

use crate::given::{minutes, moment, payment, seen, session, session_of, start};
use bellhop_domain::event::EventKind;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::progress::{Moment, observed};
use bellhop_domain::provider::{Echo, Observation};
use bellhop_domain::session::{ReviewReason, Session};
use bellhop_domain::status::{AttemptStatus as A, Reading, SessionStatus as S};

type Lie = (&'static str, fn(&mut Observation), ReviewReason);

const LIES: [Lie; 9] = [
    ("one more", |seen| seen.amount = Some(gbp(14_501)), ReviewReason::AmountDiffers),
    ("one less", |seen| seen.amount = Some(gbp(14_499)), ReviewReason::AmountDiffers),
    ("nothing", |seen| seen.amount = Some(gbp(0)), ReviewReason::AmountDiffers),
    ("euros", |seen| seen.amount = Some(eur(14_500)), ReviewReason::CurrencyDiffers),
    ("yen of the same value", |seen| seen.amount = Some(jpy(145)), ReviewReason::CurrencyDiffers),
    (
        "another reference",
        |seen| seen.echo.reference = Some("RES-1234".to_owned()),
        ReviewReason::ReferenceDiffers,
    ),
    ("another attempt", |seen| seen.echo.attempt = Some(stranger()), ReviewReason::ReferenceDiffers),
    ("another payment", |seen| seen.payment = payment(9), ReviewReason::ReferenceDiffers),
    ("no echo at all", |seen| seen.echo = Echo::default(), ReviewReason::ReferenceDiffers),
];

fn gbp(minor: u64) -> Money {
    Money::new(minor, Currency::GBP).unwrap()
}

fn eur(minor: u64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

fn jpy(minor: u64) -> Money {
    Money::new(minor, Currency::JPY).unwrap()
}

fn stranger() -> AttemptId {
    AttemptId::generate(start()).unwrap()
}

fn now() -> Moment<'static> {
    moment(minutes(3))
}

/// Every session that has something to lose from a lie: open ones and ended ones.
fn sessions() -> Vec<Session> {
    let stored = [A::Pending, A::Processing, A::Authorized, A::Failed, A::Canceled, A::Expired];
    stored.iter().map(|status| session_of(&[*status])).collect()
}

#[test]
fn i3_each_kind_of_mismatch_is_for_a_person_and_never_success() {
    for before in sessions() {
        for (name, lie, reason) in LIES {
            let mut answer = seen(&before, 0, A::Succeeded);
            lie(&mut answer);
            let change = observed(&before, 0, &answer, now()).unwrap();
            let after = &change.session;
            assert_eq!(after.attempts[0].status, before.attempts[0].status, "{name}");
            assert_eq!(after.attempts[0].moved, before.attempts[0].moved, "{name}");
            assert_eq!(after.status(), S::Review, "{name}");
            assert_eq!(after.review, Some(reason), "{name}");
            assert_eq!(change.event.unwrap().kind, EventKind::Review, "{name}");
            assert!(!after.allows_retry(), "{name}");
        }
    }
}

#[test]
fn i3_the_truth_about_the_same_sessions_is_success() {
    for before in sessions() {
        let answer = seen(&before, 0, A::Succeeded);
        let after = observed(&before, 0, &answer, now()).unwrap().session;
        assert_eq!(after.status(), S::Succeeded);
        assert_eq!(after.moved().captured, 14_500);
    }
}

#[test]
fn i3_one_echo_is_enough_but_each_that_is_there_must_be_ours() {
    let before = session_of(&[A::Pending]);
    let whole = seen(&before, 0, A::Succeeded);
    for (reference, attempt) in [(true, false), (false, true), (true, true)] {
        let mut answer = whole.clone();
        answer.echo.reference = answer.echo.reference.filter(|_| reference);
        answer.echo.attempt = answer.echo.attempt.filter(|_| attempt);
        let after = observed(&before, 0, &answer, now()).unwrap().session;
        assert_eq!(after.status(), S::Succeeded, "{reference} {attempt}");
    }
    let mut half = whole;
    half.echo.reference = Some("res-12345".to_owned());
    let after = observed(&before, 0, &half, now()).unwrap().session;
    assert_eq!(after.review, Some(ReviewReason::ReferenceDiffers));
}

#[test]
fn i3_a_found_payment_is_taken_for_ours_only_when_it_echoes_us() {
    let before = session();
    for (name, lie, reason) in LIES {
        let mut answer = seen(&before, 0, A::Pending);
        lie(&mut answer);
        if name == "another payment" {
            continue;
        }
        let after = observed(&before, 0, &answer, now()).unwrap().session;
        let adopted = after.attempts[0].payment.is_some();
        assert_eq!(adopted, reason != ReviewReason::ReferenceDiffers, "{name}");
        assert_eq!(after.review, Some(reason), "{name}");
    }
}

#[test]
fn i3_an_unknown_word_changes_no_status_and_asks_nobody_for_review() {
    for before in sessions() {
        let mut answer = seen(&before, 0, A::Succeeded);
        answer.reading = Reading::Unrecognized("success".to_owned());
        let change = observed(&before, 0, &answer, now()).unwrap();
        assert_eq!(change.session.status(), before.status());
        assert_eq!(change.session.attempts[0].moved, before.attempts[0].moved);
        assert!(change.event.is_none());
    }
}

#[test]
fn a_second_lie_tells_nobody_again_and_keeps_the_first_reason() {
    let before = session_of(&[A::Pending]);
    let mut answer = seen(&before, 0, A::Succeeded);
    answer.amount = Some(eur(14_500));
    let once = observed(&before, 0, &answer, now()).unwrap().session;
    answer.amount = Some(gbp(1));
    let twice = observed(&once, 0, &answer, now()).unwrap();
    assert_eq!(twice.session.review, Some(ReviewReason::CurrencyDiffers));
    assert!(twice.event.is_none());
}

#[test]
fn i2_a_final_status_that_the_provider_takes_back_is_a_contradiction() {
    for (stored, said) in [
        (A::Succeeded, A::Pending),
        (A::Succeeded, A::Canceled),
        (A::Failed, A::Pending),
        (A::Expired, A::Authorized),
        (A::Canceled, A::Expired),
    ] {
        let before = session_of(&[stored]);
        let change = observed(&before, 0, &seen(&before, 0, said), now()).unwrap();
        assert_eq!(change.session.attempts[0].status, stored);
        assert_eq!(change.session.review, Some(ReviewReason::Contradiction), "{stored} {said}");
    }
}

#[test]
fn i2_an_older_answer_takes_no_money_back() {
    let before = session_of(&[A::Pending]);
    let mut held = seen(&before, 0, A::Authorized);
    held.moved.authorized = 14_500;
    let held = observed(&before, 0, &held, now()).unwrap().session;
    let older = seen(&held, 0, A::Pending);
    let after = observed(&held, 0, &older, now()).unwrap();
    assert_eq!(after.session.attempts[0].status, A::Authorized);
    assert_eq!(after.session.moved().authorized, 14_500);
    assert!(after.event.is_none());
}

#[test]
fn i3_an_amount_may_be_unknown_until_there_is_money_and_no_longer() {
    for status in [A::Authorized, A::Succeeded] {
        let before = session_of(&[A::Pending]);
        let answer = Observation { amount: None, ..seen(&before, 0, status) };
        let change = observed(&before, 0, &answer, now()).unwrap();
        assert_eq!(change.session.review, Some(ReviewReason::AmountDiffers));
        assert_eq!(change.session.attempts[0].status, A::Pending);
    }
    for status in [A::Pending, A::Processing, A::Canceled, A::Expired] {
        let before = session_of(&[A::Pending]);
        let mut answer = seen(&before, 0, status);
        answer.amount = None;
        let change = observed(&before, 0, &answer, now()).unwrap();
        assert_eq!((change.session.attempts[0].status, change.session.review), (status, None));
    }
}

/// A payment that the booking site named itself carries nothing of ours: its id is the proof, and
/// only once it is known as ours.
#[test]
fn i3_a_payment_that_was_there_before_us_is_ours_by_its_id_alone() {
    let before = session_of(&[A::Pending]);
    let mut answer = seen(&before, 0, A::Succeeded);
    answer.echo = Echo { ours_by_id: true, ..Echo::default() };
    let paid = observed(&before, 0, &answer, now()).unwrap().session;
    assert_eq!(paid.status(), S::Succeeded);
    answer.payment = payment(9);
    let other = observed(&before, 0, &answer, now()).unwrap().session;
    assert_eq!(other.review, Some(ReviewReason::ReferenceDiffers));
    let mut unknown = before;
    unknown.attempts[0].payment = None;
    let unknown = observed(&unknown, 0, &answer, now()).unwrap().session;
    assert_eq!(unknown.review, Some(ReviewReason::ReferenceDiffers));
}

#[test]
fn what_the_payer_was_charged_in_another_currency_is_kept_and_compares_with_nothing() {
    let before = session_of(&[A::Pending]);
    let mut answer = seen(&before, 0, A::Succeeded);
    answer.charged_as = Some(eur(17_000));
    let paid = observed(&before, 0, &answer, now()).unwrap().session;
    assert_eq!((paid.status(), paid.attempts[0].charged_as), (S::Succeeded, Some(eur(17_000))));
}
