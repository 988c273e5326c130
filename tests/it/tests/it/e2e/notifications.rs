//! What providers send: twice, late, early, out of order, forged.

use super::payer::{PAYS, Payer};
use super::world::World;
use serde_json::{Value, json};

async fn count_of(world: &World, session: &Value, kind: &str) -> usize {
    let read = world.session(session).await;
    read["events"].as_array().unwrap().iter().filter(|event| event["type"] == kind).count()
}

#[tokio::test]
async fn i2_doubled_and_reordered_webhooks_change_nothing_twice() {
    for kind in ["doubled", "doubled_new_id", "reordered"] {
        let world = World::start().await;
        world.simulator.fault(json!({"operation": "webhook", "kind": kind, "times": 0})).await;
        let session = world.open("RES-1").await;
        Payer::of(&world).pay(&session).await;
        world.rest().await;
        world.simulator.clear_faults().await;
        world.rest().await;
        assert_eq!(world.session(&session).await["status"], "succeeded", "{kind}");
        assert_eq!(count_of(&world, &session, "session.succeeded").await, 1, "{kind}");
        world.stop().await;
    }
}

#[tokio::test]
async fn i3_a_forged_webhook_is_refused_and_asks_nobody() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let before = world.simulator.calls("get").await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    let body = json!({"webhook_message_id": "m", "event_type": "card_payment_succeeded", "resource_type": "payment",
        "resource_id": payment, "resource": {"payment_id": payment, "state": {"status": "success", "finished": true}}});
    let hook = format!("{}/webhooks/govuk_pay/harbour", world.stack.api_url());
    for signature in [None, Some("00"), Some(&*"a".repeat(64))] {
        let call = world.http.post(&hook).json(&body);
        let call = match signature {
            Some(signature) => call.header("pay-signature", signature),
            None => call,
        };
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 401, "{signature:?}");
    }
    let nobody = world.http.post(hook.replace("harbour", "nobody")).json(&body).send().await.unwrap();
    assert_eq!(nobody.status(), 401, "an account that nobody has looks the same");
    world.rest().await;
    assert_eq!(world.simulator.calls("get").await, before);
    assert_eq!(world.session(&session).await["status"], "pending");
    world.stop().await;
}

#[tokio::test]
async fn a_webhook_before_the_create_answer_is_parked_and_matched() {
    let world = World::start().await;
    world.simulator.fault(json!({"operation": "webhook", "kind": "early"})).await;
    let session = world.open("RES-1").await;
    world.rest().await;
    world.pass(1).await;
    assert_eq!(world.session(&session).await["status"], "succeeded");
    world.stop().await;
}

#[tokio::test]
async fn i7_a_queue_that_fails_means_no_acknowledgement_and_the_provider_sends_again() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    let fault = json!({"operation": "SendMessage", "kind": "error_before", "times": 20});
    world.stack.queues().add_fault(serde_json::from_value(fault).unwrap()).unwrap();
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    world.simulator.act(payment, "pay", json!({"card": PAYS})).await;
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "pending");
    world.stack.queues().clear_faults();
    world.stack.advance(std::time::Duration::from_secs(61)).await.unwrap();
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "succeeded", "sent again after a minute");
    world.stop().await;
}

#[tokio::test]
async fn i12_a_genuine_webhook_for_anothers_payment_moves_nothing() {
    let world = World::start().await;
    let session = world.open("RES-1").await;
    world.add_merchant("hilltop", super::world::SITE).await;
    let hook = format!("{}/webhooks/govuk_pay/hilltop", world.stack.api_url());
    world.simulator.send_webhooks_to(&hook, super::world::WEBHOOK_SECRET).await;
    let payment = session["attempt"]["provider_payment_id"].as_str().unwrap();
    world.simulator.act(payment, "pay", json!({"card": PAYS})).await;
    world.rest().await;
    assert_eq!(world.session(&session).await["status"], "pending");
    world.stop().await;
}
