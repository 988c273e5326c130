//! Service tokens: 30 minutes at Powens, 25 with us, one fetch at a time.

use super::{AtPowens, booking};
use serde_json::{Value, json};

async fn token_calls(at: &AtPowens) -> u64 {
    at.powens.calls("token").await
}

/// Calls that were refused for their token.
async fn refused(at: &AtPowens) -> usize {
    let ledger = at.powens.ledger().await;
    let calls = ledger["call_log"].as_array().expect("calls").iter();
    calls.filter(|call| call["status"] == 401).count()
}

/// Hands the sessions to one `refresh-session`, which looks at all of them at once.
async fn look_at_all(at: &AtPowens, sessions: &[Value]) {
    let record = |(number, session): (usize, &Value)| {
        let body = json!({"v": 1, "type": "look", "merchant": at.world.merchant.to_string(),
            "session": session["id"]});
        json!({"messageId": format!("m{number}"), "body": body.to_string()})
    };
    let records: Vec<Value> = sessions.iter().enumerate().map(record).collect();
    let answer = at.world.stack.invoke("refresh-session", json!({"Records": records}).to_string()).await;
    let answer: Value = serde_json::from_slice(&answer.expect("an answer")).expect("JSON");
    assert_eq!(answer["batchItemFailures"], json!([]), "nothing fails");
}

#[tokio::test]
async fn a_token_is_renewed_once_after_twenty_five_minutes_before_powens_refuses_it() {
    let at = AtPowens::start().await;
    for (minutes, reference, calls) in [
        (0, "RES-1", 1),
        (24, "RES-2", 1),
        (2, "RES-3", 2),
        (0, "RES-4", 2),
        (24, "RES-5", 2),
        (1, "RES-6", 3),
    ] {
        at.wait(minutes * 60).await;
        at.open(&booking(reference)).await;
        assert_eq!(token_calls(&at).await, calls, "{reference}");
    }
    assert_eq!(refused(&at).await, 0);
    at.stop().await;
}

#[tokio::test]
async fn ten_looks_at_once_fetch_one_token_and_again_one_when_it_was_forgotten_or_is_old() {
    let at = AtPowens::start().await;
    let mut sessions = Vec::new();
    for number in 0..10 {
        let mut booking = booking(&format!("RES-{number}"));
        booking["expires_in"] = json!(86_400);
        sessions.push(at.open(&booking).await);
    }
    let of_create = token_calls(&at).await;
    let fetched = async || token_calls(&at).await - of_create;
    at.wait(3 * 60).await;
    look_at_all(&at, &sessions).await;
    assert_eq!((fetched().await, refused(&at).await), (1, 0), "the first ten");

    at.powens.steer("DELETE", "/_tokens", &json!({})).await;
    at.wait(7 * 60).await;
    look_at_all(&at, &sessions).await;
    assert_eq!(fetched().await, 2, "forgotten: one fetch for all");
    let were_refused = refused(&at).await;
    assert!((1..=10).contains(&were_refused), "{were_refused}: each once at most");

    at.wait(2 * 3600).await;
    look_at_all(&at, &sessions).await;
    assert_eq!(
        (fetched().await, refused(&at).await),
        (3, were_refused),
        "too old: renewed before it is refused"
    );
    assert_eq!(at.powens.calls("get").await as usize, 30 + were_refused);
    assert_eq!(at.powens.ledger().await["refused_by_rate"], 0);
    at.stop().await;
}

#[tokio::test]
async fn a_create_whose_token_was_forgotten_is_made_once_with_a_fresh_one() {
    let at = AtPowens::start().await;
    at.open(&booking("RES-1")).await;
    at.powens.steer("DELETE", "/_tokens", &json!({})).await;
    at.open(&booking("RES-2")).await;
    assert_eq!((token_calls(&at).await, refused(&at).await), (2, 1));
    assert_eq!(at.powens.ledger().await["payments"].as_array().unwrap().len(), 2);
    at.stop().await;
}

#[tokio::test]
async fn a_client_that_is_refused_is_told_as_our_trouble_and_nothing_is_opened() {
    let at = AtPowens::start().await;
    at.set_domain(json!({"client_secret": "another"})).await;
    let answer = at.create(&booking("RES-1")).await;
    assert_eq!(answer.status(), 502);
    let problem = answer.text().await.expect("a problem");
    assert!(!problem.contains("simulator-secret"), "{problem}");
    let ledger = at.powens.ledger().await;
    assert_eq!((&ledger["payments"], &ledger["calls"]["create"]), (&json!([]), &Value::Null));
    at.stop().await;
}
