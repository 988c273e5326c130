//! What outlives a restart when the simulator has a data folder.

use bellhop_simulators::powens::{Config, Domain, Simulator, Webhook};
use serde_json::json;

use crate::browser::Browser;
use crate::folder::Folder;
use crate::receiver::Receiver;
use crate::stage::{DAY, HOOK_SECRET, MINUTE, SECOND, Stage, id};

async fn stage(folder: &Folder, change: impl FnOnce(&mut Domain)) -> Stage {
    Stage::keeping(Some(folder.0.clone()), change).await
}

#[tokio::test]
async fn a_payer_at_the_bank_goes_on_after_a_restart() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let payment = id(&stage.create().await);
    let mut browser = Browser::on(&stage, &payment).await;
    browser.choose("redirect").await;
    let (before, at) = (stage.ledger().await["payments"].clone(), browser.at.replace(&stage.base, ""));

    stage.restart().await;
    assert_eq!(stage.ledger().await["payments"], before, "amounts, tokens, openings and history");
    let mut browser = Browser::new(&stage);
    assert_eq!(browser.open(&at).await.status, 200, "the page is still there");
    assert_eq!(browser.press("approve").await.status, 303);
    assert_eq!(stage.state(&payment).await, "pending");
    stage.pass_and_tick(15 * MINUTE).await;
    assert_eq!(stage.state(&payment).await, "done");
}

#[tokio::test]
async fn the_steps_of_every_kind_of_transfer_go_on_after_a_restart() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let label = |label: &str, kind: &str| json!({"label": label, "execution_date_type": kind});
    let instant = stage.validated(label("pdng/bug/done - one", "instant")).await;
    let refused = stage.validated(label("pdng/rjct - two", "instant")).await;
    let day = json!({"execution_date_type": "deferred", "execution_date": "2026-11-23"});
    let deferred = stage.validated(day).await;
    let before = stage.ledger().await["payments"].clone();

    stage.restart().await;
    assert_eq!(stage.ledger().await["payments"], before);
    stage.pass_and_tick(15 * SECOND).await;
    assert_eq!(stage.state(&refused).await, "rejected");
    assert_eq!(stage.get(&instant).await["error_code"], "bug");
    stage.restart().await;
    stage.pass_and_tick(15 * SECOND).await;
    assert_eq!(stage.state(&instant).await, "done");
    assert_eq!(stage.state(&deferred).await, "pending");
    stage.pass_and_tick(3 * DAY).await;
    stage.sign_in().await;
    assert_eq!(stage.state(&deferred).await, "done");
}

#[tokio::test]
async fn tokens_and_numbers_outlive_a_restart_and_faults_do_not() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let first = id(&stage.create().await);
    stage.fault("create", "error_before", json!({})).await;

    stage.restart().await;
    assert_eq!(stage.ledger().await["faults"], json!([]));
    assert_eq!(stage.state(&first).await, "created", "the service token is still good");
    let second = id(&stage.create().await);
    assert_eq!(second.parse::<u64>().unwrap(), first.parse::<u64>().unwrap() + 1);
}

#[tokio::test]
async fn the_retries_of_a_webhook_go_on_after_a_restart() {
    let (folder, receiver) = (Folder::new(), Receiver::new().await);
    let webhook = Webhook { url: receiver.url.clone(), secret: HOOK_SECRET.to_owned(), signed_path: None };
    let mut stage = stage(&folder, |domain| domain.webhook = Some(webhook)).await;
    receiver.answer(503);
    stage.validated(json!({})).await;
    stage.tick().await;
    let (before, tries) = (stage.ledger().await["webhooks"].clone(), receiver.letters().len());

    stage.restart().await;
    assert_eq!(stage.ledger().await["webhooks"], before);
    receiver.answer(200);
    stage.pass_and_tick(5 * MINUTE).await;
    let letters = receiver.letters();
    assert!(letters.len() > tries && letters.iter().all(|letter| letter.is_genuine()));
    assert!(letters[tries..].iter().any(|letter| letter.raw == letters[0].raw), "the same bytes again");
    let last = letters.iter().map(|letter| letter.id()).max().unwrap();
    stage.restart().await;
    stage.pass_and_tick(15 * MINUTE).await;
    assert!(receiver.letters().last().unwrap().id() > last, "no number is given twice");
}

#[tokio::test]
async fn data_that_cannot_be_read_stops_the_start_and_stays_as_it_is() {
    let folder = Folder::new();
    stage(&folder, |_| {}).await.create().await;
    let file = folder.file("powens");
    let whole = std::fs::read_to_string(&file).unwrap();
    let unknown = whole.replace("\"EUR\"", "\"XXX\"");
    for broken in [&whole[..whole.len() / 2], "", "{\"payments\": []}", &unknown] {
        std::fs::write(&file, broken).unwrap();
        let config = Config { data: Some(folder.0.clone()), ..Config::default() };
        let error = Simulator::start(config).await.err().expect(broken).to_string();
        assert!(error.contains(&format!("{} cannot be read", file.display())), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
    }
}
