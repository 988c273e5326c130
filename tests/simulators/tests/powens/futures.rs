//! What time and the label's prefix do to a payment.

use serde_json::{Value, json};

use crate::stage::{DAY, MINUTE, SECOND, Stage, id};

const NO_TRACKING: &str = "5f1cf1e2-0d4a-5b6e-8c70-6d1f0a5a9c11";

/// The states after the payer agreed and after each of two steps.
async fn course(stage: &Stage, more: Value, step: i64) -> (Vec<String>, String) {
    let id = stage.validated(more).await;
    let mut states = vec![stage.state(&id).await];
    for _ in 0..2 {
        stage.pass_and_tick(step - 1).await;
        assert_eq!(stage.state(&id).await, *states.last().unwrap(), "too early");
        stage.pass_and_tick(1).await;
        stage.sign_in().await;
        states.push(stage.state(&id).await);
    }
    (states, id)
}

/// A label, the states it leads through, and the code at the end.
const FUTURES: &str = "\
pdng/done - my label = pending done done
no prefix = pending done done
done - my label = done done done
canc - x = rejected rejected rejected CancelledByUser
pdng/rjct - x = pending rejected rejected rejected
pdng/pdng/err - x = pending pending rejected error
pdng/bug/done - x = pending pending done
pdng/bug - x = pending pending pending bug
pdng - x = pending pending pending
pdng/pdng/pdng/rjct - too long = pending done done
unheard/rjct - x = pending done done";

#[tokio::test]
async fn each_prefix_has_its_future() {
    let stage = Stage::new().await;
    for line in FUTURES.lines() {
        let (label, words) = line.split_once(" = ").unwrap();
        let words: Vec<&str> = words.split(' ').collect();
        let (found, id) = course(&stage, json!({"label": label}), 15 * MINUTE).await;
        assert_eq!(found, words[..3], "{label}");
        assert_eq!(stage.get(&id).await["error_code"], json!(words.get(3)), "{label}");
    }
}

#[tokio::test]
async fn an_instant_payment_takes_fifteen_seconds_a_step() {
    let stage = Stage::new().await;
    let more = json!({"label": "pdng/pdng/done - x", "execution_date_type": "instant"});
    let (states, _) = course(&stage, more, 15 * SECOND).await;
    assert_eq!(states, ["pending", "pending", "done"]);
}

#[tokio::test]
async fn a_deferred_payment_is_done_on_its_day() {
    let stage = Stage::new().await;
    let more =
        json!({"label": "done - x", "execution_date_type": "deferred", "execution_date": "2026-11-21"});
    let id = stage.validated(more).await;
    assert_eq!(stage.state(&id).await, "pending");
    // Midnight in Paris is 23:00 in UTC.
    stage.pass_and_tick(13 * 60 * MINUTE - 1).await;
    stage.sign_in().await;
    assert_eq!(stage.state(&id).await, "pending");
    stage.pass_and_tick(1).await;
    assert_eq!(stage.state(&id).await, "done");
}

#[tokio::test]
async fn an_accepted_payment_never_changes_whatever_the_bank_does() {
    let stage = Stage::new().await;
    let id = id(&stage.create().await);
    stage.scoped(&id).await;
    stage.order(&id, "pay", json!({"connector": NO_TRACKING})).await;
    assert_eq!(stage.state(&id).await, "accepted");
    stage.pass_and_tick(100 * DAY).await;
    stage.sign_in().await;
    assert_eq!(stage.state(&id).await, "accepted");
    assert_eq!(stage.ledger().await["captured_total"], 0, "nobody knows yet");
    let entry = stage.order(&id, "bank_executes", json!({})).await;
    assert_eq!((&entry["status"], &entry["captured"]), (&json!("accepted"), &json!(5090)));
    let entry = stage.order(&id, "bank_refuses", json!({})).await;
    assert_eq!((&entry["status"], &entry["captured"]), (&json!("accepted"), &json!(0)));
}

#[tokio::test]
async fn a_bank_without_tracking_still_tells_a_refusal_at_once() {
    let stage = Stage::new().await;
    let id = id(&stage.create_with(json!({"label": "rjct - x"})).await);
    stage.scoped(&id).await;
    stage.order(&id, "pay", json!({"connector": NO_TRACKING})).await;
    assert_eq!(stage.state(&id).await, "rejected");
}

#[tokio::test]
async fn the_sweep_expires_what_has_no_answer_after_thirty_days() {
    let stage = Stage::new().await;
    let abandoned = id(&stage.create().await);
    stage.pass(DAY);
    stage.sign_in().await;
    let undecided = stage.validated(json!({"label": "pdng - x"})).await;
    let more =
        json!({"label": "pdng - x", "execution_date_type": "deferred", "execution_date": "2026-12-01"});
    let deferred = stage.validated(more).await;
    let states = async || {
        stage.sign_in().await;
        let mut states = Vec::new();
        for id in [&abandoned, &undecided, &deferred] {
            states.push(stage.state(id).await);
        }
        states
    };
    stage.pass_and_tick(29 * DAY - 1).await;
    assert_eq!(states().await, ["created", "pending", "pending"]);
    stage.pass_and_tick(1).await;
    assert_eq!(states().await, ["expired", "pending", "pending"]);
    stage.pass_and_tick(DAY).await;
    assert_eq!(states().await, ["expired", "expired", "pending"]);
    stage.pass_and_tick(10 * DAY).await;
    assert_eq!(states().await, ["expired", "expired", "expired"]);
}

#[tokio::test]
async fn the_days_of_the_sweep_are_a_setting() {
    let stage = Stage::with(|domain| domain.expire_days = 2).await;
    let id = id(&stage.create().await);
    stage.pass_and_tick(2 * DAY).await;
    stage.sign_in().await;
    assert_eq!(stage.state(&id).await, "expired");
    let entry = stage.order(&id, "bank_executes", json!({})).await;
    assert_eq!(entry["captured"], 5090, "money could have moved all the same");
}

#[tokio::test]
async fn history_keeps_every_step_with_its_money() {
    let stage = Stage::new().await;
    stage.validated(json!({})).await;
    stage.pass_and_tick(15 * MINUTE).await;
    let history = stage.ledger().await["payments"][0]["history"].clone();
    let steps: Vec<(Value, Value)> = history
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["what"] == "state")
        .map(|entry| (entry["state"].clone(), entry["captured"].clone()))
        .collect();
    let expected = [("created", 0), ("validating", 0), ("pending", 0), ("done", 5090)];
    assert_eq!(steps, expected.map(|(state, money)| (json!(state), json!(money))));
}
