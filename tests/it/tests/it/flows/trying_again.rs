//! The payer tries again.

use super::fake::Fault;
use super::fake_abilities::refusal;
use super::wishes::{minutes, seconds};
use super::world::World;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{Opening, Retried, Target};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

/// A session whose first payment was declined.
async fn declined() -> World {
    let world = World::opened().await;
    world.pay.set(0, A::Failed);
    world.look_now(minutes(1)).await.unwrap();
    world
}

/// The same, with a second payment that can be paid.
async fn second_open() -> World {
    let world = declined().await;
    assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
    world
}

#[tokio::test]
async fn a_declined_payer_tries_again_and_pays() {
    let world = second_open().await;
    let Opening::ToProvider(page, _) = world.open(minutes(2)).await.unwrap() else {
        panic!("no page");
    };
    world.pay.pay_on(&page);
    world.land(minutes(3)).await.unwrap();
    let expected = [
        EventKind::Created,
        EventKind::Pending,
        EventKind::AttemptFailed,
        EventKind::AttemptStarted,
        EventKind::Pending,
        EventKind::Succeeded,
    ];
    assert_eq!(world.kinds().await, expected);
    assert!(!world.session().await.paid_late);
}

#[tokio::test]
async fn i1_two_clicks_make_one_attempt() {
    let world = declined().await;
    let second = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        assert_eq!(second.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
    });
    assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
    assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
    assert_eq!(world.session().await.attempts.len(), 2);
    assert_eq!(world.pay.books().ledger.len(), 2);
}

#[tokio::test]
async fn i1_two_clicks_at_the_very_same_moment_make_one_attempt() {
    let world = declined().await;
    let (one, two) = tokio::join!(world.retry(minutes(2)), world.retry(minutes(2)));
    assert_eq!([one.unwrap(), two.unwrap()], [Retried::ToPayment; 2]);
    assert_eq!(world.session().await.attempts.len(), 2);
    assert_eq!(world.pay.books().ledger.len(), 2);
}

#[tokio::test]
async fn the_page_reloaded_while_the_next_payment_is_being_opened_loses_nothing() {
    let world = declined().await;
    world.pay.books().search_lags = true;
    let other = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        other.land(seconds(125)).await.unwrap();
    });
    assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
    assert!(matches!(world.open(minutes(3)).await.unwrap(), Opening::ToProvider(..)));
}

#[tokio::test]
async fn i1_nobody_tries_again_while_a_payment_is_open_or_the_money_is_there() {
    for (status, to) in [
        (A::Pending, Retried::ToPayment),
        (A::Processing, Retried::ToPayment),
        (A::Succeeded, Retried::ToLanding),
        (A::Canceled, Retried::ToLanding),
        (A::Expired, Retried::ToLanding),
    ] {
        let world = World::opened().await;
        world.pay.set(0, status);
        world.look_now(minutes(1)).await.unwrap();
        assert_eq!(world.retry(minutes(2)).await.unwrap(), to, "{status}");
        assert_eq!(world.pay.count(Operation::Create), 1);
    }
}

#[tokio::test]
async fn i1_nobody_tries_again_once_the_time_is_up() {
    let world = declined().await;
    assert_eq!(world.retry(minutes(30)).await.unwrap(), Retried::ToLanding);
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn i9_a_payer_gets_five_tries() {
    let world = declined().await;
    for at in 1..5 {
        assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToPayment);
        world.pay.set(at, A::Failed);
        world.look_now(minutes(3)).await.unwrap();
    }
    assert_eq!(world.session().await.status(), S::Failed);
    assert_eq!(world.retry(minutes(4)).await.unwrap(), Retried::ToLanding);
    assert_eq!(world.pay.books().ledger.len(), 5);
}

#[tokio::test]
async fn a_try_that_the_provider_will_not_open_leaves_another() {
    for kind in [Kind::Refused(refusal()), Kind::Unavailable { after: None }, Kind::Unauthorized] {
        let world = declined().await;
        world.pay.fail(Operation::Create, Fault::Before(kind.clone()));
        assert_eq!(world.retry(minutes(2)).await.unwrap(), Retried::ToLanding, "{kind}");
        assert_eq!(world.session().await.status(), S::Pending);
        assert_eq!(world.retry(minutes(3)).await.unwrap(), Retried::ToPayment);
    }
}

#[tokio::test]
async fn i1_a_late_success_stops_the_open_attempt() {
    let world = second_open().await;
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(3)).await.unwrap();
    assert_eq!(world.kinds().await.last(), Some(&EventKind::PaidLate));
    assert!(matches!(world.open(minutes(3)).await.unwrap(), Opening::ToLanding));
    world.look(Target::Due, minutes(3)).await.unwrap();
    assert_eq!(world.pay.status(1), Some(A::Canceled));
    let session = world.session().await;
    assert_eq!(session.attempts[1].status, A::Canceled);
    assert!(session.status().is_paid() && session.paid_late);
}

#[tokio::test]
async fn i1_a_late_success_after_two_declines_ends_the_tries() {
    let world = second_open().await;
    world.pay.set(1, A::Failed);
    world.look_now(minutes(3)).await.unwrap();
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(4)).await.unwrap();
    assert_eq!(world.retry(minutes(5)).await.unwrap(), Retried::ToLanding);
    assert_eq!(world.pay.count(Operation::Create), 2);
}

#[tokio::test]
async fn money_twice_is_told() {
    for (first, second) in [("pay0", "pay1"), ("pay1", "pay0")] {
        let world = second_open().await;
        world.pay.set(0, A::Succeeded);
        world.pay.set(1, A::Succeeded);
        world.notified(first, minutes(3)).await.unwrap();
        world.notified(second, minutes(4)).await.unwrap();
        world.let_pass(minutes(5), 120).await;
        let kinds = world.kinds().await;
        let twice = kinds.iter().filter(|kind| **kind == EventKind::PaidTwice);
        assert_eq!(twice.count(), 1, "{kinds:?}");
        assert_eq!(world.session().await.moved().captured, 29_000);
    }
}
