//! The list and its filters.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::stage::{DAY, MINUTE, Stage};

async fn list(stage: &Stage, query: &str) -> Answer {
    let path = format!("/2.0/payments?{query}");
    stage.api("GET", &path, Value::Null).await
}

async fn ids(stage: &Stage, query: &str) -> Vec<u64> {
    let answer = list(stage, query).await.json();
    let payments = answer["payments"].as_array().unwrap().clone();
    payments.iter().map(|payment| payment["id"].as_u64().unwrap()).collect()
}

/// Three payments a minute apart: created, done, rejected.
async fn three() -> Stage {
    let stage = Stage::new().await;
    stage.create().await;
    stage.pass(MINUTE);
    stage.validated(json!({"label": "done - x", "reference_id": "RES-2"})).await;
    stage.pass(MINUTE);
    stage.validated(json!({"label": "canc - x", "reference_id": "RES-3"})).await;
    stage
}

#[tokio::test]
async fn the_newest_comes_first_and_pages_are_cut() {
    let stage = three().await;
    assert_eq!(ids(&stage, "").await, [1977, 1976, 1975]);
    assert_eq!(ids(&stage, "limit=2").await, [1977, 1976]);
    assert_eq!(ids(&stage, "limit=2&offset=2").await, [1975]);
    assert_eq!(ids(&stage, "limit=1000").await.len(), 3);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let stage = three().await;
    let bank_id = stage.get("1976").await["bank_payment_id"].as_str().unwrap().to_owned();
    for (query, found) in [
        ("state=created", vec![1975]),
        ("state=done", vec![1976]),
        ("state=unheard_of", vec![]),
        ("reference_id=RES-2", vec![1976]),
        ("reference_id=RES", vec![]),
        ("error_code=cancelledByUser", vec![1977]),
        (&format!("bank_payment_id={bank_id}"), vec![1976]),
        ("min_date=2026-11-20%2011:01:00", vec![1977, 1976]),
        ("max_date=2026-11-20%2011:01:00", vec![1976, 1975]),
        ("min_date=2026-11-20&max_date=2026-11-20", vec![]),
        ("min_date=2026-11-21", vec![]),
        ("filter=validate_date&min_date=2026-11-20", vec![1977, 1976]),
        ("order_by=validate_date", vec![1977, 1976, 1975]),
        ("client_state=other", vec![1977, 1976, 1975]),
    ] {
        assert_eq!(ids(&stage, query).await, found, "{query}");
    }
}

#[tokio::test]
async fn wrong_filters_are_refused() {
    let stage = Stage::new().await;
    for query in ["limit=1001", "limit=many", "offset=-1", "min_date=today", "filter=a_date", "order_by=id"] {
        list(&stage, query).await.refuses((400, "invalidValue"), &query);
    }
}

#[tokio::test]
async fn an_abandoned_payment_is_still_created_weeks_later() {
    let stage = three().await;
    stage.pass_and_tick(29 * DAY).await;
    stage.sign_in().await;
    assert_eq!(ids(&stage, "state=created").await, [1975]);
}
