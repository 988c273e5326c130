//! The provider did something, and we did not hear of it.

use super::payer::{PAYS, Payer};
use super::world::{World, booking};
use serde_json::json;

#[tokio::test]
async fn i1_a_lost_create_answer_leaves_one_payable_payment_and_a_right_session() {
    let world = World::start().await;
    world.simulator.fault(json!({"operation": "create", "kind": "answer_lost_after_effect"})).await;
    let answer = world.create("key-1", &booking("RES-1")).await;
    assert_eq!(answer.status(), 202, "the outcome is not known");
    let session = answer.json().await.unwrap();
    assert_eq!(world.session(&session).await["status"], "created");
    let again = world.create("key-1", &booking("RES-1")).await;
    assert_eq!(
        (again.status().as_u16(), again.headers()["idempotency-replayed"].to_str().unwrap()),
        (202, "true")
    );
    let other_key = world.create("key-2", &booking("RES-1")).await;
    assert_eq!(other_key.status(), 409, "the booking has a session");
    world.pass(1).await;
    let read = world.session(&session).await;
    assert_eq!(read["status"], "pending", "found by its reference");
    assert_eq!(world.simulator.payments("RES-1").await.len(), 1);
    assert_eq!(world.simulator.ledger().await["payable_now"], 1);
    Payer::of(&world).pay(&session).await;
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
    world.stop().await;
}

#[tokio::test]
async fn each_way_of_losing_an_answer_after_the_effect_ends_with_one_payment() {
    for kind in ["answer_lost_after_effect", "error_after", "garbage", "html", "truncated"] {
        let world = World::start().await;
        world.simulator.fault(json!({"operation": "create", "kind": kind})).await;
        let answer = world.create("key-1", &booking("RES-1")).await;
        assert_eq!(answer.status(), 202, "{kind}");
        let session = answer.json().await.unwrap();
        world.pass(1).await;
        assert_eq!(world.session(&session).await["status"], "pending", "{kind}");
        assert_eq!(world.simulator.payments("RES-1").await.len(), 1, "{kind}");
        world.stop().await;
    }
}

#[tokio::test]
async fn a_create_that_did_nothing_frees_the_key_and_the_booking() {
    let world = World::start().await;
    world
        .simulator
        .fault(json!({"operation": "create", "kind": "too_many_requests", "retry_after": 7}))
        .await;
    let answer = world.create("key-1", &booking("RES-1")).await;
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (503, "7"));
    let again = world.create("key-1", &booking("RES-1")).await;
    assert_eq!(again.status(), 201);
    assert_eq!(world.simulator.payments("RES-1").await.len(), 1);
    world.stop().await;
}

#[tokio::test]
async fn a_search_that_lags_is_waited_for() {
    let world = World::start().await;
    world.simulator.fault(json!({"operation": "create", "kind": "error_after"})).await;
    world.simulator.set_search_lag(4 * 60_000).await;
    let session = world.create("key-1", &booking("RES-1")).await.json().await.unwrap();
    world.pass(1).await;
    assert_eq!(world.session(&session).await["status"], "created");
    world.pass(5).await;
    assert_eq!(world.session(&session).await["status"], "pending");
    assert_eq!(world.simulator.payments("RES-1").await.len(), 1, "never created twice");
    world.stop().await;
}

#[tokio::test]
async fn i3_an_answer_about_another_amount_is_for_a_person() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap().to_owned();
    world.simulator.act(&payment, "pay", json!({"card": PAYS})).await;
    world.simulator.fault(json!({"operation": "get", "kind": "mismatch_amount", "times": 0})).await;
    world.rest().await;
    world.pass(5).await;
    let read = world.session(&session).await;
    assert_eq!((&read["status"], &read["review"]), (&json!("review"), &json!("amount_differs")));
    world.stop().await;
}

#[tokio::test]
async fn a_provider_that_is_down_is_asked_again_later() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    world.simulator.lose_webhooks().await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap().to_owned();
    world.simulator.act(&payment, "pay", json!({"card": PAYS})).await;
    world.simulator.fault(json!({"operation": "get", "kind": "error_before", "times": 1})).await;
    world.pass(3).await;
    assert_eq!(world.session(&session).await["status"], "pending");
    world.pass(5).await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
    world.stop().await;
}

#[tokio::test]
async fn i10_a_provider_that_hangs_keeps_no_payer_waiting_and_nothing_is_claimed() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.enter_card(PAYS).await;
    world.simulator.lose_webhooks().await;
    world
        .simulator
        .fault(json!({"operation": "get", "kind": "timeout", "times": 1, "delay_ms": 60_000}))
        .await;
    payer.confirm().await;
    assert!(payer.sees("do not pay again"), "{}", payer.page);
    world.pass(5).await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
    world.stop().await;
}
