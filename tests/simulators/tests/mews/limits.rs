//! 429.

use serde_json::json;

use crate::stage::{SECOND, Stage};
use crate::wishes::wish;

const ALL: &str = "paymentRequests/getAll";

#[tokio::test]
async fn the_connector_takes_200_calls_in_a_window_of_30_seconds_that_slides() {
    let stage = Stage::new().await;
    let list = json!({"Limitation": {"Count": 1}});
    for _ in 0..100 {
        assert_eq!(stage.connector(ALL, list.clone()).await.status, 200);
    }
    stage.pass(20 * SECOND);
    for _ in 0..100 {
        assert_eq!(stage.connector(ALL, list.clone()).await.status, 200);
    }
    let refused = stage.connector(ALL, list.clone()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "10"));
    assert!(refused.json()["RequestId"].is_string());
    stage.pass(10 * SECOND - 1);
    assert_eq!(stage.connector(ALL, list.clone()).await.header("retry-after"), "1");
    stage.pass(1);
    assert_eq!(stage.connector(ALL, list.clone()).await.status, 200, "the first hundred slid out");
    let ledger = stage.ledger().await;
    assert_eq!((&ledger["busiest_window"], &ledger["refused_by_rate"]), (&json!(200), &json!(2)));
}

#[tokio::test]
async fn the_distributor_has_a_limit_only_when_told_and_it_has_no_effect_beyond() {
    let stage = Stage::with(|property| property.distributor_requests = Some(2)).await;
    stage.booked().await;
    stage.booked().await;
    let refused = stage.create(wish(json!({}))).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "30"));
    assert!(refused.json()["Message"].is_string());
    assert_eq!(stage.ledger().await["groups"].as_array().unwrap().len(), 2);
    stage.pass(30 * SECOND);
    stage.booked().await;
}
