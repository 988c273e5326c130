//! Callbacks as the documentation describes them.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, DECLINED_CARD};
use crate::operations::{capture_of, charge_of};
use crate::receiver::{Receiver, sha256};
use crate::stage::{MINUTE, SECRET, START, Stage};

#[tokio::test]
async fn reserved_captured_and_charged_are_told_with_a_good_checksum() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let uuid = receiver.paid_on(&stage).await;
    stage.accepted(&format!("capture/{uuid}"), capture_of(json!(400.5))).await;
    stage.accepted(&format!("charge/{uuid}"), charge_of(json!(7))).await;
    stage.tick().await;
    assert_eq!(receiver.statuses(), ["RESERVED", "CAPTURED", "CHARGED"]);
    let letters = receiver.letters();
    let amounts: Vec<String> = letters.iter().map(|letter| letter.value("amount")).collect();
    assert_eq!(amounts, ["1000", "400.5", "7"]);
    for letter in letters {
        assert_eq!(letter.method, Method::GET);
        assert!(letter.is_genuine(), "{}", letter.query);
        assert_eq!(letter.value("orderUuid"), uuid);
        assert_eq!(letter.value("paymentMethod"), "Visa");
        assert_eq!(letter.value("createdAt"), START.to_string());
        let names = ["orderUuid", "status", "paymentMethod", "amount", "createdAt", "timestamp", "checksum"];
        assert_eq!(letter.names(), names);
    }
}

#[tokio::test]
async fn decline_leave_cancel_expiry_and_refund_are_told_to_nobody() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    let created = stage.create_with(&receiver.named()).await;
    let payer = Browser::at(&created);
    payer.open().await;
    payer.pay_with(DECLINED_CARD, "visa").await;
    payer.press("cancel").await;
    stage.pass_and_tick(60 * MINUTE).await;
    let other = crate::stage::uuid(
        &stage
            .create_with(&[receiver.named()[0].clone(), ("/dueDateForPaymentLink", json!("9999999999"))])
            .await,
    );
    stage.accepted(&format!("cancel/{other}"), json!({"note": "x"})).await;
    stage.tick().await;
    assert_eq!(stage.ledger().await["webhooks"], json!([]));
    assert!(receiver.letters().is_empty());
}

#[tokio::test]
async fn the_variants_of_a_callback_still_carry_a_good_checksum() {
    for (settings, names, status) in [
        (
            json!({"misspelled": true}),
            "orderUuid,status,paymentMethod,amount,createdAt,timestamp,checksum",
            "RESEVRED",
        ),
        (
            json!({"order": "table"}),
            "orderUuid,status,createdAt,paymentMethod,amount,timestamp,checksum",
            "RESERVED",
        ),
        (
            json!({"extra": ["note", "Paid & done = æ"]}),
            "orderUuid,status,paymentMethod,amount,createdAt,timestamp,note,checksum",
            "RESERVED",
        ),
    ] {
        let receiver = Receiver::new().await;
        let stage = Stage::new().await;
        stage.control("PUT", "/_config/callback", settings).await;
        receiver.paid_on(&stage).await;
        let letter = &receiver.letters()[0];
        assert_eq!((letter.names().join(","), letter.value("status")), (names.to_owned(), status.to_owned()));
        assert!(letter.is_genuine(), "{}", letter.query);
    }
}

#[tokio::test]
async fn a_space_is_a_plus_or_a_percent_twenty() {
    for (plus, written) in [(true, "Visa+Electron"), (false, "Visa%20Electron")] {
        let receiver = Receiver::new().await;
        let stage = Stage::with(|config| {
            config.callback.plus_for_space = plus;
            config.callback.visa = "Visa Electron".to_owned();
        })
        .await;
        receiver.paid_on(&stage).await;
        let letter = &receiver.letters()[0];
        assert!(letter.query.contains(&format!("paymentMethod={written}&")), "{}", letter.query);
        assert!(letter.is_genuine());
    }
}

#[tokio::test]
async fn another_order_than_the_hashed_one_cannot_be_proved() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    stage.control("PUT", "/_config/callback", json!({"order": "scrambled"})).await;
    receiver.paid_on(&stage).await;
    let letter = &receiver.letters()[0];
    assert_eq!(letter.names()[0], "timestamp");
    assert!(!letter.is_genuine());
}

#[tokio::test]
async fn older_formulas_hash_fewer_values() {
    for (formula, names) in [
        ("three", &["orderUuid", "status", "createdAt"][..]),
        ("five", &["orderUuid", "status", "createdAt", "amount", "timestamp"][..]),
    ] {
        let receiver = Receiver::new().await;
        let stage = Stage::new().await;
        stage.control("PUT", "/_config/callback", json!({"formula": formula})).await;
        receiver.paid_on(&stage).await;
        let letter = &receiver.letters()[0];
        let text: String = names.iter().map(|name| letter.value(name)).collect();
        assert_eq!(letter.value("checksum"), sha256(&format!("{text}{SECRET}")), "{formula}");
        assert!(!letter.is_genuine());
    }
}

#[tokio::test]
async fn parameters_of_the_merchants_own_address_stay_in_front() {
    for hashed in [true, false] {
        let receiver = Receiver::new().await;
        let stage = Stage::with(|config| config.callback.own_query_hashed = hashed).await;
        let url = format!("{}?order_identifier=a%20b&order_status=success", receiver.url);
        stage.paid(&[("/callback/callbackUrl", json!(url))]).await;
        stage.tick().await;
        let letter = &receiver.letters()[0];
        assert!(letter.query.starts_with("order_identifier=a%20b&order_status=success&orderUuid=RES"));
        assert_eq!(letter.is_genuine(), hashed);
    }
}

#[tokio::test]
async fn the_timestamp_is_that_of_sending_and_failures_are_retried_only_where_so_set() {
    let receiver = Receiver::new().await;
    let stage = Stage::new().await;
    receiver.answer(500);
    receiver.paid_on(&stage).await;
    stage.pass_and_tick(MINUTE).await;
    assert_eq!(receiver.letters().len(), 1, "one attempt by default");
    assert_eq!(stage.ledger().await["webhooks"][0]["standing"], "given_up");

    stage.control("PUT", "/_config/callback", json!({"retry_after_ms": [MINUTE]})).await;
    receiver.paid_on(&stage).await;
    receiver.answer(204);
    stage.pass_and_tick(MINUTE).await;
    let letters = receiver.letters();
    assert_eq!((letters.len(), &letters[1]), (3, &letters[2]), "the same bytes again");
    let ledger = stage.ledger().await;
    assert_eq!(ledger["webhooks"][1]["standing"], "delivered");
    let statuses: Vec<&Value> = ledger["webhooks"][1]["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|attempt| &attempt["status"])
        .collect();
    assert_eq!(statuses, [500, 204]);
}
