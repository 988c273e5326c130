//! Front Payment, from the create to what the booking site reads.

use super::payer::Payer;
use super::world::{SITE, World};
use bellhop_simulators::Running;
use bellhop_simulators::frontgo::{Config, Simulator};
use serde_json::{Value, json};

/// A world whose merchant has an account at Front too.
async fn world() -> (World, Running) {
    let world = World::start().await;
    let config = Config { clock_file: Some(world.clock_file()), ..Config::default() };
    let front = Simulator::start(config).await.expect("the simulator starts");
    world.add_account("frontgo/harbour", &front.base_url, "front").await;
    (world, front)
}

fn booking(reference: &str) -> Value {
    json!({
        "provider": "frontgo",
        "amount": {"value": 99_999_999, "currency": "NOK"},
        "capture": "manual",
        "reference": reference,
        "description": "Two nights, double room",
        "return_url": format!("{SITE}/stay/{reference}"),
        "payer": {
            "name": "Ada Payer", "email": "ada@booking.example",
            "phone": {"country_code": "+47", "number": "46567468"},
            "address": {"line1": "Havnegata 1", "postcode": "0150", "city": "Oslo", "country": "NO"},
        },
    })
}

async fn open(world: &World, reference: &str) -> Value {
    let answer = world.create(reference, &booking(reference)).await;
    let status = answer.status();
    let session: Value = answer.json().await.expect("JSON");
    assert_eq!(status, 201, "{session}");
    session
}

async fn tick(world: &World, front: &Running) {
    let told = world.http.post(format!("{}/_tick", front.base_url)).json(&json!({})).send().await;
    assert!(told.expect("the simulator answers").status().is_success());
    world.stack.settle().await.expect("the stack comes to rest");
}

#[tokio::test]
async fn at_front_a_payer_who_pays_lands_on_held_and_the_site_reads_authorized() {
    let (world, front) = world().await;
    let session = open(&world, "RES-1").await;
    let mut payer = Payer::of(&world);
    payer.open(&session).await;
    payer.pay_at_front("4242424242424242").await;
    assert!(payer.sees("Payment confirmed"), "{}", payer.page);
    tick(&world, &front).await;
    let read = world.session(&session).await;
    assert_eq!((&read["status"], &read["authorized"]), (&json!("authorized"), &json!(99_999_999)));
    world.stop().await;
}

#[tokio::test]
async fn i4_at_front_every_callback_lost_and_the_payer_gone_the_schedule_finds_the_hold() {
    let (world, front) = world().await;
    let session = open(&world, "RES-1").await;
    let fault = json!({"operation": "webhook", "kind": "lost", "times": 0});
    world.http.post(format!("{}/_faults", front.base_url)).json(&fault).send().await.expect("a fault");
    let payment = session["attempt"]["provider_payment_id"].as_str().expect("an id");
    let pay = format!("{}/_payments/{payment}/pay", front.base_url);
    let paid = world.http.post(pay).json(&json!({})).send().await.expect("the simulator answers");
    assert!(paid.status().is_success());
    world.pass(6).await;
    assert_eq!(world.session(&session).await["status"], "authorized");
    world.stop().await;
}

#[tokio::test]
async fn at_front_nobody_pays_and_the_session_expires() {
    let (world, front) = world().await;
    let session = open(&world, "RES-1").await;
    world.stack.advance(std::time::Duration::from_secs(31 * 60)).await.expect("the clock moves");
    tick(&world, &front).await;
    world.pass(1).await;
    assert_eq!(world.session(&session).await["status"], "expired");
    world.stop().await;
}
