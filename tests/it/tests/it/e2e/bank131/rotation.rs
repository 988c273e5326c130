//! Keys change while functions are warm.

use super::stage::{AtBank, booking};
use bellhop_simulators::bank131::{Project, TEST_ONLY_PARTNER_PRIVATE_KEY};
use serde_json::json;

#[tokio::test]
async fn messages_under_the_banks_next_key_are_believed_once_the_secret_holds_it() {
    let at = AtBank::start().await;
    at.pay(&at.open(&booking("RES-1")).await).await;
    let before = Project::default().bank_public_key().expect("a key");
    let next = Project { bank_private_key: TEST_ONLY_PARTNER_PRIVATE_KEY.to_owned(), ..Project::default() };
    let public = next.bank_public_key().expect("a key");
    let all = [before, public];
    at.set_secret(json!({"private_key": TEST_ONLY_PARTNER_PRIVATE_KEY, "bank_public_keys": all}));
    at.set_project(json!({"bank_private_key": next.bank_private_key})).await;
    at.wait(1).await;
    let session = at.open(&booking("RES-2")).await;
    at.pay(&session).await;
    assert_eq!(at.status(&session).await, "succeeded");
    let messages = at.bank.ledger().await["webhooks"].clone();
    assert!(messages.as_array().unwrap().iter().all(|one| one["attempts"][0]["status"] == 200), "{messages}");
    at.stop().await;
}

#[tokio::test]
async fn i5_our_next_key_is_fetched_when_the_bank_refuses_the_one_before() {
    let at = AtBank::start().await;
    at.pay(&at.open(&booking("RES-0")).await).await;
    let bank = Project::default();
    let public = bank.bank_public_key().expect("a key");
    at.set_project(json!({"partner_public_key": public})).await;
    at.set_secret(json!({"private_key": bank.bank_private_key, "bank_public_keys": [public]}));
    at.wait(1).await;
    let session = at.open(&booking("RES-1")).await;
    let refused = |call: &&serde_json::Value| call["operation"] == "create" && call["status"] == 400;
    let log = at.bank.ledger().await["call_log"].clone();
    assert_eq!(log.as_array().unwrap().iter().filter(refused).count(), 1, "once, and then with the next");
    at.pay(&session).await;
    assert_eq!(at.status(&session).await, "succeeded");
    assert_eq!(at.bank.payments("RES-1").await.len(), 1);
    at.stop().await;
}
