//! A crash at every call to the outside, of every flow that writes; then the service goes on.

use super::fuse::Crash;
use super::wishes::{minutes, start};
use super::world::World;
use bellhop_domain::Timestamp;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{Opening, Target};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

/// No flow here makes as many calls as this.
const MANY: usize = 20;

/// Every point at which `flow` can die, one fresh world each, until it lives through.
async fn at_every_call<F>(prepare: impl AsyncFn() -> World, flow: impl Fn(World) -> F) -> Vec<World>
where
    F: Future<Output = ()>,
{
    let mut worlds = Vec::new();
    for crash in [Crash::Before, Crash::After] {
        for nth in 1.. {
            assert!(nth < MANY, "the flow never ends");
            let world = prepare().await;
            world.fuse.set(nth, crash);
            flow(world.clone()).await;
            let died = world.fuse.has_burnt();
            world.fuse.mend();
            worlds.push(world);
            if !died {
                break;
            }
        }
    }
    worlds
}

/// The payer does whatever the pages offer: opens, pays, or tries again.
async fn payer_tries(world: &World, now: Timestamp) {
    world.land(now).await.unwrap();
    if world.session().await.allows_retry() {
        world.retry(now).await.unwrap();
    }
    if let Opening::ToProvider(page, _) = world.open(now).await.unwrap() {
        world.pay.pay_on(&page);
    }
    let payable = world.pay.shown_and_payable();
    assert!(payable <= 1, "I1: {payable} pages can be paid");
}

/// The booking site asks again, the payer keeps trying, the schedule runs.
async fn to_the_end(world: &World) {
    for minute in [2, 4, 8, 14, 17] {
        world.create(minutes(minute)).await.unwrap();
        world.let_pass(minutes(minute), 1).await;
        payer_tries(world, minutes(minute + 1)).await;
    }
    world.let_pass(minutes(19), 60).await;
}

async fn check_paid_once(world: &World) {
    let session = world.session().await;
    assert_eq!(session.status(), S::Succeeded, "{session:?}");
    assert_eq!(world.pay.paid(), 1, "I1: paid more than once");
    assert_eq!(session.moved().captured, 14_500);
    let kinds = world.kinds().await;
    let told = kinds.iter().filter(|kind| **kind == EventKind::Succeeded);
    assert_eq!(told.count(), 1, "I6: {kinds:?}");
    assert!(!session.paid_late && !kinds.contains(&EventKind::PaidTwice));
}

#[tokio::test]
async fn i1_i4_create_may_die_anywhere() {
    let create = |world: World| async move {
        let _ = world.create(start()).await;
    };
    let worlds = at_every_call(async || World::new(), create).await;
    assert_eq!(worlds.len(), 2 * (3 + 1), "open, create, save, and none");
    for world in worlds {
        to_the_end(&world).await;
        check_paid_once(&world).await;
    }
}

#[tokio::test]
async fn i4_refresh_may_die_anywhere() {
    let paid = async || {
        let world = World::opened().await;
        world.pay.set(0, A::Succeeded);
        world
    };
    let look = |world: World| async move {
        let _ = world.look(Target::Current, minutes(1)).await;
    };
    let worlds = at_every_call(paid, look).await;
    assert_eq!(worlds.len(), 2 * (3 + 1), "session, fetch, save, and none");
    for world in worlds {
        world.let_pass(minutes(2), 30).await;
        check_paid_once(&world).await;
    }
}

#[tokio::test]
async fn i1_i4_trying_again_may_die_anywhere() {
    let declined = async || {
        let world = World::opened().await;
        world.pay.set(0, A::Failed);
        world.look_now(minutes(1)).await.unwrap();
        world
    };
    let retry = |world: World| async move {
        let _ = world.retry(minutes(1)).await;
    };
    let worlds = at_every_call(declined, retry).await;
    assert_eq!(worlds.len(), 2 * (4 + 1), "session, save, create, save, and none");
    for world in worlds {
        to_the_end(&world).await;
        check_paid_once(&world).await;
    }
}

#[tokio::test]
async fn i4_stopping_at_the_end_of_time_may_die_anywhere() {
    let due = async || World::opened().await;
    let look = |world: World| async move {
        let _ = world.look(Target::Due, minutes(31)).await;
    };
    let worlds = at_every_call(due, look).await;
    assert_eq!(worlds.len(), 2 * (4 + 1), "session, cancel, fetch, save, and none");
    for world in worlds {
        world.let_pass(minutes(32), 120).await;
        assert_eq!(world.session().await.status(), S::Expired);
        assert_eq!(world.pay.status(0), Some(A::Canceled));
        assert!(world.session().await.closed);
    }
}
