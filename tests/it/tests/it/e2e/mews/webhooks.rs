//! General Webhooks: a list of ids, most of them not ours, proved by the secret in the path alone.

use super::browsing::is_paid_once;
use super::stage::{HOOK_SECRET, Stage, last_event, request_id};
use crate::e2e::insides::{logs, table};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A message about these payments, as it stands in the documentation, to an address below our API.
async fn send(stage: &Stage, below: &str, payments: &[&str]) -> StatusCode {
    let event = |id: &&str| json!({"Discriminator": "PaymentUpdated", "Value": {"Id": id}});
    let events: Vec<Value> = payments.iter().map(event).collect();
    let body = json!({"EnterpriseId": "e", "IntegrationId": "i", "Events": events}).to_string();
    let url = format!("{}/webhooks/mews/harbour{below}", stage.world.stack.api_url());
    stage.world.http.post(url).body(body).send().await.expect("an answer").status()
}

/// The statuses that Mews got for its messages.
async fn answers(stage: &Stage) -> Vec<Value> {
    let ledger = stage.mews.ledger().await;
    let webhooks = ledger["webhooks"].as_array().unwrap().clone();
    webhooks.iter().map(|one| one["attempts"][0]["status"].clone()).collect()
}

#[tokio::test]
async fn i4_a_message_leads_to_the_payment() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    is_paid_once(&stage, &session).await;
    assert_eq!(last_event(&stage.session(&session).await), ("session.succeeded", "notification"));
    assert!(answers(&stage).await.iter().all(|status| *status == 200));
    stage.stop().await;
}

/// No retry would come: one message to the address as it was given to Mews, and nothing else.
#[tokio::test]
async fn i3_without_the_right_secret_nothing_is_believed_or_asked() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.mews.lose_webhooks().await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    let payment = stage.request(&session).await["attempts"][0]["id"].as_str().unwrap().to_owned();
    for wrong in ["", "/", "/wrong", "/mews-webhook-secret-of-the-test", "/MEWS-webhook-secret-of-the-tests"]
    {
        let status = send(&stage, wrong, &[&payment]).await;
        assert!(matches!(status.as_u16(), 401 | 404), "{wrong}: {status}");
        assert_eq!(status == 404, wrong == "/", "{wrong}: an empty step is no route");
    }
    stage.rest().await;
    assert_eq!((stage.mews.calls("payments").await, stage.status(&session).await), (0, "pending".to_owned()));
    assert_eq!(send(&stage, &format!("/{HOOK_SECRET}"), &[&payment]).await, 200);
    stage.rest().await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i3_a_forged_message_of_the_simulators_is_refused() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    stage.mews.fault(json!({"operation": "webhook", "kind": "forged"})).await;
    stage.act(&session, "pay", json!({"outcome": "declined"})).await;
    stage.rest().await;
    assert!(answers(&stage).await.contains(&json!(401)));
    assert_eq!(stage.status(&session).await, "pending");
    stage.stop().await;
}

#[tokio::test]
async fn i8_what_is_not_ours_is_asked_for_and_not_kept() {
    let stage = Stage::with(|property| {
        let hook = property.webhook.as_mut().expect("a webhook");
        (hook.foreign_payments, hook.other_events) = (7, true);
        hook.content_type = "text/plain".to_owned();
    })
    .await;
    let elsewhere = stage.book_there().await;
    let session = stage.open("RES-1").await;
    let their_own = elsewhere["payment_request_id"].as_str().unwrap();
    stage.mews.act(their_own, "pay", json!({})).await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    let read = stage.session(&session).await;
    assert_eq!((&read["status"], last_event(&read).1), (&json!("succeeded"), "notification"), "{read}");
    let ledger = stage.mews.ledger().await;
    let told: Vec<Value> = ledger["webhooks"].as_array().unwrap().clone();
    let strangers = told.iter().flat_map(|one| ids_of(one["body"].as_str().unwrap()));
    let ours = stage.request(&session).await["attempts"][0]["id"].as_str().unwrap().to_owned();
    let kept = table(&stage.world).await;
    for stranger in strangers.filter(|id| *id != ours) {
        assert!(!kept.contains(&stranger), "{stranger} is kept");
    }
    stage.stop().await;
}

