//! Round trips: every one is paid for by each payer who waits.

use super::payer::{PAYS, Payer};
use super::world::World;
use serde_json::json;

/// Table calls since the last count, and the count begun anew.
#[expect(clippy::print_stdout, reason = "the counts are there to be read")]
fn counted(world: &World, what: &str) -> u64 {
    let calls = world.stack.calls();
    println!("{what}: {} table calls {:?}, queue {:?}", calls.table_total(), calls.table, calls.queue);
    world.stack.clear_calls();
    calls.table_total()
}

/// Pays at the provider without a word to us, then lets one webhook tell.
async fn one_webhook(world: &World, reference: &str) {
    world.simulator.lose_webhooks().await;
    let session = world.open(reference).await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    world.simulator.act(payment, "pay", json!({"card": PAYS})).await;
    world.rest().await;
    world.simulator.clear_faults().await;
    world.stack.clear_calls();
    world.simulator.act(payment, "emit", json!({"event": "card_payment_succeeded"})).await;
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
}

#[tokio::test]
async fn every_operation_makes_the_fewest_table_calls() {
    let world = World::start().await;
    // Keys and accounts are kept for a minute: the calls that count are those of a warm function.
    Payer::of(&world).pay(&world.open("RES-0").await).await;
    one_webhook(&world, "RES-1").await;
    world.stack.clear_calls();

    let session = world.open("RES-2").await;
    assert_eq!(counted(&world, "create"), 2);
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    assert_eq!(counted(&world, "open"), 1);
    world.simulator.lose_webhooks().await;
    payer.enter_card(PAYS).await;
    payer.confirm().await;
    assert!(payer.sees("Payment received"));
    assert_eq!(counted(&world, "landing"), 2);
    payer.go(&payer.at.clone()).await;
    assert_eq!(counted(&world, "landing of a final session"), 1);

    one_webhook(&world, "RES-3").await;
    let calls = world.stack.calls();
    assert_eq!(calls.of_queue("SendMessage"), 1, "ingest: one send");
    let read_by_the_test = 2;
    assert_eq!(
        counted(&world, "ingest, refresh and the test's own read") - read_by_the_test,
        2,
        "ingest 0, refresh 2"
    );
    world.stop().await;
}
