//! A new session in place of the live one of its booking.

use super::wishes::{minutes, order, start};
use super::world::World;
use bellhop_domain::flows::{CreateOrder, CreateResult};
use bellhop_domain::provider::Operation;
use bellhop_domain::status::{AttemptStatus, SessionStatus};

fn instead(world: &World) -> CreateOrder {
    CreateOrder { supersede: true, ..order(world.merchant, "RES-12345", "key-2") }
}

#[tokio::test]
async fn i1_the_old_payment_is_stopped_before_the_new_one_is_opened() {
    let world = World::opened().await;
    let old = world.session().await;
    let result = world.create_from(&instead(&world), minutes(1)).await.unwrap();
    assert!(matches!(result, CreateResult::Answered { replayed: false, .. }), "{result:?}");
    assert_eq!(world.pay.count(Operation::Cancel), 1);
    let old = world.desk.store.session(old.key).await.unwrap().unwrap();
    assert_eq!(old.status(), SessionStatus::Canceled);
    assert_eq!(world.session().await.status(), SessionStatus::Pending);
    assert_eq!(world.pay.count(Operation::Create), 2);
}

#[tokio::test]
async fn i1_a_session_that_was_paid_meanwhile_stays() {
    let world = World::opened().await;
    world.pay.set(0, AttemptStatus::Succeeded);
    let result = world.create_from(&instead(&world), minutes(1)).await.unwrap();
    assert!(matches!(result, CreateResult::ReferenceTaken { paid: true, .. }), "{result:?}");
    assert_eq!(world.pay.count(Operation::Create), 1);
    assert_eq!(world.session().await.status(), SessionStatus::Succeeded);
}

#[tokio::test]
async fn without_a_live_session_it_is_a_create_like_any_other() {
    let world = World::new();
    let result = world.create_from(&instead(&world), start()).await.unwrap();
    assert!(matches!(result, CreateResult::Answered { .. }), "{result:?}");
    assert_eq!(world.pay.count(Operation::Cancel), 0);
}
