//! What outlives a restart when the simulator has a data folder.

use bellhop_simulators::frontgo::{Config, Simulator};
use serde_json::{Value, json};

use crate::browser::{Browser, GOOD_CARD};
use crate::folder::Folder;
use crate::operations::capture_of;
use crate::receiver::Receiver;
use crate::stage::{HOUR, MINUTE, Stage, uuid};

async fn stage(folder: &Folder, change: impl FnOnce(&mut Config)) -> Stage {
    let data = folder.0.clone();
    Stage::with(|config| {
        config.data = Some(data);
        change(config);
    })
    .await
}

/// What the ledger says of reservations, whatever the address of now.
async fn book(stage: &Stage) -> String {
    stage.ledger().await["payments"].to_string().replace(&stage.base, "")
}

#[tokio::test]
async fn a_page_opened_before_a_restart_is_paid_after_it() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let mut made = stage.create_with(&[]).await;
    Browser::at(&made).open().await;
    let (before, old) = (book(&stage).await, stage.base.clone());

    stage.restart().await;
    assert_eq!(book(&stage).await, before, "amounts, visits and history");
    let moved = made["paymentUrl"].as_str().unwrap().replace(&old, &stage.base);
    made["paymentUrl"] = json!(moved);
    assert_eq!(Browser::at(&made).pay_with(GOOD_CARD, "visa").await.status, 303);
    assert_eq!(stage.status(&uuid(&made)).await, "RESERVED");
}

#[tokio::test]
async fn money_refunds_lines_and_history_outlive_a_restart_and_faults_do_not() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let paid = stage.paid(&[]).await;
    stage.accepted(&format!("capture/{paid}"), capture_of(json!(600))).await;
    stage.fault("create", "error_before", json!({})).await;
    let (details, before) = (stage.details(&paid).await, book(&stage).await);

    stage.restart().await;
    assert_eq!((stage.details(&paid).await, book(&stage).await), (details, before));
    assert_eq!(stage.ledger().await["faults"], json!([]));
    let line = |details: Value| details["productList"][0]["id"].as_i64().unwrap();
    let next = stage.create().await;
    let (first, second) = (line(stage.details(&paid).await), line(stage.details(&next).await));
    assert_eq!(second, first + 1, "a line's number is never given twice");
    let events = stage.api("GET", "history", Value::Null).await;
    for title in ["reservation-sent", "payment-reserved", "payment-captured"] {
        assert!(events.body.contains(title), "{title}: {}", events.body);
    }
}

#[tokio::test]
async fn the_retries_of_a_callback_go_on_after_a_restart() {
    let (folder, receiver) = (Folder::new(), Receiver::new().await);
    let mut stage = stage(&folder, |config| config.callback.retry_after_ms = vec![MINUTE, HOUR]).await;
    receiver.answer(503);
    receiver.paid_on(&stage).await;
    let before = stage.ledger().await["webhooks"].clone();

    stage.restart().await;
    assert_eq!(stage.ledger().await["webhooks"], before);
    stage.pass_and_tick(MINUTE - 1).await;
    assert_eq!(receiver.letters().len(), 1, "too early");
    receiver.answer(200);
    stage.pass_and_tick(1).await;
    assert_eq!(receiver.letters().len(), 2);
    assert!(receiver.letters().iter().all(|letter| letter.is_genuine()));
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "delivered");
}

#[tokio::test]
async fn what_time_does_to_a_reservation_is_kept_at_the_tick() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let id = stage.create().await;
    stage.pass_and_tick(2 * HOUR).await;
    stage.restart().await;
    assert_eq!(stage.status(&id).await, "EXPIRED");
}

#[tokio::test]
async fn data_that_cannot_be_read_stops_the_start_and_stays_as_it_is() {
    let folder = Folder::new();
    stage(&folder, |_| {}).await.create().await;
    let file = folder.file("frontgo");
    let whole = std::fs::read_to_string(&file).unwrap();
    for broken in [&whole[..whole.len() / 2], "", "{\"reservations\": []}"] {
        std::fs::write(&file, broken).unwrap();
        let config = Config { data: Some(folder.0.clone()), ..Config::default() };
        let error = Simulator::start(config).await.err().expect(broken).to_string();
        assert!(error.contains(&format!("{} cannot be read", file.display())), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
    }
}
