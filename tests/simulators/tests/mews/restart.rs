//! What outlives a restart when the simulator has a data folder.

use std::path::PathBuf;

use bellhop_simulators::mews::{Config, Simulator};
use serde_json::json;

use crate::browser::{Browser, CHALLENGED, RETURN};
use crate::receiver::Receiver;
use crate::stage::{DAY, MINUTE, Stage, fresh_path, text};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(fresh_path())
    }

    async fn stage(&self, change: impl FnOnce(&mut Config)) -> Stage {
        let mut config = Config { data: Some(self.0.clone()), ..Config::default() };
        change(&mut config);
        Stage::of(config).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_payer_in_the_middle_of_a_challenge_goes_on_after_a_restart() {
    let folder = Folder::new();
    let mut stage = folder.stage(|_| {}).await;
    let booked = stage.booked().await;
    let id = text(&booked["PaymentRequestId"]);
    Browser::at(&stage, &id).pay_with(CHALLENGED, "123").await;
    stage.fault("create", "error_before", json!({})).await;
    let before = stage.ledger().await;

    stage.restart().await;
    let after = stage.ledger().await;
    assert_eq!((&after["groups"], &after["payments"]), (&before["groups"], &before["payments"]));
    assert_eq!(after["faults"], json!([]), "faults belong to one run");
    let done = Browser::at(&stage, &id).press("approve").await;
    assert_eq!((done.status, done.header("location")), (303, RETURN));
    assert_eq!(stage.get(&text(&booked["Id"])).await["PaymentRequests"][0]["State"], "Completed");
    let next = stage.booked().await["Reservations"][0]["Number"].clone();
    assert_eq!(next, "2", "confirmation numbers go on");
}

#[tokio::test]
async fn retries_settlements_and_events_go_on_after_a_restart() {
    let (folder, receiver) = (Folder::new(), Receiver::new().await);
    let webhook = receiver.webhook();
    let mut stage = folder
        .stage(|config| {
            config.property.webhook = Some(webhook);
            config.property.settlement_after_ms = Some(DAY);
        })
        .await;
    receiver.answer(503);
    let id = stage.requested().await;
    stage.order(&id, "pay", json!({"outcome": "declined"})).await;
    stage.tick().await;
    stage.order(&id, "expire", json!({})).await;

    stage.restart().await;
    receiver.answer(200);
    stage.pass_and_tick(3 * MINUTE).await;
    assert_eq!(receiver.letters().len(), 2);
    stage.pass_and_tick(DAY).await;
    stage.restart().await;
    assert_eq!(stage.only().await["captured"], 92970);
    assert_eq!(receiver.letters().len(), 3);
}

#[tokio::test]
async fn data_that_cannot_be_read_stops_the_start_and_stays_as_it_is() {
    let folder = Folder::new();
    folder.stage(|_| {}).await.booked().await;
    let file = folder.0.join("mews.json");
    for broken in ["", "{\"groups\": []}", "[]"] {
        std::fs::write(&file, broken).unwrap();
        let config = Config { data: Some(folder.0.clone()), ..Config::default() };
        let error = Simulator::start(config).await.err().expect(broken).to_string();
        assert!(error.contains("cannot be read"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
    }
}
