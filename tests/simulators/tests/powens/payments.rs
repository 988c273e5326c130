//! Creating and reading payments.

use serde_json::{Value, json};

use crate::stage::{DAY, RETURN, Stage, id, wish, wish_of};

#[tokio::test]
async fn a_payment_looks_as_documented() {
    let stage = Stage::new().await;
    let answer = stage.api("POST", "/2.0/payments", wish(json!({}))).await;
    assert_eq!(answer.status, 200);
    let payment = answer.json();
    assert_eq!(payment["id"], 1975);
    assert_eq!(payment["state"], "created");
    for name in ["error_code", "error_description", "validate_uri", "state_detail", "id_connector"] {
        assert_eq!(payment.get(name), Some(&Value::Null), "{name}");
    }
    assert_eq!(payment["register_date"], "2026-11-20 11:00:00");
    assert_eq!(payment["client_redirect_uri"], RETURN);
    assert_eq!(payment["client_state"], "session 1");
    let transfer = &payment["instructions"][0];
    assert_eq!(transfer["reference_id"], "RES-1");
    assert_eq!(transfer["execution_date_type"], "first_open_day");
    assert_eq!(transfer["execution_date"], Value::Null);
    let euro = json!({"id": "EUR", "symbol": "€", "prefix": false, "crypto": false, "precision": 2,
        "marketcap": null, "datetime": null, "name": "Euro"});
    assert_eq!(transfer["currency"], euro);
    assert_eq!(transfer["beneficiary"]["identification"], "FR1420041010050500013M02606");
    assert!(answer.body.contains("\"amount\":50.9000000000,"), "{}", answer.body);
}

#[tokio::test]
async fn the_book_keeps_the_body_that_was_sent() {
    let stage = Stage::new().await;
    stage.create().await;
    let history = stage.ledger().await["payments"][0]["history"].clone();
    assert_eq!((&history[1]["what"], &history[1]["body"]), (&json!("order"), &wish(json!({}))));
}

#[tokio::test]
async fn ids_count_up_and_local_dates_follow_summer_time() {
    let stage = Stage::new().await;
    stage.create().await;
    stage.pass(223 * DAY);
    stage.sign_in().await;
    let payment = stage.create().await;
    assert_eq!(payment["id"], 1976);
    assert_eq!(payment["register_date"], "2027-07-01 12:00:00");
}

/// The JSON that is sent, the digits that come back before the zeros, minor units.
const AMOUNTS: &str = "\
0.01 0.01 1
1 1.00 100
\"1\" 1.00 100
50.90 50.90 5090
0.10 0.10 10
1.10 1.10 110
50.9000000000 50.90 5090
999999.99 999999.99 99999999
999999999999999.99 999999999999999.99 99999999999999999";

#[tokio::test]
async fn every_amount_comes_back_exactly_as_it_was_sent() {
    let stage = Stage::new().await;
    for line in AMOUNTS.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let body = wish(json!({})).to_string().replace("\"50.90\"", words[0]);
        let created = stage.try_api("POST", "/2.0/payments", &body).await.unwrap();
        let own = format!("/2.0/payments/{}", id(&created.json()));
        let got = stage.api("GET", &own, Value::Null).await;
        let listed = stage.api("GET", "/2.0/payments?limit=1", Value::Null).await;
        let shown = format!("\"amount\":{}00000000,", words[1]);
        for answer in [created, got, listed] {
            assert!(answer.body.contains(&shown), "{line}: {}", answer.body);
        }
        let ledger = stage.ledger().await;
        let entry = ledger["payments"].as_array().unwrap().last().unwrap();
        assert_eq!(entry["amount"].to_string(), words[2]);
        assert_eq!(entry["amounts_sent"], json!([words[0]]));
    }
}

#[tokio::test]
async fn each_kind_of_execution_is_taken() {
    let stage = Stage::new().await;
    for (kind, date) in
        [("first_open_day", Value::Null), ("instant", Value::Null), ("deferred", json!("2026-12-01"))]
    {
        let more = json!({"execution_date_type": kind, "execution_date": date});
        let payment = stage.create_with(more).await;
        assert_eq!(payment["instructions"][0]["execution_date_type"], kind);
        assert_eq!(payment["instructions"][0]["execution_date"], date);
    }
}

#[tokio::test]
async fn a_reference_is_made_up_when_none_is_given_and_a_pound_has_its_object() {
    let stage = Stage::new().await;
    let payment = stage.create_with(json!({"reference_id": null, "currency": "GBP"})).await;
    let reference = payment["instructions"][0]["reference_id"].as_str().unwrap();
    assert!(reference.ends_with("-1") && reference.len() > 10, "{reference}");
    assert_eq!(payment["instructions"][0]["currency"]["symbol"], "£");
}

#[tokio::test]
async fn several_transfers_make_a_bulk_payment_with_their_sum() {
    let stage = Stage::new().await;
    let one = wish(json!({"amount": 0.1}))["instructions"][0].clone();
    let two = wish(json!({"amount": 0.2, "reference_id": "RES-2"}))["instructions"][0].clone();
    let answer = stage.api("POST", "/2.0/payments", wish_of(vec![one, two])).await.json();
    assert_eq!(answer["instructions"].as_array().unwrap().len(), 2);
    assert_eq!(stage.ledger().await["payments"][0]["amount"], 30);
    let entry = stage.order(&id(&answer), "become", json!({"state": "partial"})).await;
    assert_eq!((&entry["status"], &entry["finished"]), (&json!("partial"), &json!(true)));
}

#[tokio::test]
async fn nothing_is_idempotent() {
    let stage = Stage::new().await;
    assert_ne!(id(&stage.create().await), id(&stage.create().await));
}

#[tokio::test]
async fn unknown_payments_and_addresses_are_404_and_wrong_methods_405() {
    let stage = Stage::new().await;
    for (method, path, refusal) in [
        ("GET", "/2.0/payments/1975", (404, "notFound")),
        ("GET", "/2.0/payments/none", (404, "notFound")),
        ("GET", "/2.0/nothing", (404, "notFound")),
        ("DELETE", "/2.0/payments", (405, "methodNotAllowed")),
        ("GET", "/2.0/auth/token", (405, "methodNotAllowed")),
    ] {
        stage.api(method, path, Value::Null).await.refuses(refusal, &path);
    }
}

#[tokio::test]
async fn a_domain_may_keep_the_client_state_to_itself() {
    let stage = Stage::with(|domain| domain.echo_client_state = false).await;
    assert_eq!(stage.create().await["client_state"], Value::Null);
    assert_eq!(stage.ledger().await["payments"][0]["client_state"], "session 1");
}
