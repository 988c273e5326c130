//! Looking at a session.

use super::wishes::{minutes, start};
use super::world::{PAID_IN_TWO_STEPS, World};
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{CreateResult, Target};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Operation;
use bellhop_domain::session::ReviewReason;
use bellhop_domain::status::{AttemptStatus as A, Reading, SessionStatus as S};

#[tokio::test]
async fn i4_what_the_provider_says_is_written_down() {
    for (said, status) in [
        (A::Processing, S::Processing),
        (A::Authorized, S::Authorized),
        (A::Succeeded, S::Succeeded),
        (A::Canceled, S::Canceled),
        (A::Expired, S::Expired),
    ] {
        let world = World::opened().await;
        world.pay.set(0, said);
        assert_eq!(world.look_now(minutes(1)).await.unwrap().status(), status);
        assert_eq!(world.session().await.status(), status);
        assert_eq!(world.kinds().await.len(), 3, "{said}");
    }
}

#[tokio::test]
async fn i9_a_session_that_is_not_due_costs_no_call() {
    let world = World::opened().await;
    let before = world.session().await;
    world.look(Target::Due, minutes(1)).await.unwrap();
    assert_eq!(world.session().await, before);
    assert_eq!(world.pay.count(Operation::Fetch), 0);
    world.look(Target::Due, minutes(2)).await.unwrap();
    assert_eq!(world.pay.count(Operation::Fetch), 1);
    world.look(Target::Due, minutes(2)).await.unwrap();
    assert_eq!(world.pay.count(Operation::Fetch), 1);
}

#[tokio::test]
async fn i2_a_write_of_somebody_else_makes_us_ask_again() {
    let world = World::opened().await;
    let other = world.clone();
    world.pay.meanwhile(Operation::Fetch, move || async move {
        other.pay.set(0, A::Processing);
        other.look_now(minutes(1)).await.unwrap();
        other.pay.set(0, A::Succeeded);
    });
    let session = world.look_now(minutes(1)).await.unwrap();
    assert_eq!(session.status(), S::Succeeded);
    assert_eq!(world.pay.count(Operation::Fetch), 3);
    assert_eq!(world.kinds().await, PAID_IN_TWO_STEPS);
}

#[tokio::test]
async fn i9_others_who_keep_writing_make_us_give_up() {
    let world = World::opened().await;
    for _ in 0..3 {
        let other = world.clone();
        world.pay.meanwhile(Operation::Fetch, move || async move {
            let before = other.session().await;
            other.touch(&before).await;
        });
    }
    let error = world.look_now(minutes(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "the session is busy");
    assert_eq!(world.pay.count(Operation::Fetch), 3);
}

#[tokio::test]
async fn i3_another_amount_or_currency_is_for_a_person() {
    for (amount, reason) in [
        (Money::new(14_501, Currency::GBP), ReviewReason::AmountDiffers),
        (Money::new(14_500, Currency::EUR), ReviewReason::CurrencyDiffers),
    ] {
        let world = World::opened().await;
        world.pay.set(0, A::Succeeded);
        world.pay.books().ledger[0].seen.amount = amount.ok();
        world.let_pass(start(), 40).await;
        let session = world.session().await;
        assert_eq!(session.status(), S::Review);
        assert_eq!(session.review, Some(reason));
        assert_eq!(session.moved().captured, 0);
        assert_eq!(world.kinds().await.last(), Some(&EventKind::Review));
        let second = super::wishes::order(world.merchant, "RES-12345", "key-2");
        let taken = world.create_from(&second, minutes(50)).await.unwrap();
        assert!(format!("{taken:?}").starts_with("ReferenceTaken"));
    }
}

#[tokio::test]
async fn i3_an_echo_that_lies_is_for_a_person() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    world.pay.books().ledger[0].seen.echo.reference = Some("RES-99999".to_owned());
    world.look_now(minutes(1)).await.unwrap();
    assert_eq!(world.session().await.review, Some(ReviewReason::ReferenceDiffers));
}

#[tokio::test]
async fn i9_a_payment_that_stays_open_is_asked_for_24_times_and_then_a_person() {
    let world = World::opened().await;
    let word = Reading::Unrecognized("considering".to_owned());
    world.pay.books().ledger[0].seen.reading = word;
    world.let_pass(start(), 60 * 30).await;
    assert_eq!(world.pay.count(Operation::Fetch), 24);
    let session = world.session().await;
    assert_eq!(session.review, Some(ReviewReason::LookLimit));
    assert_eq!(session.due_at(), None);
    world.notified("pay0", minutes(60 * 31)).await.unwrap();
    assert_eq!(world.pay.count(Operation::Fetch), 24);
}

#[tokio::test]
async fn i4_money_that_comes_after_the_end_is_found_by_the_schedule() {
    let world = World::opened().await;
    world.pay.set(0, A::Expired);
    world.look_now(minutes(5)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Expired);
    world.pay.set(0, A::Succeeded);
    world.let_pass(minutes(6), 70).await;
    let session = world.session().await;
    assert!(session.paid_late);
    assert_eq!(session.status(), S::Succeeded);
    assert_eq!(world.kinds().await.last(), Some(&EventKind::PaidLate));
}

#[tokio::test]
async fn i1_money_after_the_end_takes_the_booking_again() {
    let world = World::opened().await;
    world.pay.set(0, A::Expired);
    world.look_now(minutes(5)).await.unwrap();
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(6)).await.unwrap();
    let second = super::wishes::order(world.merchant, "RES-12345", "key-2");
    let result = world.create_from(&second, minutes(7)).await.unwrap();
    assert!(matches!(result, CreateResult::ReferenceTaken { paid: true, .. }));
    assert_eq!(world.pay.books().ledger.len(), 1);
}

#[tokio::test]
async fn money_that_is_taken_back_without_a_word_is_found_by_the_schedule() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    world.look_now(minutes(5)).await.unwrap();
    world.pay.set(0, A::Failed);
    world.let_pass(minutes(6), 70).await;
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Reversed));
    assert!(!world.session().await.status().is_paid());
}

#[tokio::test]
async fn money_after_the_end_does_not_take_the_booking_from_the_session_that_has_it() {
    let world = World::opened().await;
    let first = world.session().await.key;
    world.pay.set(0, A::Expired);
    world.look_now(minutes(5)).await.unwrap();
    let second = super::wishes::order(world.merchant, "RES-12345", "key-2");
    world.create_from(&second, minutes(6)).await.unwrap();
    let live = world.session().await.key;
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(7)).await.unwrap();
    let late = world.stored(first).await;
    assert!(late.paid_late && late.status().is_paid());
    let third = super::wishes::order(world.merchant, "RES-12345", "key-3");
    let taken = world.create_from(&third, minutes(8)).await.unwrap();
    assert!(format!("{taken:?}").contains(&live.session.to_string()));
}
