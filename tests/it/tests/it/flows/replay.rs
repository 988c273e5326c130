//! I5: the same key again.

use super::create::answered;
use super::fuse::Crash;
use super::wishes::{minutes, order, seconds, start};
use super::world::World;
use bellhop_domain::flows::CreateResult;
use bellhop_domain::provider::Operation;
use bellhop_domain::status::AttemptStatus;

#[tokio::test]
async fn i5_the_same_call_gets_the_same_answer_whatever_happened_since() {
    let world = World::new();
    let first = answered(world.create(start()).await.unwrap());
    world.pay.set(0, AttemptStatus::Succeeded);
    world.look_now(minutes(1)).await.unwrap();
    for later in [seconds(1), minutes(2), minutes(60 * 24 * 29)] {
        let again = answered(world.create(later).await.unwrap());
        assert_eq!(again, (first.0.clone(), true));
    }
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn i5_a_replay_gives_the_same_link() {
    let world = World::new();
    let token = |result| match result {
        CreateResult::Answered { token, .. } => token.map(|token| token.hash()),
        _ => None,
    };
    let first = token(world.create(start()).await.unwrap());
    let again = token(world.create(minutes(1)).await.unwrap());
    assert!(first.is_some());
    assert_eq!(first, again);
}

#[tokio::test]
async fn i5_the_same_key_with_another_request_is_a_mistake() {
    let world = World::opened().await;
    let other = order(world.merchant, "RES-54321", "key-1");
    let result = world.create_from(&other, seconds(1)).await.unwrap();
    assert!(matches!(result, CreateResult::KeyReused));
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn i5_a_second_call_while_the_first_is_at_work_is_told_so() {
    let world = World::new();
    let second = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        let result = second.create(seconds(1)).await.unwrap();
        assert!(matches!(result, CreateResult::InFlight));
    });
    world.create(start()).await.unwrap();
    assert_eq!(world.pay.count(Operation::Create), 1);
}

/// A caller that died after the provider had answered, before that was written.
async fn died_before_the_answer_was_written() -> World {
    let world = World::new();
    world.fuse.set(3, Crash::Before);
    world.create(start()).await.unwrap_err();
    world.fuse.mend();
    assert_eq!(world.pay.books().ledger.len(), 1);
    world
}

#[tokio::test]
async fn i5_an_abandoned_claim_is_answered_as_the_session_stands() {
    let world = died_before_the_answer_was_written().await;
    let early = world.create(seconds(59)).await.unwrap();
    assert!(matches!(early, CreateResult::InFlight));
    let (answer, replayed) = answered(world.create(seconds(60)).await.unwrap());
    assert_eq!((answer.status, replayed), (202, true));
    assert_eq!(world.pay.count(Operation::Create), 1);

    world.let_pass(seconds(61), 5).await;
    assert_eq!(world.session().await.attempts[0].status, AttemptStatus::Pending);
    let again = answered(world.create(minutes(9)).await.unwrap());
    assert_eq!(again, (answer, true));
}

#[tokio::test]
async fn i5_an_abandoned_claim_whose_payment_was_found_meanwhile_is_answered_as_opened() {
    let world = died_before_the_answer_was_written().await;
    world.let_pass(start(), 3).await;
    let (answer, replayed) = answered(world.create(minutes(4)).await.unwrap());
    assert_eq!((answer.status, replayed), (201, true));
    assert_eq!(world.pay.count(Operation::Create), 1);
}