fn ids_of(body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).expect("JSON");
    let events = body["Events"].as_array().expect("events").clone();
    let payments = events.iter().filter(|event| event["Discriminator"] == "PaymentUpdated");
    payments.map(|event| event["Value"]["Id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn i2_doubled_and_reordered_messages_change_nothing_twice() {
    for kind in ["doubled", "reordered"] {
        let stage = Stage::start().await;
        stage.mews.fault(json!({"operation": "webhook", "kind": kind, "times": 0})).await;
        let session = stage.open("RES-1").await;
        stage.act(&session, "pay", json!({"outcome": "declined"})).await;
        stage.act(&session, "pay", json!({})).await;
        stage.rest().await;
        stage.mews.clear_faults().await;
        stage.rest().await;
        is_paid_once(&stage, &session).await;
        let read = stage.session(&session).await;
        let paid = super::stage::events(&read).iter().filter(|kind| **kind == "session.succeeded").count();
        assert_eq!(paid, 1, "{kind}");
        stage.stop().await;
    }
}

#[tokio::test]
async fn a_message_before_the_create_answer_is_not_lost() {
    let stage = Stage::start().await;
    stage.mews.fault(json!({"operation": "webhook", "kind": "early"})).await;
    let session = stage.open("RES-1").await;
    stage.rest().await;
    stage.pass(3).await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i4_every_message_lost_the_schedule_finds_it() {
    let stage = Stage::start().await;
    stage.mews.lose_webhooks().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "pending");
    stage.pass(3).await;
    is_paid_once(&stage, &session).await;
    stage.stop().await;
}

#[tokio::test]
async fn i4_without_the_connector_no_message_is_taken_and_the_schedule_settles() {
    let stage = Stage::alone().await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    let payment = stage.request(&session).await["attempts"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(send(&stage, &format!("/{HOOK_SECRET}"), &[&payment]).await, 401);
    assert_eq!(send(&stage, "", &[&payment]).await, 401);
    stage.rest().await;
    assert_eq!(stage.status(&session).await, "pending");
    stage.pass(3).await;
    is_paid_once(&stage, &session).await;
    assert_eq!(last_event(&stage.session(&session).await).1, "schedule");
    stage.stop().await;
}

#[tokio::test]
async fn i11_the_secret_of_the_path_and_the_tokens_are_in_no_log_and_not_in_the_table() {
    let stage = Stage::start().await;
    let session = stage.open("RES-1").await;
    for body in ["", "{", "{}", r#"{"Events": [{"Discriminator": "PaymentUpdated", "Value": {}}]}"#] {
        let url = format!("{}/webhooks/mews/harbour/{HOOK_SECRET}", stage.world.stack.api_url());
        let answer = stage.world.http.post(url).body(body).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{body}");
    }
    send(&stage, "/another-secret-that-is-wrong", &["x"]).await;
    stage.mews.fault(json!({"operation": "payments", "kind": "unauthorized", "times": 1})).await;
    stage.mews.fault(json!({"operation": "payment_requests", "kind": "garbage", "times": 1})).await;
    stage.act(&session, "pay", json!({})).await;
    stage.rest().await;
    stage.pass(5).await;
    is_paid_once(&stage, &session).await;
    let (table, logs) = (table(&stage.world).await, logs(&stage.world));
    assert!(table.contains(request_id(&session)) && logs.contains(session["id"].as_str().unwrap()));
    let secrets = [
        HOOK_SECRET,
        "another-secret-that-is-wrong",
        "mews-simulator-client-token",
        "mews-simulator-access-token",
    ];
    for secret in secrets {
        assert!(!logs.contains(secret), "{secret} was printed");
        assert!(!table.contains(secret), "{secret} is stored");
    }
    for personal in ["hiro@snow.com", "Protagonist"] {
        assert!(!logs.contains(personal), "{personal} was printed");
    }
    stage.stop().await;
}

/// docs, "General Webhooks": hundreds of events in one message, and five seconds to answer it.
#[tokio::test]
async fn i8_hundreds_of_ids_in_one_message_delay_nobody() {
    let stage = Stage::with(|property| {
        property.webhook.as_mut().expect("a webhook").foreign_payments = 300;
    })
    .await;
    let session = stage.open("RES-1").await;
    stage.act(&session, "pay", json!({})).await;
    stage.world.stack.clear_calls();
    stage.rest().await;
    assert_eq!(answers(&stage).await, [json!(200)], "one message, answered at once");
    let sent = stage.world.stack.calls();
    let (batches, singles) = (sent.of_queue("SendMessageBatch"), sent.of_queue("SendMessage"));
    assert!(batches <= 31 + 1 && singles == 0, "{batches}, one of them to open the connection; {singles}");
    // The Connector takes 200 calls in 30 seconds: the others come back to the queue, and are done then.
    for _ in 0..4 {
        stage.wait(60).await;
    }
    is_paid_once(&stage, &session).await;
    let ledger = stage.mews.ledger().await;
    assert!(ledger["busiest_window"].as_u64() <= Some(200), "{ledger}");
    assert_eq!(stage.mews.calls("payments").await - ledger["refused_by_rate"].as_u64().unwrap(), 301);
    stage.stop().await;
}
