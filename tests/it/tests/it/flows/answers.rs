//! What a provider waits for from us is given after comparing, and once in effect.

use super::fake::Fault;
use super::fuse::Crash;
use super::wishes::{minutes, seconds, start};
use super::world::World;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::session::ReviewReason;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};
use bellhop_domain::wish::Capture;

async fn waiting() -> World {
    let world = World::opened().await;
    world.pay.wait_for_word(0);
    world
}

async fn held() -> World {
    let world = World::opened().await;
    world.pay.hold(0);
    world
}

#[tokio::test]
async fn a_payment_that_waits_for_our_word_gets_it_and_is_paid() {
    let world = waiting().await;
    world.notified("pay0", minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert_eq!((world.pay.effects(), world.pay.count(Operation::Confirm)), (1, 1));
}

/// The amount is compared before our word is given: this is where a change on the way is caught.
#[tokio::test]
async fn i3_a_payment_of_another_amount_is_canceled_and_never_confirmed() {
    for other in [Money::new(14_499, Currency::GBP), Money::new(14_500, Currency::EUR)] {
        let world = waiting().await;
        world.pay.books().ledger[0].seen.amount = other.ok();
        world.let_pass(start(), 40).await;
        let session = world.session().await;
        assert_eq!(session.status(), S::Review);
        assert!(matches!(session.review, Some(ReviewReason::AmountDiffers | ReviewReason::CurrencyDiffers)));
        assert_eq!(world.pay.status(0), Some(A::Canceled));
        assert_eq!((world.pay.effects(), world.pay.count(Operation::Confirm)), (0, 0));
    }
}

#[tokio::test]
async fn i1_a_payment_that_nobody_wants_any_more_is_canceled_and_not_confirmed() {
    let late = waiting().await;
    late.look_now(minutes(31)).await.unwrap();
    assert_eq!(late.session().await.status(), S::Expired);
    assert_eq!((late.pay.status(0), late.pay.count(Operation::Confirm)), (Some(A::Canceled), 0));
}

#[tokio::test]
async fn i4_a_lost_answer_to_our_word_is_settled_by_asking() {
    let world = waiting().await;
    world.pay.fail(Operation::Confirm, Fault::After(Kind::OutcomeUnknown));
    world.look_now(minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert_eq!((world.pay.effects(), world.pay.count(Operation::Confirm)), (1, 1));
}

#[tokio::test]
async fn i4_a_word_that_was_not_heard_is_given_again_within_minutes() {
    let world = waiting().await;
    world.pay.fail(Operation::Confirm, Fault::Before(Kind::Unavailable { after: None }));
    let error = world.look_now(seconds(90)).await.unwrap_err();
    assert!(error.to_string().contains("confirm"), "{error}");
    let session = world.session().await;
    assert_eq!(session.status(), S::Processing);
    assert!(session.due_at() <= Some(seconds(150)));
    world.let_pass(minutes(3), 0).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert_eq!(world.pay.effects(), 1);
}

/// Two workers see the same payment wait: the provider hears both, and takes the word once.
#[tokio::test]
async fn i1_two_workers_confirm_once_in_effect() {
    let world = waiting().await;
    let other = world.clone();
    world.pay.meanwhile(Operation::Confirm, move || async move {
        other.look_now(minutes(1)).await.unwrap();
    });
    world.look_now(minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert_eq!((world.pay.effects(), world.pay.count(Operation::Confirm)), (1, 2));
}

#[tokio::test]
async fn i4_a_crash_anywhere_around_our_word_loses_and_doubles_nothing() {
    for crash in [Crash::Before, Crash::After] {
        for nth in 1..=5 {
            let world = waiting().await;
            world.fuse.set(nth, crash);
            let _killed = world.look_now(minutes(1)).await;
            world.fuse.mend();
            world.let_pass(minutes(1), 20).await;
            assert_eq!(world.session().await.status(), S::Succeeded, "{nth} {crash:?}");
            assert_eq!(world.pay.effects(), 1, "{nth} {crash:?}");
        }
    }
}

#[tokio::test]
async fn a_hold_is_taken_where_the_booking_site_wished_for_it_from_the_start() {
    let world = held().await;
    world.notified("pay0", minutes(1)).await.unwrap();
    let session = world.session().await;
    assert_eq!((session.status(), session.moved().captured), (S::Succeeded, 14_500));
    assert_eq!((world.pay.effects(), world.pay.count(Operation::Capture)), (1, 1));
}

#[tokio::test]
async fn a_hold_that_the_booking_site_wants_to_take_itself_is_left_alone() {
    let world = World::new();
    let mut order = world.order();
    order.wish.capture = Capture::Manual;
    world.create_from(&order, start()).await.unwrap();
    world.pay.hold(0);
    world.let_pass(start(), 40).await;
    assert_eq!(world.session().await.status(), S::Authorized);
    assert_eq!(world.pay.count(Operation::Capture), 0);
}

#[tokio::test]
async fn i4_a_capture_whose_answer_is_lost_is_found_taken_and_not_taken_twice() {
    let world = held().await;
    world.pay.fail(Operation::Capture, Fault::After(Kind::OutcomeUnknown));
    world.let_pass(start(), 10).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert_eq!(world.pay.effects(), 1);
}

#[tokio::test]
async fn i3_a_hold_of_another_amount_is_for_a_person_and_is_not_taken() {
    let world = held().await;
    world.pay.books().ledger[0].seen.amount = Money::new(14_501, Currency::GBP).ok();
    world.let_pass(start(), 10).await;
    assert_eq!(world.session().await.review, Some(ReviewReason::AmountDiffers));
    assert_eq!(world.pay.count(Operation::Capture), 0);
}
