//! Opening a session.

use super::wishes::{account_at, minutes, order, start};
use super::world::World;
use bellhop_domain::account::AccountRef;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{AccountError, CreateResult, FlowError};
use bellhop_domain::idempotency::StoredAnswer;
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::Operation;
use bellhop_domain::status::{AttemptStatus, SessionStatus};
use bellhop_domain::text::Description;

/// The answer, and whether it was given before.
pub fn answered(result: CreateResult) -> (StoredAnswer, bool) {
    match result {
        CreateResult::Answered { answer, replayed, .. } => (answer, replayed),
        other => panic!("not answered: {other:?}"),
    }
}

#[tokio::test]
async fn a_session_is_opened_and_can_be_paid() {
    let world = World::new();
    let (answer, replayed) = answered(world.create(start()).await.unwrap());
    let session = world.session().await;
    assert_eq!((answer.status, replayed), (201, false));
    assert_eq!(answer.body, format!("{} pending", session.key.session));
    assert_eq!(session.status(), SessionStatus::Pending);
    assert_eq!(session.expires_at, minutes(30));
    assert_eq!(world.kinds().await, [EventKind::Created, EventKind::Pending]);
    let books = world.pay.books();
    assert_eq!(books.ledger.len(), 1);
    assert_eq!(books.ledger[0].session, session.key.session);
    assert_eq!(books.ledger[0].attempt, session.attempts[0].id);
}

#[tokio::test]
async fn i4_the_intent_stands_before_the_provider_is_asked() {
    let world = World::new();
    let inside = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        let session = inside.session().await;
        assert_eq!(session.status(), SessionStatus::Created);
        assert_eq!(session.attempts[0].status, AttemptStatus::Created);
        assert!(session.due_at().is_some_and(|due| due <= minutes(1)));
        assert_eq!(inside.kinds().await, [EventKind::Created]);
        assert_eq!(inside.pay.books().ledger.len(), 0);
    });
    world.create(start()).await.unwrap();
    assert_eq!(world.pay.count(Operation::Create), 1);
    assert_eq!(world.session().await.status(), SessionStatus::Pending);
}

#[tokio::test]
async fn fields_that_the_provider_would_not_take_store_and_ask_nothing() {
    let world = World::new();
    let mut order = world.order();
    order.wish.description = Description::parse(&"a".repeat(101)).unwrap();
    let result = world.create_from(&order, start()).await.unwrap();
    let CreateResult::Invalid(errors) = result else {
        panic!("taken: {result:?}");
    };
    assert_eq!(errors[0].pointer, "/description");
    assert_eq!(world.table.take_calls(), [""; 0]);
    assert_eq!(world.pay.books().calls.len(), 0);
}

#[tokio::test]
async fn an_account_that_nobody_has_stores_and_asks_nothing() {
    let world = World::new();
    let mut order = world.order();
    order.wish.account = AccountRef::parse("govuk_pay/another-hotel").unwrap();
    let error = world.create_from(&order, start()).await.unwrap_err();
    assert!(matches!(error, FlowError::Account(AccountError::Unknown)));
    assert_eq!(world.table.take_calls(), [""; 0]);
}

#[tokio::test]
async fn i1_a_booking_with_a_live_session_gets_no_second_one() {
    let world = World::opened().await;
    let first = world.session().await.key.session;
    let second = order(world.merchant, "RES-12345", "key-2");
    let taken = |result: CreateResult| match result {
        CreateResult::ReferenceTaken { session, paid } => (session, paid),
        other => panic!("opened: {other:?}"),
    };
    let result = world.create_from(&second, minutes(1)).await.unwrap();
    assert_eq!(taken(result), (first, false));

    world.pay.set(0, AttemptStatus::Succeeded);
    world.look_now(minutes(2)).await.unwrap();
    let result = world.create_from(&second, minutes(3)).await.unwrap();
    assert_eq!(taken(result), (first, true));
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn a_booking_is_free_again_once_its_session_ended_unpaid() {
    let world = World::opened().await;
    world.pay.set(0, AttemptStatus::Canceled);
    world.look_now(minutes(1)).await.unwrap();
    let second = order(world.merchant, "RES-12345", "key-2");
    let result = world.create_from(&second, minutes(2)).await.unwrap();
    assert_eq!(answered(result).0.status, 201);
    assert_eq!(world.pay.books().ledger.len(), 2);
}

#[tokio::test]
async fn i12_the_same_reference_and_key_of_two_merchants_are_two_sessions() {
    let world = World::opened().await;
    let other = MerchantId::generate(start()).unwrap();
    let theirs = order(other, "RES-12345", "key-1");
    let (answer, replayed) = answered(world.create_from(&theirs, start()).await.unwrap());
    assert_eq!((answer.status, replayed), (201, false));
    assert_eq!(theirs.wish.account, account_at());
    assert_eq!(world.pay.books().ledger.len(), 2);
}
