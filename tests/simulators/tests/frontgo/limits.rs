//! The limit of calls in a window.

use serde_json::{Value, json};

use crate::stage::{MINUTE, Stage};

#[tokio::test]
async fn the_default_is_240_calls_in_a_minute_and_each_answer_says_so() {
    let stage = Stage::with(|config| config.requests_per_window = Some(240)).await;
    for left in (0..240).rev() {
        let answer = stage.api("GET", "history", Value::Null).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-limit"), "240");
        assert_eq!(answer.header("x-ratelimit-remaining"), left.to_string());
    }
    stage.pass(20_000);
    let answer = stage.api("GET", "history", Value::Null).await;
    assert_eq!((answer.status, &answer.json()["message"]), (429, &json!("Too Many Attempts.")));
    assert_eq!(answer.header("x-ratelimit-remaining"), "0");
    assert_eq!(answer.header("retry-after"), "40");
    stage.pass(MINUTE - 20_001);
    assert_eq!(stage.api("GET", "history", Value::Null).await.status, 429);
    stage.pass(1);
    let answer = stage.api("GET", "history", Value::Null).await;
    assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (200, "239"));
}

#[tokio::test]
async fn a_call_over_the_limit_has_no_effect_and_errors_have_the_headers_too() {
    let stage = Stage::with(|config| config.requests_per_window = Some(1)).await;
    let answer = stage.api("GET", "details/none", Value::Null).await;
    assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (404, "0"));
    assert_eq!(stage.api("POST", "create", crate::wish::wish(&[])).await.status, 429);
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn pages_and_controls_are_not_counted() {
    let stage = Stage::with(|config| config.requests_per_window = Some(1)).await;
    let created = stage.create_with(&[]).await;
    let page = crate::browser::Browser::at(&created).open().await;
    assert_eq!((page.status, page.header("x-ratelimit-limit")), (200, ""));
    stage.ledger().await;
}
