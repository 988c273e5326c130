//! What outlives a restart when the simulator has a data folder.

use bellhop_simulators::govuk_pay::{Config, Simulator, Webhook};
use serde_json::{Value, json};

use crate::browser::{Browser, GOOD_CARD};
use crate::folder::Folder;
use crate::receiver::Receiver;
use crate::stage::{MINUTE, SECRET, Stage, id};

async fn stage(folder: &Folder, change: impl FnOnce(&mut Config)) -> Stage {
    let data = folder.0.clone();
    Stage::with(|config| {
        config.data = Some(data);
        change(config);
    })
    .await
}

/// The same page at the address of now.
fn moved(stage: &Stage, url: &str) -> String {
    let path = url.splitn(4, '/').nth(3).unwrap();
    format!("{}/{path}", stage.base)
}

fn next_url(payment: &Value) -> String {
    payment["_links"]["next_url"]["href"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_payer_who_was_half_way_goes_on_after_a_restart() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    let payment = stage.create().await;
    let fresh = next_url(&stage.get(&id(&payment)).await);
    let mut browser = Browser::default();
    browser.open(&payment).await;
    browser.enter_card(GOOD_CARD).await;
    let before = stage.only_payment().await;
    assert_eq!(before["status"], "submitted");

    stage.restart().await;
    assert_eq!(stage.only_payment().await, before, "amounts, tokens, visits and history");
    let used = moved(&stage, &next_url(&payment));
    assert_eq!(Browser::default().go("GET", &used, String::new()).await.status, 403, "the token stays used");
    let page = browser.go("GET", &moved(&stage, &fresh), String::new()).await;
    assert!(page.body.contains("Confirm your payment"), "an unused token still opens");
    let done = browser.press("confirm").await;
    assert_eq!(
        done.header("location"),
        "https://booking.example/return?session=1",
        "the cookie still counts"
    );
    assert_eq!(stage.only_payment().await["captured"], 14500);
}

#[tokio::test]
async fn the_retries_of_a_webhook_go_on_after_a_restart() {
    let (folder, receiver) = (Folder::new(), Receiver::new().await);
    let webhook = Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() };
    let mut stage = stage(&folder, |config| config.accounts[0].webhook = Some(webhook)).await;
    receiver.answer(503);
    let id = id(&stage.create().await);
    stage.order(&id, "expire", json!({})).await;
    stage.tick().await;
    let before = stage.ledger().await["webhooks"].clone();

    stage.restart().await;
    assert_eq!(stage.ledger().await["webhooks"], before);
    stage.pass_and_tick(MINUTE - 1).await;
    assert_eq!(receiver.letters().len(), 1, "too early");
    stage.pass_and_tick(1).await;
    stage.restart().await;
    receiver.answer(200);
    stage.pass_and_tick(5 * MINUTE).await;
    let letters = receiver.letters();
    assert_eq!(letters.len(), 3);
    assert!(letters.iter().all(|letter| letter.raw == letters[0].raw && letter.is_genuine()));
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "delivered");
}

#[tokio::test]
async fn refunds_under_way_and_idempotency_keys_outlive_a_restart_and_faults_do_not() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |config| {
        config.accounts[0].provider = "stripe".to_owned();
        config.accounts[0].agreements = vec!["agr1".to_owned()];
    })
    .await;
    let paid = stage.paid(json!({})).await;
    let refunds = format!("/v1/payments/{paid}/refunds");
    let wish = json!({"amount": 500, "refund_amount_available": 14500});
    assert_eq!(stage.api("POST", &refunds, wish).await.status, 202);
    let body = |amount: i64| {
        json!({"amount": amount, "reference": "R", "description": "D", "authorisation_mode": "agreement",
            "agreement_id": "agr1"})
        .to_string()
    };
    let key = [("idempotency-key", "K1"), ("content-type", "application/json")];
    let first = stage.post_raw(&key, &body(100)).await.json();
    stage.fault("create", "error_before", json!({})).await;

    stage.restart().await;
    assert_eq!(stage.ledger().await["faults"], json!([]));
    let again = stage.post_raw(&key, &body(100)).await;
    assert_eq!((again.status, id(&again.json())), (200, id(&first)));
    stage.post_raw(&key, &body(200)).await.refuses((409, "P0191"), &"another body");
    let entry = stage.order(&paid, "refund_succeed", json!({})).await.json();
    assert_eq!((&entry["refunded"], &entry["refunds"][0]["status"]), (&json!(500), &json!("success")));
}

#[tokio::test]
async fn what_time_does_to_a_payment_is_kept_at_the_tick() {
    let folder = Folder::new();
    let mut stage = stage(&folder, |_| {}).await;
    stage.create().await;
    stage.pass_and_tick(90 * MINUTE).await;
    stage.restart().await;
    assert_eq!(stage.only_payment().await["code"], "P0020");
}

#[tokio::test]
async fn data_that_cannot_be_read_stops_the_start_and_stays_as_it_is() {
    let folder = Folder::new();
    stage(&folder, |_| {}).await.create().await;
    let whole = std::fs::read_to_string(folder.file("govuk_pay")).unwrap();
    let half = &whole[..whole.len() / 2];
    for broken in ["", half, "{\"payments\": []}", "[]"] {
        std::fs::write(folder.file("govuk_pay"), broken).unwrap();
        let config = Config { data: Some(folder.0.clone()), ..Config::default() };
        let error = Simulator::start(config).await.err().expect(broken).to_string();
        assert!(error.contains(&format!("{} cannot be read", folder.file("govuk_pay").display())), "{error}");
        assert_eq!(std::fs::read_to_string(folder.file("govuk_pay")).unwrap(), broken);
    }
}

#[tokio::test]
async fn a_data_folder_that_cannot_be_made_stops_the_start() {
    let folder = Folder::new();
    std::fs::write(&folder.0, "a file").unwrap();
    let config = Config { data: Some(folder.0.clone()), ..Config::default() };
    let error = Simulator::start(config).await.err().unwrap().to_string();
    std::fs::remove_file(&folder.0).unwrap();
    assert!(error.contains("cannot be made"), "{error}");
}
