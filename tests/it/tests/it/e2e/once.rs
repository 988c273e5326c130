//! Many at once, and the same again.

use super::world::{World, booking};
use reqwest::StatusCode;
use std::collections::BTreeMap;

/// Sends all at once; status and body of each.
async fn at_once(
    world: &World,
    calls: impl Iterator<Item = (String, serde_json::Value)>,
) -> Vec<(StatusCode, String)> {
    let mut tasks = tokio::task::JoinSet::new();
    for (key, body) in calls {
        let call = world.call("POST", "/v1/sessions").header("idempotency-key", key).json(&body);
        tasks.spawn(async move {
            let answer = call.send().await.expect("the API answers");
            (answer.status(), answer.text().await.expect("a body"))
        });
    }
    tasks.join_all().await
}

fn count(answers: &[(StatusCode, String)]) -> BTreeMap<u16, usize> {
    answers.iter().fold(BTreeMap::new(), |mut counts, (status, _)| {
        *counts.entry(status.as_u16()).or_default() += 1;
        counts
    })
}

#[tokio::test]
async fn i5_sixty_four_creates_with_one_key_open_one_payment_and_answer_alike() {
    let world = World::start().await;
    let answers = at_once(&world, (0..64).map(|_| ("key-1".to_owned(), booking("RES-1")))).await;
    let counts = count(&answers);
    assert_eq!(counts.values().sum::<usize>(), 64);
    assert!(counts.keys().all(|status| [201, 409].contains(status)), "{counts:?}");
    let mut opened: Vec<_> =
        answers.iter().filter(|(status, _)| *status == 201).map(|(_, body)| body).collect();
    assert!(!opened.is_empty());
    opened.dedup();
    assert_eq!(opened.len(), 1, "byte for byte the same");
    assert_eq!(world.simulator.calls("create").await, 1);
    let later = world.create("key-1", &booking("RES-1")).await;
    assert_eq!(
        (later.status().as_u16(), later.headers()["idempotency-replayed"].to_str().unwrap()),
        (201, "true")
    );
    assert_eq!(&later.text().await.unwrap(), opened[0]);
    world.stop().await;
}

#[tokio::test]
async fn i1_sixty_four_keys_for_one_booking_open_one_live_session() {
    let world = World::start().await;
    let answers = at_once(&world, (0..64).map(|n| (format!("key-{n}"), booking("RES-1")))).await;
    let counts = count(&answers);
    assert_eq!((counts.get(&201), counts.get(&409)), (Some(&1), Some(&63)), "{counts:?}");
    assert_eq!(world.simulator.payments("RES-1").await.len(), 1);
    let conflict = answers.iter().find(|(status, _)| *status == 409).unwrap();
    let problem: serde_json::Value = serde_json::from_str(&conflict.1).unwrap();
    assert!(
        problem["_links"]["session"]["href"].as_str().unwrap().contains("/v1/sessions/ses_"),
        "{problem}"
    );
    world.stop().await;
}

#[tokio::test]
async fn i1_a_superseding_session_leaves_one_payable_payment() {
    let world = World::start().await;
    let old = world.open("RES-1").await;
    let mut body = booking("RES-1");
    body["supersede"] = true.into();
    let answer = world.create("key-2", &body).await;
    assert_eq!(answer.status(), 201);
    assert_eq!(world.session(&old).await["status"], "canceled");
    assert_eq!(world.simulator.ledger().await["payable_now"], 1);
    world.stop().await;
}

#[tokio::test]
async fn i5_the_same_key_with_another_body_is_refused() {
    let world = World::start().await;
    world.open("RES-1").await;
    let answer = world.create("RES-1", &booking("RES-2")).await;
    assert_eq!(answer.status(), 422);
    let problem: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "idempotency_key_reused");
    world.stop().await;
}

#[tokio::test]
async fn i12_a_merchant_sees_nothing_of_another() {
    let mut world = World::start().await;
    let session = world.open("RES-1").await;
    world.key = world.add_merchant("hilltop", super::world::SITE).await.1;
    let path = format!("/v1/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(world.call("GET", &path).send().await.unwrap().status(), 404);
    let list = world.call("GET", "/v1/sessions?reference=RES-1").send().await.unwrap();
    assert_eq!(list.json::<serde_json::Value>().await.unwrap()["data"], serde_json::json!([]));
    let own = world.create("RES-1", &booking("RES-1")).await;
    assert_eq!(own.status(), 201, "the same reference and key are another's here");
    world.stop().await;
}
