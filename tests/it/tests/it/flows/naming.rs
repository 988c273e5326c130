//! Notifications that name something else than a payment we know.

use super::fake::Fault;
use super::wishes::{account_at, minutes, start};
use super::world::World;
use bellhop_domain::flows::{Attended, attend};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind, ProviderPaymentId};
use bellhop_domain::queue::Task;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

#[tokio::test]
async fn a_notification_is_led_to_the_payment_that_it_means() {
    let world = World::opened().await;
    world.pay.books().names = Some(vec![("charge-9", 0)]);
    world.pay.set(0, A::Succeeded);
    world.notified("charge-9", minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Succeeded);
}

/// Most of what such a provider tells of is none of ours: it is not kept for later.
#[tokio::test]
async fn a_notification_that_means_no_payment_of_ours_is_passed_by() {
    let world = World::opened().await;
    world.pay.books().names = Some(Vec::new());
    world.table.take_calls();
    assert_eq!(world.notified("charge-1", minutes(1)).await.unwrap(), Attended::Nothing);
    assert!(world.table.take_calls().is_empty());
    assert_eq!(world.pay.count(Operation::Fetch), 0);
}

#[tokio::test]
async fn i4_a_notification_that_cannot_be_led_anywhere_now_comes_again() {
    let world = World::opened().await;
    world.pay.books().names = Some(vec![("charge-9", 0)]);
    world.pay.fail(Operation::Resolve, Fault::Before(Kind::Unavailable { after: None }));
    assert!(world.notified("charge-9", minutes(1)).await.is_err());
}

/// A create whose answer is lost, at a provider without a search.
async fn lost() -> World {
    let world = World::new();
    world.pay.books().no_search = true;
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    world
}

async fn told(world: &World, payment: &str) -> Attended {
    let task = Task::Notified {
        account: account_at(),
        merchant: world.merchant,
        payment: ProviderPaymentId::parse(payment).unwrap(),
        session: Some(world.session().await.key.session),
    };
    attend(&world.desk, &task, minutes(1)).await.unwrap()
}

#[tokio::test]
async fn i4_a_lost_payment_is_found_by_the_notification_that_names_it_and_us() {
    let world = lost().await;
    world.pay.set(0, A::Succeeded);
    told(&world, "pay0").await;
    let session = world.session().await;
    assert_eq!(session.status(), S::Succeeded);
    assert!(session.position_of(&ProviderPaymentId::parse("pay0").unwrap()).is_some());
}

#[tokio::test]
async fn i3_a_payment_that_echoes_another_attempt_is_not_taken_for_the_lost_one() {
    for echo in [None, Some(AttemptId::from_bytes([1; 16]))] {
        let world = lost().await;
        world.pay.set(0, A::Succeeded);
        world.pay.books().ledger[0].seen.echo.attempt = echo;
        told(&world, "pay0").await;
        assert_eq!(world.session().await.status(), S::Created);
    }
}
