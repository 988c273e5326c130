//! A payment that the provider only opened, and has no way to stop.

use super::fake::Fault;
use super::fake_abilities::refusal;
use super::wishes::{minutes, start};
use super::world::World;
use bellhop_domain::SignedDuration;
use bellhop_domain::event::EventKind;
use bellhop_domain::flows::Target;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, Reading, SessionStatus as S};

/// A world whose provider refuses every cancel.
async fn unstoppable(lingers: Option<SignedDuration>) -> World {
    let world = World::opened().await;
    for _ in 0..50 {
        world.pay.fail(Operation::Cancel, Fault::Before(Kind::Refused(refusal())));
    }
    world.pay.books().lingers = lingers;
    world
}

#[tokio::test]
async fn a_payment_that_cannot_be_paid_unseen_is_over_with_its_session() {
    let world = unstoppable(Some(SignedDuration::ZERO)).await;
    world.let_pass(start(), 29).await;
    assert_eq!(world.session().await.status(), S::Pending);
    world.let_pass(minutes(30), 2).await;
    let session = world.session().await;
    assert_eq!((session.status(), session.review), (S::Expired, None));
    assert_eq!(world.kinds().await.last(), Some(&EventKind::Expired));
    assert_eq!(world.pay.count(Operation::Cancel), 1, "it was asked to stop first");
    // The provider may never say more than that it is open.
    world.let_pass(minutes(33), 60 * 48).await;
    let session = world.session().await;
    assert_eq!((session.status(), session.review, session.due_at()), (S::Expired, None, None));
}

/// Its page can pay for three hours longer.
#[tokio::test]
async fn i1_a_page_that_can_still_pay_is_waited_for() {
    let world = unstoppable(Some(SignedDuration::from_hours(3))).await;
    world.let_pass(start(), 60 * 3 + 29).await;
    assert_eq!(world.session().await.status(), S::Expiring);
    world.let_pass(minutes(60 * 3 + 30), 120).await;
    let session = world.session().await;
    assert_eq!((session.status(), session.review), (S::Expired, None));
}

#[tokio::test]
async fn where_only_the_provider_ends_a_payment_its_word_is_waited_for() {
    let world = unstoppable(None).await;
    world.let_pass(start(), 60 * 5).await;
    assert_eq!(world.session().await.status(), S::Expiring);
}

#[tokio::test]
async fn while_it_is_wanted_it_is_not_let_go() {
    let world = unstoppable(Some(SignedDuration::ZERO)).await;
    let session = world.look_now(minutes(5)).await.unwrap();
    assert_eq!(session.status(), S::Pending);
}

/// I1: whoever kept the page open does not pay for what is over.
#[tokio::test]
async fn i1_what_is_tried_afterwards_waits_for_our_word_and_is_stopped() {
    let world = unstoppable(Some(SignedDuration::ZERO)).await;
    world.let_pass(start(), 32).await;
    let payment = world.session().await.attempts[0].payment.clone().unwrap();
    {
        let mut books = world.pay.books();
        books.answers = Some(0);
        books.clear_faults();
        let seen = &mut books.ledger[0].seen;
        seen.reading = Reading::Known(A::Processing);
        seen.awaits_confirmation = true;
    }
    let session = world.look(Target::Payment(&payment), minutes(40)).await.unwrap();
    assert_eq!((session.status(), session.review), (S::Expired, None));
    assert_eq!(world.pay.status(0), Some(A::Canceled));
    assert_eq!(world.pay.books().answers, Some(0), "nothing was confirmed");
}

/// I4: money that came all the same is told.
#[tokio::test]
async fn i4_money_that_came_all_the_same_is_paid_late() {
    let world = unstoppable(Some(SignedDuration::ZERO)).await;
    world.let_pass(start(), 32).await;
    world.pay.set(0, A::Succeeded);
    world.let_pass(minutes(33), 120).await;
    let session = world.session().await;
    assert_eq!((session.status(), session.paid_late), (S::Succeeded, true));
}
