//! The payer's time is up.

use super::fake::Fault;
use super::fake_abilities::refusal;
use super::wishes::{minutes, start};
use super::world::World;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::Target;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

#[tokio::test]
async fn i1_a_payment_that_nobody_paid_is_stopped_and_the_session_expired() {
    let world = World::opened().await;
    world.let_pass(start(), 40).await;
    assert_eq!(world.pay.status(0), Some(A::Canceled));
    let session = world.session().await;
    assert_eq!(session.status(), S::Expired);
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Expired));
    world.let_pass(minutes(41), 60 * 26).await;
    assert_eq!(world.session().await.status(), S::Expired);
    assert_eq!(world.session().await.due_at(), None);
}

#[tokio::test]
async fn i4_money_that_is_faster_than_the_stop_is_success() {
    let world = World::opened().await;
    let inside = world.clone();
    world.pay.meanwhile(Operation::Cancel, move || async move {
        inside.pay.set(0, A::Succeeded);
    });
    let session = world.look(Target::Due, minutes(31)).await.unwrap();
    assert_eq!(session.status(), S::Succeeded);
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Succeeded));
}

#[tokio::test]
async fn i1_a_stop_that_fails_is_tried_again_until_the_provider_agrees() {
    let world = World::opened().await;
    for _ in 0..2 {
        world.pay.fail(Operation::Cancel, Fault::Before(Kind::Refused(refusal())));
    }
    world.let_pass(start(), 31).await;
    assert_eq!(world.session().await.status(), S::Expiring);
    assert!(!world.session().await.status().is_finished());
    world.let_pass(minutes(32), 60 * 4).await;
    assert_eq!(world.session().await.status(), S::Expired);
    assert_eq!(world.pay.count(Operation::Cancel), 3);
}

#[tokio::test]
async fn i4_a_payer_who_is_done_at_the_end_of_time_is_not_stopped() {
    let world = World::opened().await;
    world.pay.set(0, A::Processing);
    world.let_pass(start(), 35).await;
    assert_eq!(world.session().await.status(), S::Processing);
    assert_eq!(world.pay.count(Operation::Cancel), 0);
    world.pay.set(0, A::Succeeded);
    world.let_pass(minutes(36), 120).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
    assert!(!world.session().await.paid_late);
}

#[tokio::test]
async fn a_provider_that_is_down_at_the_end_of_time_leaves_the_session_expiring() {
    let world = World::opened().await;
    world.pay.fail(Operation::Cancel, Fault::Before(Kind::OutcomeUnknown));
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::OutcomeUnknown));
    world.look(Target::Due, minutes(30)).await.unwrap_err();
    assert_eq!(world.session().await.status(), S::Expiring);
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Expiring));
    world.let_pass(minutes(31), 60).await;
    assert_eq!(world.session().await.status(), S::Expired);
}

#[tokio::test]
async fn a_decline_that_nobody_repeats_ends_as_failed_without_another_call() {
    let world = World::opened().await;
    world.pay.set(0, A::Failed);
    world.look_now(minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Pending);
    let calls = world.pay.books().calls.len();
    world.let_pass(minutes(2), 29).await;
    assert_eq!(world.session().await.status(), S::Failed);
    assert_eq!(world.pay.books().calls.len(), calls);
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Failed));
}

#[tokio::test]
async fn a_decline_at_the_very_end_is_told_as_the_end() {
    let world = World::opened().await;
    world.pay.set(0, A::Failed);
    world.look(Target::Due, minutes(31)).await.unwrap();
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Failed));
}

#[tokio::test]
async fn i4_a_create_answer_that_is_still_lost_at_the_end_is_found_and_stopped() {
    let world = World::new();
    world.pay.books().search_lags = true;
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    let mut order = world.order();
    order.expires_in = bellhop_domain::SignedDuration::from_mins(5);
    world.create_from(&order, start()).await.unwrap();
    world.let_pass(start(), 6).await;
    assert_eq!(world.session().await.status(), S::Expiring);
    world.pay.books().search_lags = false;
    world.let_pass(minutes(7), 120).await;
    assert_eq!(world.pay.status(0), Some(A::Canceled));
    assert_eq!(world.session().await.status(), S::Expired);
}

#[tokio::test]
async fn i1_a_wait_that_is_longer_than_the_payers_time_does_not_keep_the_page_open() {
    let world = World::opened().await;
    let after = Some(std::time::Duration::from_secs(7200));
    let busy = Fault::Before(Kind::Unavailable { after });
    world.pay.fail(Operation::Fetch, busy);
    world.look_now(minutes(25)).await.unwrap_err();
    world.let_pass(minutes(26), 5).await;
    assert_eq!(world.pay.status(0), Some(A::Canceled));
    assert_eq!(world.session().await.status(), S::Expired);
}
