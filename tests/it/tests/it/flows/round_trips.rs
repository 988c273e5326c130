//! What each flow costs: round trips are everything.

use super::wishes::{account_at, minutes, start};
use super::world::World;
use bellhop_domain::event::Cause;
use bellhop_domain::flows::{Look, retry};
use bellhop_domain::flows::{Target, ingest, land_return, open_payment, refresh};
use bellhop_domain::notification::RawNotification;
use bellhop_domain::provider::Operation;
use bellhop_domain::status::AttemptStatus as A;

/// Calls to the table and to the provider since this was last asked.
fn spent(world: &World) -> (Vec<&'static str>, Vec<Operation>) {
    let calls = std::mem::take(&mut world.pay.books().calls);
    (world.table.take_calls(), calls)
}

#[tokio::test]
async fn create_is_two_calls_to_the_table_and_one_to_the_provider() {
    let world = World::new();
    world.create(start()).await.unwrap();
    assert_eq!(spent(&world), (vec!["open", "save"], vec![Operation::Create]));
    world.create(minutes(1)).await.unwrap();
    assert_eq!(spent(&world), (vec!["open", "session"], vec![]));
}

#[tokio::test]
async fn refresh_is_two_calls_to_the_table_and_one_to_the_provider() {
    for status in A::ALL.iter().filter(|status| !status.is_unanswered()) {
        let world = World::opened().await;
        world.pay.set(0, *status);
        let key = world.session().await.key;
        spent(&world);
        let look = Look { target: Target::Due, cause: Cause::Schedule, now: minutes(2) };
        refresh(&world.desk, key, look).await.unwrap();
        assert_eq!(spent(&world), (vec!["session", "save"], vec![Operation::Fetch]), "{status}");
        refresh(&world.desk, key, look).await.unwrap();
        assert_eq!(spent(&world), (vec!["session"], vec![]), "{status}");
    }
}

#[tokio::test]
async fn landing_is_two_calls_to_the_table_and_one_to_the_provider() {
    let world = World::opened().await;
    world.pay.set(0, A::Succeeded);
    let token = world.token().await;
    spent(&world);
    land_return(&world.desk, &token, minutes(1)).await.unwrap();
    assert_eq!(spent(&world), (vec!["session", "save"], vec![Operation::Fetch]));
    land_return(&world.desk, &token, minutes(2)).await.unwrap();
    assert_eq!(spent(&world), (vec!["session"], vec![]));
}

#[tokio::test]
async fn opening_is_one_read_and_one_call_to_the_provider() {
    let world = World::opened().await;
    let token = world.token().await;
    spent(&world);
    open_payment(&world.desk, &token, minutes(1)).await.unwrap();
    assert_eq!(spent(&world), (vec!["session"], vec![Operation::Fetch]));
}

#[tokio::test]
async fn trying_again_is_three_calls_to_the_table_and_one_to_the_provider() {
    let world = World::opened().await;
    world.pay.set(0, A::Failed);
    world.look_now(minutes(1)).await.unwrap();
    let token = world.token().await;
    spent(&world);
    retry(&world.desk, &token, minutes(2)).await.unwrap();
    assert_eq!(spent(&world), (vec!["session", "save", "save"], vec![Operation::Create]));
}

#[tokio::test]
async fn a_notification_is_taken_in_without_the_table() {
    let world = World::opened().await;
    spent(&world);
    let headers = [("proof".to_owned(), "good".to_owned())];
    let raw = RawNotification {
        method: "POST",
        path: "/webhooks/govuk_pay/harbour-hotel",
        query: "",
        headers: &headers,
        body: b"pay0",
    };
    let (accounts, queue) = (&*world.accounts, &*world.queue);
    ingest(accounts, queue, (&account_at(), &raw), minutes(1)).await.unwrap();
    assert_eq!(spent(&world), (vec![], vec![]));
    assert_eq!(world.queue.take().len(), 1);
    world.notified("pay0", minutes(2)).await.unwrap();
    let (table, pay) = spent(&world);
    assert_eq!(table, ["park", "session", "save"]);
    assert_eq!(pay, [Operation::Fetch]);
}
