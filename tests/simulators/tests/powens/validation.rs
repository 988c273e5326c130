//! What a create request may say.

use serde_json::{Value, json};

use crate::broken_rules::broken;
use crate::stage::{RETURN, Stage, wish};

/// Puts a value at a place, also where nothing stood.
fn put(body: &mut Value, place: &str, value: Value) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = value;
}

/// The place as the error message writes it.
fn as_named(place: &str) -> String {
    let place = place[1..].replace("instructions/0", "instructions[0]");
    place.replace('/', ".")
}

#[tokio::test]
async fn each_broken_rule_is_named_and_nothing_is_stored() {
    let stage = Stage::with(|domain| domain.redirect_uris = vec![RETURN.to_owned()]).await;
    for rule in broken() {
        let mut body = wish(json!({}));
        put(&mut body, rule.place, rule.value.clone());
        let answer = stage.api("POST", "/2.0/payments", body).await;
        let case = format!("{} = {}", rule.place, rule.value);
        answer.refuses((400, rule.code), &case);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        let named = as_named(rule.place);
        assert!(message.starts_with(&named), "{case}: {message}");
    }
    assert_eq!(stage.payments().await, 0);
}

#[tokio::test]
async fn limits_themselves_are_allowed() {
    let stage = Stage::new().await;
    for (place, value) in [
        ("/client_state", json!("é".repeat(2000))),
        ("/client_state", Value::Null),
        ("/instructions/0/reference_id", json!("R".repeat(31))),
        ("/payer_identity/last_name", json!("é".repeat(255))),
        ("/payer_identity/external_ref", json!("R".repeat(255))),
        ("/payer_identity/postal_address", json!("Entrée B\n".repeat(56))),
        ("/payer_identity/birth_date", Value::Null),
        ("/instructions/0/beneficiary_identity/org_hq_address", json!("A".repeat(512))),
        ("/instructions/0/beneficiary/identification", json!("DE89370400440532013000")),
        ("/instructions/0/beneficiary/identification", json!("GB29NWBK60161331926819")),
        ("/unknown", json!([1])),
    ] {
        let mut body = wish(json!({}));
        put(&mut body, place, value);
        let answer = stage.api("POST", "/2.0/payments", body).await;
        assert_eq!(answer.status, 200, "{place}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_reference_in_pounds_has_at_most_18_characters() {
    let stage = Stage::new().await;
    for (length, status) in [(18, 200), (19, 400)] {
        let more = json!({"currency": "GBP", "reference_id": "R".repeat(length)});
        let answer = stage.api("POST", "/2.0/payments", wish(more)).await;
        assert_eq!(answer.status, status, "{length}");
    }
}

#[tokio::test]
async fn a_deferred_date_lies_in_the_future_of_paris() {
    let stage = Stage::new().await;
    // 23:30 in UTC is already the 21st there.
    stage.pass(13 * 3_600_000 + 1_800_000);
    stage.sign_in().await;
    for (date, status) in [
        ("2026-11-20", 400),
        ("2026-11-21", 400),
        ("2026-11-22", 200),
        ("2026-11-31", 400),
        ("2026-11-22 10:00:00", 400),
        ("22.11.2026", 400),
    ] {
        let more = json!({"execution_date_type": "deferred", "execution_date": date});
        let answer = stage.api("POST", "/2.0/payments", wish(more)).await;
        assert_eq!(answer.status, status, "{date}");
    }
}

#[tokio::test]
async fn a_deferred_payment_needs_its_date_and_a_periodic_one_is_another_product() {
    let stage = Stage::new().await;
    for (kind, code) in [("deferred", "missingParameter"), ("periodic", "notSupported")] {
        let more = json!({"execution_date_type": kind});
        let answer = stage.api("POST", "/2.0/payments", wish(more)).await;
        answer.refuses((400, code), &kind);
    }
    assert_eq!(stage.payments().await, 0);
}

#[tokio::test]
async fn a_length_that_is_not_the_countrys_is_no_iban() {
    let stage = Stage::new().await;
    // The remainder is right, the length is not a German one.
    let mut body = wish(json!({}));
    body["instructions"][0]["beneficiary"]["identification"] = json!("DE18200410100505000132606");
    let answer = stage.api("POST", "/2.0/payments", body).await;
    answer.refuses((400, "invalidValue"), &"");
}

#[tokio::test]
async fn both_identities_may_be_of_either_kind() {
    let stage = Stage::new().await;
    let mut body = wish(json!({}));
    let person = body["payer_identity"].take();
    body["payer_identity"] = body["instructions"][0]["beneficiary_identity"].take();
    body["instructions"][0]["beneficiary_identity"] = person;
    let answer = stage.api("POST", "/2.0/payments", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn a_registered_beginning_takes_every_address_below_it() {
    let stage = Stage::with(|domain| {
        domain.redirect_uris = vec!["https://booking.example/return/*".to_owned()];
    })
    .await;
    for (uri, status) in [("https://booking.example/return/abc", 200), ("https://booking.example/other", 400)]
    {
        let mut body = wish(json!({}));
        body["client_redirect_uri"] = json!(uri);
        let answer = stage.api("POST", "/2.0/payments", body).await;
        assert_eq!(answer.status, status, "{uri}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let stage = Stage::new().await;
    for body in ["[1]", "{\"client_state\": 1,}", "nonsense", ""] {
        let answer = stage.try_api("POST", "/2.0/payments", body).await.unwrap();
        answer.refuses((400, "invalidValue"), &body);
    }
}
