//! Sending the payer to the provider's page.

use super::fake::Fault;
use super::wishes::{minutes, seconds, start};
use super::world::World;
use bellhop_domain::flows::{Opening, open_payment};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{Operation, Page, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus as A, Reading};

#[tokio::test]
async fn a_payer_is_sent_to_a_page_and_nothing_is_written() {
    let world = World::opened().await;
    let before = world.session().await;
    let token = world.token().await;
    world.table.take_calls();
    let opening = open_payment(&world.desk, &token, minutes(1)).await.unwrap();
    let page = Page::To("https://pay.example/pay0".parse().unwrap());
    assert!(matches!(opening, Opening::ToProvider(shown, _) if *shown == page));
    assert_eq!(world.table.take_calls(), ["session"]);
    assert_eq!(world.pay.count(Operation::Fetch), 1);
    assert_eq!(world.session().await, before);
}

#[tokio::test]
async fn i1_nobody_is_sent_to_a_page_once_the_time_is_up() {
    let world = World::opened().await;
    assert!(matches!(world.open(seconds(1799)).await.unwrap(), Opening::ToProvider(..)));
    for now in [minutes(30), minutes(31), minutes(60 * 24)] {
        assert!(matches!(world.open(now).await.unwrap(), Opening::ToLanding));
    }
    assert_eq!(world.pay.count(Operation::Fetch), 1);
}

#[tokio::test]
async fn i1_nobody_is_sent_to_a_page_of_a_session_that_is_over_or_under_review() {
    for status in [A::Processing, A::Authorized, A::Succeeded, A::Failed, A::Canceled, A::Expired] {
        let world = World::opened().await;
        world.pay.set(0, status);
        world.look_now(minutes(1)).await.unwrap();
        assert!(matches!(world.open(minutes(2)).await.unwrap(), Opening::ToLanding), "{status}");
    }
    let world = World::opened().await;
    world.pay.books().ledger[0].seen.amount = Money::new(1, Currency::GBP).ok();
    world.look_now(minutes(1)).await.unwrap();
    let calls = world.pay.count(Operation::Fetch);
    assert!(matches!(world.open(minutes(2)).await.unwrap(), Opening::ToLanding));
    assert_eq!(world.pay.count(Operation::Fetch), calls);
}

#[tokio::test]
async fn i1_a_page_of_a_payment_that_is_not_as_we_know_it_is_not_shown() {
    let lies: [fn(&mut bellhop_domain::provider::Observation); 6] = [
        |seen| seen.amount = Money::new(1, Currency::GBP).ok(),
        |seen| seen.amount = Money::new(14_500, Currency::EUR).ok(),
        |seen| seen.echo.reference = Some("RES-99999".to_owned()),
        |seen| seen.reading = Reading::Known(A::Processing),
        |seen| seen.reading = Reading::Unrecognized("open".to_owned()),
        |seen| seen.page = None,
    ];
    for (at, lie) in lies.into_iter().enumerate() {
        let world = World::opened().await;
        lie(&mut world.pay.books().ledger[0].seen);
        let opening = world.open(minutes(1)).await.unwrap();
        assert!(matches!(opening, Opening::ToLanding), "lie {at}");
    }
}

#[tokio::test]
async fn a_payment_that_is_not_answered_yet_is_not_ready_and_costs_no_call() {
    let world = World::new();
    world.pay.fail(Operation::Create, Fault::After(Kind::OutcomeUnknown));
    world.create(start()).await.unwrap();
    assert!(matches!(world.open(seconds(1)).await.unwrap(), Opening::NotReady(_)));
    assert_eq!(world.pay.books().calls, [Operation::Create]);
}

#[tokio::test]
async fn a_provider_that_fails_is_not_ready_and_the_next_visit_works() {
    for kind in [Kind::Unavailable { after: None }, Kind::OutcomeUnknown, Kind::Unreadable] {
        let world = World::opened().await;
        world.pay.fail(Operation::Fetch, Fault::Before(kind));
        assert!(matches!(world.open(minutes(1)).await.unwrap(), Opening::NotReady(_)));
        assert!(matches!(world.open(minutes(1)).await.unwrap(), Opening::ToProvider(..)));
    }
}

#[tokio::test]
async fn refused_credentials_are_renewed_once_and_the_payer_gets_a_page() {
    let world = World::opened().await;
    world.accounts.rotate();
    world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unauthorized));
    assert!(matches!(world.open(minutes(1)).await.unwrap(), Opening::ToProvider(..)));
    assert_eq!((world.accounts.renewals(), world.pay.count(Operation::Fetch)), (1, 2));
}

#[tokio::test]
async fn i9_refused_credentials_that_stay_refused_cost_a_visit_one_renewal() {
    let world = World::opened().await;
    for rotated in [false, true] {
        for _ in 0..3 {
            world.pay.fail(Operation::Fetch, Fault::Before(Kind::Unauthorized));
        }
        let before = (world.accounts.renewals(), world.pay.count(Operation::Fetch));
        assert!(matches!(world.open(minutes(1)).await.unwrap(), Opening::NotReady(_)));
        let calls = if rotated { 2 } else { 1 };
        let after = (world.accounts.renewals(), world.pay.count(Operation::Fetch));
        assert_eq!(after, (before.0 + 1, before.1 + calls));
        world.pay.books().clear_faults();
        world.accounts.rotate();
    }
}

#[tokio::test]
async fn i12_a_link_of_nobody_leads_nowhere() {
    let world = World::opened().await;
    let good = world.token().await;
    for token in ["", "x", &good[1..]] {
        let opening = open_payment(&world.desk, token, minutes(1)).await.unwrap();
        assert!(matches!(opening, Opening::NoSuchLink));
    }
}
