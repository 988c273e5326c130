//! Two sessions of one booking: money that arrives for both is told, and asked for only once.

use super::wishes::{minutes, order};
use super::world::World;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{CreateResult, Opening};
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

/// The first session expired unpaid, a second one of the same booking is open.
async fn two() -> (World, Session) {
    let world = World::opened().await;
    let first = world.session().await;
    world.pay.set(0, A::Expired);
    world.let_pass(minutes(31), 0).await;
    let again = order(world.merchant, "RES-12345", "key-2");
    let result = world.create_from(&again, minutes(40)).await.unwrap();
    assert!(matches!(result, CreateResult::Answered { .. }), "{result:?}");
    (world, first)
}

async fn kinds(world: &World, session: &Session) -> Vec<EventKind> {
    let page = world.desk.store.events(session.key, 0, 100).await.unwrap();
    page.items.iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn i1_money_that_is_late_for_one_session_closes_the_other_before_anyone_pays_it() {
    let (world, first) = two().await;
    assert!(matches!(world.open(minutes(41)).await.unwrap(), Opening::ToProvider(..)));
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(42)).await.unwrap();
    let first = world.stored(first.key).await;
    assert!(first.paid_late && first.status() == S::Succeeded);
    assert!(matches!(world.open(minutes(42)).await.unwrap(), Opening::ToLanding));
    world.let_pass(minutes(42), 1).await;
    assert_eq!(world.session().await.status(), S::Canceled);
    assert_eq!(world.pay.status(1), Some(A::Canceled));
    assert!(!kinds(&world, &first).await.contains(&EventKind::PaidTwice));
}

#[tokio::test]
async fn money_for_a_session_that_was_closed_for_another_is_told_as_paid_twice() {
    let (world, _) = two().await;
    world.pay.set(0, A::Succeeded);
    world.pay.set(1, A::Succeeded);
    world.notified("pay0", minutes(42)).await.unwrap();
    world.let_pass(minutes(42), 1).await;
    let second = world.session().await;
    assert_eq!(second.status(), S::Succeeded);
    assert_eq!(kinds(&world, &second).await.last(), Some(&EventKind::PaidTwice));
}

#[tokio::test]
async fn money_that_is_late_for_one_session_after_the_other_was_paid_is_told_as_paid_twice() {
    let (world, first) = two().await;
    world.pay.set(1, A::Succeeded);
    world.notified("pay1", minutes(41)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Succeeded);
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(42)).await.unwrap();
    let first = world.stored(first.key).await;
    assert!(first.paid_late && first.paid_elsewhere);
    assert_eq!(kinds(&world, &first).await.last(), Some(&EventKind::PaidTwice));
}
