//! The search, which reads the past.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{MINUTE, Stage, id};

async fn search(stage: &Stage, query: &str) -> Answer {
    stage.api("GET", &format!("/v1/payments?{query}"), Value::Null).await
}

async fn found(stage: &Stage, query: &str) -> Vec<String> {
    search(stage, query).await.json()["results"].as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn a_lagging_search_finds_neither_new_payments_nor_new_states() {
    let stage = Stage::with(|config| config.search_lag_ms = MINUTE).await;
    let id = stage.paid(json!({})).await;
    assert!(found(&stage, "reference=RES-1").await.is_empty());
    assert_eq!(stage.get(&id).await["state"]["status"], "success", "the payment itself is consistent");
    stage.pass(MINUTE);
    assert_eq!(found(&stage, "reference=RES-1&state=success").await, [id.as_str()]);

    stage.order(&id, "capture_error", json!({})).await;
    assert_eq!(found(&stage, "state=success").await, [id.as_str()]);
    assert!(found(&stage, "state=error").await.is_empty());
    stage.control("PUT", "/_config/search", json!({"lag_ms": 0})).await;
    assert_eq!(found(&stage, "state=error").await, [id]);
}

#[tokio::test]
async fn the_reference_is_exact_but_for_its_case() {
    let stage = Stage::new().await;
    let first = id(&stage.create_with(json!({"reference": "Room 1&2"})).await);
    stage.pass(1000);
    let second = id(&stage.create_with(json!({"reference": "ROOM 1&2"})).await);
    stage.create_with(json!({"reference": "Room 1&20"})).await;
    assert_eq!(found(&stage, "reference=room%201%262").await, [second, first], "newest first");
}

#[tokio::test]
async fn filters_narrow_by_email_and_date() {
    let stage = Stage::new().await;
    let early = id(&stage.create_with(json!({"email": "joe@example.org"})).await);
    stage.pass(MINUTE);
    let late = id(&stage.create_with(json!({"email": "ann@example.org"})).await);
    assert_eq!(found(&stage, "email=JOE@").await, [early.as_str()]);
    assert_eq!(found(&stage, "from_date=2026-11-20T10:01:00Z").await, [late]);
    assert_eq!(found(&stage, "to_date=2026-11-20T10:01:00Z").await, [early]);
}

#[tokio::test]
async fn results_come_in_pages_without_a_next_url() {
    let stage = Stage::new().await;
    for _ in 0..5 {
        stage.create().await;
    }
    let page = search(&stage, "reference=RES-1&display_size=2&page=3").await.json();
    assert_eq!((&page["total"], &page["count"], &page["page"]), (&json!(5), &json!(1), &json!(3)));
    let links = &page["results"][0]["_links"];
    assert!(links.get("next_url").is_none() && links["capture"].is_null() && links["cancel"].is_object());
    assert!(page["_links"]["prev_page"]["href"].as_str().unwrap().ends_with("page=2"));
    assert!(page["_links"].get("next_page").is_none());
    let none = search(&stage, "display_size=2&page=4").await;
    none.refuses((404, "P0402"), &"");
    assert_eq!(search(&stage, "reference=nothing").await.json()["total"], 0);
}

#[tokio::test]
async fn wrong_parameters_are_listed_in_one_error() {
    let stage = Stage::new().await;
    for (query, names) in [
        ("state=capturable", "state"),
        ("state=paid", "state"),
        ("display_size=501", "display_size"),
        ("display_size=0", "display_size"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("from_date=yesterday&to_date=2026-11-20", "from_date, to_date"),
    ] {
        let answer = search(&stage, query).await;
        answer.refuses((422, "P0401"), &query);
        let start = format!("Invalid parameters: {names}. ");
        assert!(answer.json()["description"].as_str().unwrap().starts_with(&start), "{}", answer.body);
    }
}
