//! What payers do, and what the booking site then reads.

use super::payer::{DECLINED, PAYS, Payer};
use super::world::World;
use bellhop_simulators::govuk_pay::Config;
use serde_json::{Value, json};

fn events(session: &Value) -> Vec<&str> {
    let events = session["events"].as_array().expect("events");
    events.iter().filter_map(|event| event["type"].as_str()).collect()
}

#[tokio::test]
async fn a_payer_who_pays_lands_on_paid_and_the_site_reads_succeeded() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.pay(&session).await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    assert!(payer.sees("/stay/RES-1?session_id="), "the way back carries the outcome");
    world.rest().await;
    let read = world.session(&session).await;
    assert_eq!(
        (&read["status"], &read["finished"], &read["captured"]),
        (&json!("succeeded"), &json!(true), &json!(14_500))
    );
    assert_eq!(events(&read), ["session.created", "session.pending", "session.succeeded"]);
    let sequences: Vec<_> =
        read["events"].as_array().unwrap().iter().map(|e| e["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences, [1, 2, 3], "I6: without gaps");
    world.stop().await;
}

#[tokio::test]
async fn i4_every_webhook_lost_and_the_payer_gone_the_schedule_finds_the_money() {
    let world = World::start().await;
    world.simulator.lose_webhooks().await;
    let session = world.open("RES-1").await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    world.simulator.act(payment, "pay", json!({"card": PAYS})).await;
    assert_eq!(world.session(&session).await["status"], "pending", "nobody told us");
    world.pass(5).await;
    let read = world.session(&session).await;
    assert_eq!(read["status"], "succeeded");
    assert_eq!(read["events"].as_array().unwrap().last().unwrap()["cause"], "schedule");
    world.stop().await;
}

#[tokio::test]
async fn a_declined_payer_tries_again_and_pays_once() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.enter_card(DECLINED).await;
    payer.go(&return_url(&world, "RES-1").await).await;
    assert!(payer.sees("Payment failed") && payer.sees("Try again"), "{}", payer.page);
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "pending", "the payer may still pay");
    payer.try_again().await;
    payer.enter_card(PAYS).await;
    payer.confirm().await;
    assert!(payer.sees("Payment received"), "{}", payer.page);
    let read = world.session(&session).await;
    let attempts: Vec<_> =
        read["attempts"].as_array().unwrap().iter().map(|a| a["status"].as_str().unwrap()).collect();
    assert_eq!((read["status"].as_str().unwrap(), attempts), ("succeeded", vec!["failed", "succeeded"]));
    assert_eq!(world.simulator.ledger().await["captured_total"], 14_500, "I1: charged once");
    world.stop().await;
}

#[tokio::test]
async fn a_declined_payer_who_leaves_ends_failed_when_the_time_is_up() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.enter_card(DECLINED).await;
    world.rest().await;
    world.pass(31).await;
    let read = world.session(&session).await;
    assert_eq!((&read["status"], &read["finished"]), (&json!("failed"), &json!(true)));
    assert_eq!(events(&read), ["session.created", "session.pending", "attempt.failed", "session.failed"]);
    let again = world.create("second", &super::world::booking("RES-1")).await;
    assert_eq!(again.status(), 201, "the booking is free again");
    world.stop().await;
}

#[tokio::test]
async fn a_payer_who_cancels_lands_on_canceled() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.cancel().await;
    payer.go(&return_url(&world, "RES-1").await).await;
    assert!(payer.sees("Payment canceled"), "{}", payer.page);
    assert_eq!(world.session(&session).await["status"], "canceled");
    world.stop().await;
}

#[tokio::test]
async fn time_runs_out_and_the_provider_is_told_before_the_site_hears_expired() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    Payer::of(&world).open(&session).await;
    world.pass(31).await;
    let read = world.session(&session).await;
    assert!(["expired", "canceled"].contains(&read["status"].as_str().unwrap()), "{read}");
    assert_eq!(world.simulator.ledger().await["payable_now"], 0, "I1: nothing is left to be paid");
    let mut late = Payer::of(&world);
    late.open(&session).await;
    assert!(late.at.contains("/return/"), "the link no longer leads to a payment: {}", late.at);
    world.stop().await;
}

#[tokio::test]
async fn a_payer_who_comes_back_unpaid_is_told_that_we_check_and_can_go_on() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.go(&return_url(&world, "RES-1").await).await;
    assert!(payer.sees("do not pay again") && payer.sees("Continue to payment"), "I10: {}", payer.page);
    world.stop().await;
}

#[tokio::test]
async fn money_that_was_taken_back_without_a_webhook_is_found_as_reversed() {
    let two_days = 2 * 24 * 3_600_000;
    let world = World::with(Config { capture_delay_ms: two_days, ..Config::default() }).await;
    let session = world.open("RES-1").await;
    Payer::of(&world).pay(&session).await;
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    world.simulator.act(payment, "capture_error", json!({})).await;
    world.pass(62).await;
    let read = world.session(&session).await;
    assert_eq!(read["status"], "failed");
    assert!(events(&read).contains(&"session.reversed"), "{read}");
    world.stop().await;
}

#[tokio::test]
async fn every_visit_gets_a_page_nobody_has_seen_and_a_preview_spends_none() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let url = session["pay_url"].as_str().unwrap();
    let head = world.http.head(url).send().await.unwrap();
    let preview = world.http.get(url).header("sec-purpose", "prefetch").send().await.unwrap();
    assert_eq!((head.status().as_u16(), preview.status().as_u16()), (204, 204));
    assert_eq!(world.simulator.calls("get").await, 0);
    let mut pages = Vec::new();
    for _ in 0..3 {
        let answer = world.http.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
        pages.push(answer.headers()["location"].to_str().unwrap().to_owned());
    }
    pages.dedup();
    assert_eq!(pages.len(), 3);
    world.stop().await;
}

/// The return URL that the provider was given: our landing.
async fn return_url(world: &World, reference: &str) -> String {
    let payments = world.simulator.payments(reference).await;
    payments.last().expect("a payment")["return_url"].as_str().expect("a return URL").to_owned()
}
