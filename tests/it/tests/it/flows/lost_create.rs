//! The answer to a create call is lost: what is at the provider is found, or proven not to be there.

use super::fake::Fault;
use super::fuse::Crash;
use super::wishes::{minutes, seconds, start};
use super::world::World;
use bellhop_domain::attempt::FailureCode;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::{Opening, Retried};
use bellhop_domain::provider::{Operation, Page, ProviderErrorKind as Kind};
use bellhop_domain::session::ReviewReason;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

/// The payment was opened, or not, and nobody told us.
async fn lost(fault: fn(Kind) -> Fault) -> World {
    let world = World::new();
    world.pay.fail(Operation::Create, fault(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    world
}

#[tokio::test]
async fn i4_a_payment_that_is_there_is_found_and_can_be_paid() {
    let world = lost(Fault::After).await;
    assert!(matches!(world.open(seconds(5)).await.unwrap(), Opening::NotReady(_)));
    world.let_pass(start(), 3).await;
    assert_eq!(world.session().await.status(), S::Pending);
    let Opening::ToProvider(page, _) = world.open(minutes(4)).await.unwrap() else {
        panic!("no page");
    };
    assert_eq!(*page, Page::To("https://pay.example/pay0".parse().unwrap()));
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn i1_of_two_payments_the_one_with_the_money_counts_and_the_other_is_stopped() {
    let world = lost(Fault::After).await;
    let attempt = world.session().await.attempts[0].id;
    let session = world.session().await.key.session;
    let amount = world.order().wish.amount;
    world.pay.books().open((session, attempt), amount, "RES-12345");
    world.pay.set(0, A::Processing);
    world.let_pass(start(), 3).await;
    let after = world.session().await;
    assert_eq!(after.attempts[0].payment.as_ref().unwrap().as_str(), "pay0");
    assert_eq!(after.status(), S::Processing);
    assert_eq!(world.pay.status(1), Some(A::Canceled));
    assert_eq!(world.pay.status(0), Some(A::Processing));
}

#[tokio::test]
async fn i1_of_two_open_payments_one_is_stopped() {
    let world = lost(Fault::After).await;
    let session = world.session().await;
    let ids = (session.key.session, session.attempts[0].id);
    let amount = world.order().wish.amount;
    world.pay.books().open(ids, amount, "RES-12345");
    world.let_pass(start(), 3).await;
    let open = [0, 1].map(|at| world.pay.status(at) == Some(A::Pending));
    assert_eq!(open.iter().filter(|open| **open).count(), 1);
    let taken = world.session().await.attempts[0].payment.clone().unwrap();
    let at = if taken.as_str() == "pay0" { 0 } else { 1 };
    assert!(open[at]);
}

#[tokio::test]
async fn i4_a_search_that_lags_proves_nothing_until_its_time_is_over() {
    let world = lost(Fault::After).await;
    world.pay.books().search_lags = true;
    world.let_pass(start(), 9).await;
    assert_eq!(world.session().await.status(), S::Created);
    world.pay.books().search_lags = false;
    world.let_pass(minutes(10), 5).await;
    assert_eq!(world.session().await.status(), S::Pending);
    assert_eq!(world.pay.books().ledger.len(), 1);
}

#[tokio::test]
async fn a_payment_that_was_never_there_is_lost_and_the_payer_tries_again() {
    let world = lost(Fault::Before).await;
    world.let_pass(start(), 15).await;
    let session = world.session().await;
    let failure = session.attempts[0].failure.unwrap();
    assert_eq!((failure.code, failure.retry), (FailureCode::CreateLost, true));
    assert_eq!(session.status(), S::Pending);
    assert!(world.kinds().await.contains(&EventKind::AttemptFailed));

    assert_eq!(world.retry(minutes(16)).await.unwrap(), Retried::ToPayment);
    assert!(matches!(world.open(minutes(16)).await.unwrap(), Opening::ToProvider(..)));
    assert_eq!(world.pay.books().ledger.len(), 1);
}

#[tokio::test]
async fn where_there_is_no_search_a_person_is_called_and_nothing_is_created_again() {
    let world = lost(Fault::After).await;
    world.pay.books().no_search = true;
    world.let_pass(start(), 9).await;
    assert_eq!(world.session().await.status(), S::Created);
    world.let_pass(minutes(10), 60).await;
    let session = world.session().await;
    assert_eq!(session.review, Some(ReviewReason::CreateUnknown));
    assert_eq!(session.due_at(), None);
    assert_eq!(world.retry(minutes(20)).await.unwrap(), Retried::ToPayment);
    assert!(!matches!(world.open(minutes(20)).await.unwrap(), Opening::ToProvider(..)));
    assert_eq!(world.pay.count(Operation::Create), 1);
}

#[tokio::test]
async fn an_answer_that_comes_while_others_looked_in_vain_is_not_lost() {
    let world = World::new();
    world.pay.books().search_lags = true;
    let other = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        other.look_now(seconds(5)).await.unwrap();
        assert_eq!(other.session().await.version, 2);
    });
    world.create(start()).await.unwrap();
    assert_eq!(world.session().await.status(), S::Pending);
    assert_eq!(world.session().await.version, 3);
}

/// A search would find the payment that the create is about to hand to the payer.
#[tokio::test]
async fn i1_a_payer_who_reloads_the_landing_during_a_create_causes_no_search() {
    let world = World::new();
    let other = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        other.land(seconds(29)).await.unwrap();
    });
    world.create(start()).await.unwrap();
    assert_eq!(world.pay.count(Operation::Lookup), 0);
    let world = lost(Fault::After).await;
    world.land(seconds(30)).await.unwrap();
    assert_eq!(world.pay.count(Operation::Lookup), 1);
}

#[tokio::test]
async fn a_found_payment_that_echoes_somebody_else_is_not_ours() {
    let world = lost(Fault::After).await;
    world.pay.books().ledger[0].seen.echo.reference = Some("RES-99999".to_owned());
    world.let_pass(start(), 3).await;
    let session = world.session().await;
    assert_eq!(session.review, Some(ReviewReason::ReferenceDiffers));
    assert_eq!(session.attempts[0].payment, None);
}

#[tokio::test]
async fn i4_a_process_that_died_at_the_provider_leaves_a_session_that_is_looked_for() {
    for crash in [Crash::Before, Crash::After] {
        let world = World::new();
        world.fuse.set(2, crash);
        world.create(start()).await.unwrap_err();
        world.fuse.mend();
        world.let_pass(start(), 15).await;
        let expected = match crash {
            Crash::Before => A::Failed,
            Crash::After => A::Pending,
        };
        assert_eq!(world.session().await.attempts[0].status, expected, "{crash:?}");
    }
}
