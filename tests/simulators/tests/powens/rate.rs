//! The sandbox's rate limit, and the count that a test can judge by.

use serde_json::{Value, json};

use crate::stage::{MINUTE, SECOND, Stage, credentials, wish};

async fn limited() -> Stage {
    Stage::with(|domain| domain.per_minute = Some(30)).await
}

async fn ask(stage: &Stage, times: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..times {
        statuses.push(stage.api("GET", "/2.0/payments", Value::Null).await.status);
    }
    statuses
}

#[tokio::test]
async fn the_thirty_first_call_of_a_minute_is_429_whatever_it_asks() {
    let stage = limited().await;
    assert_eq!(ask(&stage, 29).await, [200; 29], "the token was the first");
    let answer = stage.api("POST", "/2.0/payments", wish(json!({}))).await;
    answer.refuses((429, "tooManyRequests"), &"");
    let token = stage.post_unsigned("/2.0/auth/token", &credentials(json!({}))).await;
    assert_eq!(token.status, 429);
    assert_eq!(stage.payments().await, 0, "no effect");
    stage.pass(MINUTE);
    assert_eq!(ask(&stage, 1).await, [200]);
    let ledger = stage.ledger().await;
    let minutes = json!({"2026-11-20T10:00Z": 32, "2026-11-20T10:01Z": 1});
    assert_eq!(ledger["calls_per_minute"], minutes);
    assert_eq!(ledger["calls_per_day"], json!({"2026-11-20": 33}));
    assert_eq!((&ledger["busiest_minute"], &ledger["refused_by_rate"]), (&json!(32), &json!(2)));
    assert_eq!(ledger["calls"]["search"], 30);
}

#[tokio::test]
async fn the_busiest_sixty_seconds_may_lie_across_two_minutes() {
    let stage = limited().await;
    stage.pass(MINUTE + 59 * SECOND);
    ask(&stage, 20).await;
    stage.pass(2 * SECOND);
    ask(&stage, 20).await;
    let ledger = stage.ledger().await;
    assert_eq!((&ledger["busiest_minute"], &ledger["busiest_60_seconds"]), (&json!(20), &json!(40)));
    assert_eq!(ledger["refused_by_rate"], 0);
}

#[tokio::test]
async fn a_day_has_its_own_limit() {
    let stage = Stage::with(|domain| domain.per_day = Some(3)).await;
    assert_eq!(ask(&stage, 3).await, [200, 200, 429]);
    stage.pass(14 * 60 * MINUTE);
    stage.sign_in().await;
    assert_eq!(ask(&stage, 1).await, [200]);
}

#[tokio::test]
async fn pages_and_controls_are_not_counted() {
    let stage = limited().await;
    for _ in 0..40 {
        stage.ledger().await;
        crate::browser::Browser::new(&stage).open("/webview/none").await;
    }
    assert_eq!(stage.ledger().await["busiest_minute"], 1);
}

#[tokio::test]
async fn the_documented_limits_are_the_usual_ones() {
    let domain = bellhop_simulators::powens::Domain::default();
    assert_eq!((domain.per_minute, domain.per_day), (Some(30), Some(86_400)));
}
