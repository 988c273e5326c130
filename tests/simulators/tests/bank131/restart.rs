//! What outlives a restart when the simulator has a data folder.

use std::path::PathBuf;

use bellhop_simulators::bank131::{Config, Simulator, Webhook};
use serde_json::json;

use crate::receiver::Receiver;
use crate::stage::{GET_CARD, GOOD_CARD, MINUTE, Stage, fresh_path, refuses, wish};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    async fn stage(&self, receiver: Option<&Receiver>) -> Stage {
        Stage::configured(|config| {
            config.data = Some(self.0.clone());
            config.project.webhook = receiver.map(|receiver| Webhook::to(&receiver.url));
        })
        .await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn folder() -> Folder {
    Folder(fresh_path("data"))
}

#[tokio::test]
async fn sessions_their_tokens_and_their_timers_outlive_a_restart() {
    let folder = folder();
    let mut stage = folder.stage(None).await;
    let (open, secure) = (stage.create().await, stage.confirmed(GET_CARD).await);
    stage.token(&open).await;
    let paid = stage.confirmed(GOOD_CARD).await;
    stage.session("v2/session/refund", json!({"session_id": paid})).await;
    let before = stage.ledger().await["payments"].clone();
    stage.restart().await;
    assert_eq!(stage.ledger().await["payments"], before, "amounts, tokens, refunds and history");
    stage.order(&open, "pay", json!({})).await;
    assert_eq!(stage.status(&open).await["next_action"], "confirm");
    stage.pass_and_tick(60 * MINUTE).await;
    assert_eq!(stage.words(&secure).await.0, "cancelled");
    assert_eq!(stage.entry(&paid).await["refunded"], 10000);
}

#[tokio::test]
async fn idempotency_keys_outlive_a_restart_and_faults_do_not() {
    let folder = folder();
    let mut stage = folder.stage(None).await;
    let body = wish(json!({})).to_string();
    assert_eq!(stage.try_api("v2/session/create", &body, Some("K")).await.unwrap().status, 200);
    stage.fault("create", "error_before", json!({})).await;
    stage.restart().await;
    let again = stage.try_api("v2/session/create", &body, Some("K")).await.unwrap();
    refuses(&again, (400, "idempotency_key_already_exists"), &"K");
    assert_eq!(stage.ledger().await["faults"], json!([]));
}

#[tokio::test]
async fn the_retries_of_a_webhook_go_on_after_a_restart() {
    let (folder, receiver) = (folder(), Receiver::new().await);
    let mut stage = folder.stage(Some(&receiver)).await;
    receiver.answer(503);
    stage.carded(GOOD_CARD).await;
    stage.tick().await;
    let before = stage.ledger().await["webhooks"].clone();
    stage.restart().await;
    assert_eq!(stage.ledger().await["webhooks"], before);
    receiver.answer(200);
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(receiver.letters().len(), 2);
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "delivered");
}

#[tokio::test]
async fn no_card_number_is_ever_written() {
    let folder = folder();
    let stage = folder.stage(None).await;
    stage.confirmed(GOOD_CARD).await;
    let written = std::fs::read_to_string(folder.0.join("bank131.json")).unwrap();
    assert!(written.contains("\"last4\":\"4242\"") && !written.contains(GOOD_CARD));
    assert!(!written.contains("PRIVATE KEY"));
}

#[tokio::test]
async fn data_that_cannot_be_read_stops_the_start_and_stays_as_it_is() {
    let folder = folder();
    folder.stage(None).await.create().await;
    let file = folder.0.join("bank131.json");
    for broken in ["", "{\"sessions\": []}", "[]"] {
        std::fs::write(&file, broken).unwrap();
        let config = Config { data: Some(folder.0.clone()), ..Config::default() };
        let error = Simulator::start(config).await.err().expect(broken).to_string();
        assert!(error.contains("bank131.json cannot be read"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
    }
}
