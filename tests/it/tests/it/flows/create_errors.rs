//! Each way in which a create call to the provider goes wrong.

use super::create::answered;
use super::fake::Fault;
use super::fake_abilities::refusal;
use super::wishes::{order, seconds, start};
use super::world::World;
use bellhop_domain::attempt::FailureCode;
use bellhop_domain::flows::{CreateResult, FlowError};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, SessionStatus};
use std::time::Duration;

const UNAVAILABLE: Kind = Kind::Unavailable { after: Some(Duration::from_secs(7)) };

async fn failing(kind: Kind) -> (World, Result<CreateResult, FlowError>) {
    let world = World::new();
    world.pay.fail(Operation::Create, Fault::Before(kind));
    let result = world.create(start()).await;
    (world, result)
}

async fn failure(world: &World) -> Option<FailureCode> {
    world.session().await.attempts[0].failure.map(|failure| failure.code)
}

#[tokio::test]
async fn refused_is_answered_stored_and_frees_the_booking() {
    let (world, result) = failing(Kind::Refused(refusal())).await;
    let first = answered(result.unwrap());
    assert_eq!(first.0.status, 422);
    assert_eq!(world.session().await.status(), SessionStatus::Failed);
    assert_eq!(failure(&world).await, Some(FailureCode::Refused));
    assert_eq!(world.session().await.due_at(), None);

    let again = answered(world.create(seconds(5)).await.unwrap());
    assert_eq!(again, (first.0, true));
    let next = order(world.merchant, "RES-12345", "key-2");
    assert_eq!(answered(world.create_from(&next, seconds(6)).await.unwrap()).0.status, 201);
}

#[tokio::test]
async fn nothing_done_is_an_error_that_leaves_key_and_booking_free() {
    for (kind, code) in [
        (UNAVAILABLE, FailureCode::ProviderUnavailable),
        (Kind::Unavailable { after: None }, FailureCode::ProviderUnavailable),
        (Kind::NotFound, FailureCode::ProviderUnavailable),
        (Kind::Unauthorized, FailureCode::ProviderUnauthorized),
    ] {
        let (world, result) = failing(kind.clone()).await;
        let FlowError::Provider(error) = result.unwrap_err() else {
            panic!("{kind}: not the provider's error");
        };
        assert_eq!(error.kind, kind);
        let failed = world.session().await;
        assert_eq!(failed.status(), SessionStatus::Failed);
        assert_eq!(failure(&world).await, Some(code), "{kind}");

        let (answer, replayed) = answered(world.create(seconds(1)).await.unwrap());
        assert_eq!((answer.status, replayed), (201, false), "{kind}");
        assert_ne!(world.session().await.key, failed.key);
    }
}

#[tokio::test]
async fn i4_no_answer_is_answered_as_not_known_and_keeps_key_and_booking() {
    for kind in [Kind::OutcomeUnknown, Kind::Unreadable] {
        for fault in [Fault::Before(kind.clone()), Fault::After(kind.clone())] {
            let world = World::new();
            world.pay.fail(Operation::Create, fault);
            let first = answered(world.create(start()).await.unwrap());
            assert_eq!(first.0.status, 202, "{kind}");
            let session = world.session().await;
            assert_eq!(session.status(), SessionStatus::Created);
            assert!(session.due_at().is_some());

            let again = answered(world.create(seconds(5)).await.unwrap());
            assert_eq!(again, (first.0, true));
            let other = order(world.merchant, "RES-12345", "key-2");
            let taken = world.create_from(&other, seconds(6)).await.unwrap();
            assert!(matches!(taken, CreateResult::ReferenceTaken { paid: false, .. }));
            assert_eq!(world.pay.count(Operation::Create), 1);
        }
    }
}

#[tokio::test]
async fn refused_credentials_are_renewed_once_and_the_call_repeated() {
    let world = World::new();
    world.accounts.rotate();
    world.pay.fail(Operation::Create, Fault::Before(Kind::Unauthorized));
    assert_eq!(answered(world.create(start()).await.unwrap()).0.status, 201);
    assert_eq!(world.accounts.renewals(), 1);
    assert_eq!(world.pay.count(Operation::Create), 2);
    assert_eq!(world.pay.books().ledger.len(), 1);
}

#[tokio::test]
async fn i9_renewed_credentials_that_are_refused_again_are_not_tried_a_third_time() {
    let world = World::new();
    world.accounts.rotate();
    for _ in 0..2 {
        world.pay.fail(Operation::Create, Fault::Before(Kind::Unauthorized));
    }
    assert!(matches!(world.create(start()).await, Err(FlowError::Provider(_))));
    assert_eq!(world.accounts.renewals(), 1);
    assert_eq!(world.pay.count(Operation::Create), 2);
    assert_eq!(world.session().await.attempts[0].status, AttemptStatus::Failed);
}
