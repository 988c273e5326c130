//! Each way in which a look at a session goes wrong.

use super::fake::Fault;
use super::wishes::{minutes, seconds, start};
use super::world::World;
use bellhop_domain::SignedDuration;
use bellhop_domain::flows::FlowError;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};
use std::time::Duration;

#[tokio::test]
async fn i4_a_failed_look_is_heard_of_and_planned_again() {
    for kind in
        [Kind::Unavailable { after: None }, Kind::OutcomeUnknown, Kind::Unreadable, Kind::Unauthorized]
    {
        let world = World::opened().await;
        world.pay.set(0, A::Succeeded);
        world.pay.fail(Operation::Fetch, Fault::Before(kind.clone()));
        let FlowError::Provider(error) = world.look_now(minutes(1)).await.unwrap_err() else {
            panic!("not the provider's error");
        };
        assert_eq!(error.kind, kind);
        let session = world.session().await;
        assert_eq!(session.status(), S::Pending);
        assert_eq!(session.due_at(), Some(minutes(2)), "{kind}");
        world.let_pass(minutes(1), 1).await;
        assert_eq!(world.session().await.status(), S::Succeeded);
    }
}

#[tokio::test]
async fn i9_a_provider_that_asks_to_wait_is_not_asked_before() {
    let world = World::opened().await;
    let after = Some(Duration::from_secs(5 * 60));
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unavailable { after }));
    world.look_now(minutes(1)).await.unwrap_err();
    world.let_pass(minutes(1), 4).await;
    assert_eq!(world.pay.count(Operation::Fetch), 1);
    world.let_pass(minutes(6), 0).await;
    assert_eq!(world.pay.count(Operation::Fetch), 2);
}

#[tokio::test]
async fn i4_a_provider_that_asks_to_wait_for_a_year_is_asked_within_hours() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    let after = Some(Duration::from_secs(365 * 86_400));
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unavailable { after }));
    world.look_now(minutes(1)).await.unwrap_err();
    world.let_pass(minutes(30), 60 * 6).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
}

#[tokio::test]
async fn i4_i9_an_outage_of_a_day_costs_no_success_and_few_calls() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    for _ in 0..30 {
        world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unavailable { after: None }));
    }
    world.let_pass(start(), 24 * 60).await;
    let asked = world.pay.count(Operation::Fetch);
    assert!(asked < 24, "{asked} calls");
    assert_eq!(world.session().await.review, None);
    world.pay.books().end_faults();
    world.let_pass(start() + SignedDuration::from_hours(24), 6 * 60).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
}

#[tokio::test]
async fn a_payment_that_the_provider_does_not_show_is_kept_and_asked_for_again() {
    let world = World::opened().await;
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::NotFound));
    let session = world.look_now(minutes(1)).await.unwrap();
    assert_eq!(session.status(), S::Pending);
    assert_eq!(session.attempts[0].looks, 1);
    assert!(session.due_at().is_some());
}

#[tokio::test]
async fn refused_credentials_are_renewed_once_and_the_look_repeated() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    world.accounts.rotate();
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unauthorized));
    assert_eq!(world.look_now(minutes(1)).await.unwrap().status(), S::Succeeded);
    assert_eq!((world.accounts.renewals(), world.pay.count(Operation::Fetch)), (1, 2));
}

#[tokio::test]
async fn i9_refused_credentials_that_stay_refused_are_renewed_once_a_look() {
    let world = World::opened().await;
    world.accounts.rotate();
    for _ in 0..2 {
        world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unauthorized));
    }
    world.look_now(minutes(1)).await.unwrap_err();
    assert_eq!((world.accounts.renewals(), world.pay.count(Operation::Fetch)), (1, 2));
}

#[tokio::test]
async fn i9_a_secret_store_that_is_down_does_not_make_a_refused_look_free() {
    let world = World::opened().await;
    world.accounts.lose_secrets();
    for _ in 0..100 {
        world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unauthorized));
    }
    let error = world.look_now(minutes(1)).await.unwrap_err();
    assert!(matches!(error, FlowError::Provider(_)));
    assert_eq!(world.session().await.attempts[0].looks, 1);
    for second in 0..100 {
        world.land(seconds(61 + second)).await.unwrap();
    }
    assert!(world.pay.count(Operation::Fetch) <= 12);
}

#[tokio::test]
async fn i4_a_search_that_fails_is_no_proof_that_nothing_is_there() {
    let world = World::new();
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    for _ in 0..4 {
        world.pay.fail(Operation::Lookup, Fault::Before(Kind::Unavailable { after: None }));
    }
    world.look_now(minutes(11)).await.unwrap_err();
    assert_eq!(world.session().await.status(), S::Created);
    world.let_pass(minutes(12), 120).await;
    assert_ne!(world.session().await.attempts[0].status, A::Created);
    assert_eq!(world.pay.books().ledger.len(), 1);
}
