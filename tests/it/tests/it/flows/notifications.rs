//! What a notification makes us look at, and what it does not.

use super::fake::Fault;
use super::wishes::{minutes, order, seconds, start};
use super::world::{PAID_IN_TWO_STEPS, World};
use bellhop_domain::flows::{Attended, attend};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::queue::Task;
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

#[tokio::test]
async fn i4_a_notification_makes_us_ask() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    let attended = world.notified("pay0", minutes(1)).await.unwrap();
    assert!(matches!(attended, Attended::Looked(session) if session.status().is_paid()));
    let events = world.events().await;
    assert_eq!(events.last().unwrap().cause.as_str(), "notification");
}

#[tokio::test]
async fn i3_a_notification_alone_proves_nothing() {
    let world = World::opened().await;
    world.notified("pay0", minutes(1)).await.unwrap();
    assert_eq!(world.session().await.status(), S::Pending);
    assert_eq!(world.pay.count(Operation::Fetch), 1);
}

#[tokio::test]
async fn i2_i6_duplicates_and_reorderings_tell_the_booking_site_once() {
    let world = World::opened().await;
    for (minute, status) in
        [(1, A::Processing), (2, A::Processing), (3, A::Succeeded), (4, A::Succeeded), (5, A::Succeeded)]
    {
        world.pay.set(0, status);
        world.notified("pay0", minutes(minute)).await.unwrap();
    }
    assert_eq!(world.kinds().await, PAID_IN_TWO_STEPS);
}

#[tokio::test]
async fn i7_a_notification_before_the_create_answer_is_parked_and_matched() {
    let world = World::new();
    let inside = world.clone();
    world.pay.meanwhile(Operation::Create, move || async move {
        let early = inside.notified("pay0", seconds(1)).await.unwrap();
        assert_eq!(early, Attended::Parked);
        let twice = inside.notified("pay0", seconds(2)).await.unwrap();
        assert_eq!(twice, Attended::Parked);
    });
    world.create(start()).await.unwrap();
    let session = world.session().await;
    assert_eq!(session.status(), S::Pending);
    assert_eq!(session.due_at(), Some(start()), "what they said is news");

    world.pay.set(0, A::Succeeded);
    world.let_pass(seconds(5), 0).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
    let later = world.notified("pay0", seconds(9)).await.unwrap();
    assert!(matches!(later, Attended::Looked(_)));
}

#[tokio::test]
async fn i7_a_parked_notification_is_matched_when_a_search_finds_the_payment() {
    let world = World::new();
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    assert_eq!(world.notified("pay0", seconds(2)).await.unwrap(), Attended::Parked);
    world.let_pass(start(), 2).await;
    let known = world.notified("pay0", minutes(3)).await.unwrap();
    assert!(matches!(known, Attended::Looked(_)));
}

#[tokio::test]
async fn a_payment_that_nobody_made_is_parked_and_harms_nothing() {
    let world = World::opened().await;
    let before = world.session().await;
    assert_eq!(world.notified("stranger", minutes(1)).await.unwrap(), Attended::Parked);
    assert_eq!(world.session().await, before);
    assert_eq!(world.pay.count(Operation::Fetch), 0);
}

#[tokio::test]
async fn i12_a_notification_for_another_merchants_payment_does_nothing() {
    let world = World::opened().await;
    let before = world.session().await;
    let other = MerchantId::generate(start()).unwrap();
    let forged = world.notice("pay0", other);
    let attended = attend(&world.desk, &forged, minutes(1)).await.unwrap();
    assert_eq!(attended, Attended::Nothing);
    assert_eq!(world.session().await, before);
    assert_eq!(world.pay.count(Operation::Fetch), 0);
}

fn echoing(task: Task, session: bellhop_domain::ids::SessionId) -> Task {
    match task {
        Task::Notified { account, merchant, payment, .. } => {
            Task::Notified { account, merchant, payment, session: Some(session) }
        }
        look @ Task::Look(_) => look,
    }
}

#[tokio::test]
async fn an_echoed_session_is_found_with_one_read() {
    let world = World::opened().await;
    let task = echoing(world.notice("pay0", world.merchant), world.session().await.key.session);
    world.table.take_calls();
    attend(&world.desk, &task, minutes(1)).await.unwrap();
    assert_eq!(world.table.take_calls(), ["session", "save"]);
}

#[tokio::test]
async fn i12_an_echo_that_names_another_session_is_not_believed() {
    let world = World::opened().await;
    let second = order(world.merchant, "RES-2", "key-2");
    world.create_from(&second, start()).await.unwrap();
    world.pay.set(1, A::Succeeded);
    let before = world.session().await;
    let task = echoing(world.notice("pay1", world.merchant), before.key.session);
    let attended = attend(&world.desk, &task, minutes(1)).await.unwrap();
    let Attended::Looked(looked) = attended else {
        panic!("not looked at: {attended:?}");
    };
    assert_ne!(looked.key, before.key);
    assert_eq!(looked.status(), S::Succeeded);
    assert_eq!(world.session().await, before);
}

#[tokio::test]
async fn i12_an_echo_of_a_stranger_merchants_session_leads_nowhere() {
    let world = World::opened().await;
    let before = world.session().await;
    let other = MerchantId::generate(start()).unwrap();
    let task = echoing(world.notice("pay0", other), before.key.session);
    assert_eq!(attend(&world.desk, &task, minutes(1)).await.unwrap(), Attended::Nothing);
    assert_eq!(world.session().await, before);
}
