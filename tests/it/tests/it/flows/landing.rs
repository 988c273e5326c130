//! The payer comes back.

use super::fake::Fault;
use super::fuse::Crash;
use super::wishes::{minutes, seconds, start};
use super::world::World;
use bellhop_domain::flows::{FlowError, land_return};
use bellhop_domain::provider::{Operation, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, SessionStatus as S};

#[tokio::test]
async fn i10_the_landing_shows_what_the_provider_says_and_what_is_stored() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    let landing = world.land(minutes(1)).await.unwrap();
    assert_eq!(landing.session.status(), S::Succeeded);
    assert_eq!(landing.session, world.session().await);
    let query: Vec<_> = landing.back.query_pairs().collect();
    assert!(query.contains(&("status".into(), "succeeded".into())));
    assert_eq!(world.events().await.last().unwrap().cause.as_str(), "return");
}

#[tokio::test]
async fn i10_a_provider_that_fails_leaves_what_is_stored() {
    for kind in [
        Kind::Unavailable { after: None },
        Kind::OutcomeUnknown,
        Kind::Unreadable,
        Kind::Unauthorized,
        Kind::NotFound,
    ] {
        let world = World::opened().await;
        world.pay.set(0, A::Succeeded);
        world.pay.fail(Operation::Fetch, Fault::Before(kind.clone()));
        let landing = world.land(minutes(1)).await.unwrap();
        assert_eq!(landing.session.status(), S::Pending, "{kind}");
        assert!(landing.session.due_at().is_some());
    }
}

#[tokio::test]
async fn i10_a_table_that_fails_shows_nothing_at_all() {
    for nth in [1, 3] {
        let world = World::opened().await;
        let token = world.token().await;
        world.pay.set(0, A::Succeeded);
        world.fuse.set(nth, Crash::Before);
        let result = land_return(&world.desk, &token, minutes(1)).await;
        assert!(matches!(result, Err(FlowError::Store(_))), "call {nth}");
    }
}

#[tokio::test]
async fn i9_a_page_loaded_again_within_three_seconds_asks_nobody() {
    let world = World::opened().await;
    for at in [10, 11, 12] {
        world.land(seconds(at)).await.unwrap();
    }
    assert_eq!(world.pay.count(Operation::Fetch), 1);
    world.land(seconds(13)).await.unwrap();
    assert_eq!(world.pay.count(Operation::Fetch), 2);
}

#[tokio::test]
async fn i9_a_storm_of_reloads_spends_half_of_the_looks_and_no_more() {
    let world = World::opened().await;
    for at in 0..200 {
        world.land(seconds(10 * at)).await.unwrap();
    }
    assert_eq!(world.pay.count(Operation::Fetch), 12);
    world.pay.set(0, A::Succeeded);
    world.let_pass(seconds(2000), 120).await;
    assert_eq!(world.session().await.status(), S::Succeeded);
}

#[tokio::test]
async fn i9_a_storm_of_reloads_while_the_provider_is_down_is_bounded_too() {
    let world = World::opened().await;
    for _ in 0..100 {
        world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unavailable { after: None }));
    }
    for at in 0..100 {
        world.land(seconds(5 * at)).await.unwrap();
        world.land(seconds(5 * at + 1)).await.unwrap();
    }
    assert_eq!(world.pay.count(Operation::Fetch), 12);
}

#[tokio::test]
async fn a_finished_session_costs_one_read() {
    for status in [A::Succeeded, A::Failed, A::Canceled, A::Expired] {
        let world = World::opened().await;
        world.pay.set(0, status);
        world.look_now(minutes(1)).await.unwrap();
        let token = world.token().await;
        world.table.take_calls();
        let calls = world.pay.books().calls.len();
        land_return(&world.desk, &token, minutes(5)).await.unwrap();
        assert_eq!(world.table.take_calls(), ["session"], "{status}");
        assert_eq!(world.pay.books().calls.len(), calls);
    }
}

#[tokio::test]
async fn links_that_are_none_of_ours_lead_nowhere() {
    let world = World::opened().await;
    let good = world.token().await;
    let mut other = good.clone().into_bytes();
    other[80] = if other[80] == b'A' { b'B' } else { b'A' };
    let other = String::from_utf8(other).unwrap();
    for token in ["", "x", other.as_str(), &good[..85]] {
        let landing = land_return(&world.desk, token, minutes(1)).await.unwrap();
        assert!(landing.is_none(), "{token}");
    }
    assert_eq!(world.pay.count(Operation::Fetch), 0);
}

#[tokio::test]
async fn a_link_lands_for_thirty_days_after_the_payers_time() {
    let world = World::opened().await;
    let token = world.token().await;
    let end = minutes(30 + 30 * 24 * 60);
    let before = end - bellhop_domain::SignedDuration::from_secs(1);
    assert!(land_return(&world.desk, &token, before).await.unwrap().is_some());
    assert!(land_return(&world.desk, &token, end).await.unwrap().is_none());
}

#[tokio::test]
async fn a_payer_who_returns_before_the_create_answer_is_told_to_wait() {
    let world = World::new();
    world.pay.books().search_lags = true;
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    let landing = world.land(seconds(5)).await.unwrap();
    assert_eq!(landing.session.status(), S::Created);
    assert!(!landing.session.status().is_finished());
}
