//! A booking site names one payment for two bookings: the first has it, the second never does.

use super::create::answered;
use super::fake::Fault;
use super::wishes::{minutes, order, start};
use super::world::World;
use bellhop_domain::attempt::FailureCode;
use bellhop_domain::event::Cause;
use bellhop_domain::flows::{CreateResult, create_session};
use bellhop_domain::flows::{Look, Target, refresh};
use bellhop_domain::ids::{SessionId, SessionKey};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::queue::Task;
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

/// Opens a second booking whose payment is the first's.
async fn second(world: &World) -> (u16, SessionKey, bool) {
    world.pay.books().ledger.clear();
    again(world).await
}

async fn again(world: &World) -> (u16, SessionKey, bool) {
    let other = order(world.merchant, "RES-OTHER", "key-2");
    let result: CreateResult =
        create_session(&world.desk, &other, &super::wishes::Plain, start()).await.unwrap();
    let (answer, replayed) = answered(result);
    let id = answer.body.split(' ').next().unwrap();
    let session = SessionId::parse(id).unwrap();
    (answer.status, SessionKey { merchant: world.merchant, session }, replayed)
}

fn is_unpaid_and_over(session: &Session) {
    assert_eq!((session.status(), session.closed), (S::Failed, true));
    let attempt = &session.attempts[0];
    assert_eq!((attempt.status, attempt.payment.as_ref(), attempt.look_at), (A::Failed, None, None));
    assert_eq!(attempt.failure.map(|failure| failure.code), Some(FailureCode::Refused));
    assert!(!session.allows_retry());
}

#[tokio::test]
async fn i1_a_payment_that_another_session_has_is_refused() {
    let world = World::opened().await;
    let first = world.session().await;
    let (status, key, _) = second(&world).await;
    assert_eq!(status, 422);
    is_unpaid_and_over(&world.stored(key).await);
    assert_eq!(again(&world).await, (422, key, true), "the same answer to the same call");
    assert_eq!(world.stored(first.key).await, first);
}

#[tokio::test]
async fn i1_what_is_told_of_the_payment_is_told_to_the_first() {
    let world = World::opened().await;
    let first = world.session().await;
    let books = world.pay.books().ledger[0].clone();
    let (_, key, _) = second(&world).await;
    world.pay.books().ledger[0] = books;
    world.pay.set(0, A::Succeeded);
    world.notified("pay0", minutes(1)).await.unwrap();
    assert_eq!(world.stored(first.key).await.status(), S::Succeeded);
    is_unpaid_and_over(&world.stored(key).await);
}

/// The create's answer was lost, and what is found later is the other's.
#[tokio::test]
async fn i1_a_payment_of_another_session_that_is_found_is_not_taken_over() {
    let world = World::opened().await;
    let first = world.session().await;
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    let (status, key, _) = second(&world).await;
    assert_eq!(status, 202);
    let look = Look { target: Target::Due, cause: Cause::Schedule, now: minutes(1) };
    refresh(&world.desk, key, look).await.unwrap();
    is_unpaid_and_over(&world.stored(key).await);
    assert_eq!(world.stored(first.key).await, first);
    assert_eq!(world.queue.take(), Vec::<Task>::new());
}
