//! Opening reservations, reading them, and the envelopes.

use serde_json::{Value, json};

use crate::http::{Call, send};
use crate::stage::{BASE, HOUR, START, Stage, uuid};
use crate::wish::wish;

#[tokio::test]
async fn a_reservation_is_created_with_the_documented_answer() {
    let stage = Stage::new().await;
    let answer = stage.api("POST", "create", wish(&[])).await;
    let mut envelope = answer.json();
    let data = envelope["data"].take();
    assert_eq!(answer.status, 201);
    assert_eq!(
        envelope,
        json!({"status_code": 201, "status_message": "OK", "message": "Reservation Submitted Successfully",
            "is_data": true, "data": null})
    );
    for (name, prefix) in [("customerUuid", "CSRT"), ("reservationUuid", "RES")] {
        let digits = data[name].as_str().unwrap().strip_prefix(prefix).unwrap();
        assert!(digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
    }
    let page = data["paymentUrl"].as_str().unwrap().rsplit('/').next().unwrap();
    assert!(page.len() == 32 && page.bytes().all(|byte| byte.is_ascii_hexdigit()), "{page}");
}

#[tokio::test]
async fn details_have_every_documented_field() {
    let stage = Stage::new().await;
    let changes = [("/customerReference", json!("our-id")), ("/tnc", json!("https://b.example/tnc"))];
    let uuid = uuid(&stage.create_with(&changes).await);
    let details = stage.details(&uuid).await;
    let line = json!({"id": 298, "name": "Two nights", "productId": null, "quantity": 1.0, "rate": 1000.0,
        "discount": 0.0, "tax": 0, "amount": 1000.0, "reserved": 0.0, "captured": 0.0});
    assert_eq!(details["productList"], json!([line]));
    for (name, value) in [
        ("reservationUuid", json!(uuid)),
        ("status", json!("SENT")),
        ("isPaid", json!(false)),
        ("reservationDate", json!(START.to_string())),
        ("paymentLinkDueDate", json!((START + 3600).to_string())),
        ("sendOrderBy", json!({"sms": false, "email": false})),
        ("referenceNumber", json!("RES-1")),
        ("chargeValidity", Value::Null),
        ("customerReference", json!("our-id")),
        ("customerNotes", Value::Null),
        ("termsAndCondition", json!("https://b.example/tnc")),
        ("paymentHistory", json!({"reserved": [], "captured": [], "charged": [], "refunded": []})),
    ] {
        assert_eq!(details[name], value, "{name}");
    }
    assert_eq!(details["customerDetails"], wish(&[])["customerDetails"]);
    assert!(details.get("referenceNo").is_none(), "it is renamed");
    assert!(details["paymentDetails"]["reservedAt"].is_null());
    for name in ["organizationDetails", "translationKey", "grandTotal"] {
        assert!(!details[name].is_null(), "{name}");
    }
}

#[tokio::test]
async fn a_language_that_is_not_given_is_norwegian() {
    let stage = Stage::new().await;
    let created = stage.create_with(&[("/customerDetails/preferredLanguage", Value::Null)]).await;
    let details = stage.details(&uuid(&created)).await;
    assert_eq!(details["customerDetails"]["preferredLanguage"], "no");
}

#[tokio::test]
async fn a_sent_link_needs_no_payment_method_and_can_be_sent_again() {
    let stage = Stage::new().await;
    let mut payload = wish(&[("/sendOrderBy", json!({"sms": true, "email": false}))]);
    payload.as_object_mut().unwrap().remove("submitPayment");
    let answer = stage.api("POST", "submit", payload).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let id = uuid(&answer.json()["data"]);
    let path = format!("resend/{id}");
    let to = json!({"countryCode": "+47", "msisdn": "46567468", "email": "kari@example.no"});
    stage.accepted(&path, to.clone()).await;
    let wrong = stage.refused("POST", &path, json!({"countryCode": "+47"})).await;
    assert_eq!(wrong, (417, "payloadValidationErrors".to_owned()));
    stage.pass_and_tick(HOUR).await;
    assert_eq!(stage.refused("POST", &path, to).await.0, 400);
}

#[tokio::test]
async fn a_wrong_or_missing_token_is_401() {
    let stage = Stage::new().await;
    for header in ["", "Bearer other", "Basic merchant-token", "merchant-token"] {
        let url = format!("{}{BASE}/create", stage.base);
        let headers = vec![("authorization", header.to_owned())];
        let body = wish(&[]).to_string();
        let answer = send(Call { method: "POST", url: &url, headers, body }).await.unwrap();
        assert_eq!(answer.status, 401, "{header}");
        assert_eq!(answer.json()["is_error"], true);
    }
    assert_eq!(stage.ledger().await["payments"], json!([]));
}

#[tokio::test]
async fn an_unknown_reservation_is_404_in_either_envelope() {
    let stage = Stage::new().await;
    let note = json!({"note": "x"});
    for (method, path) in [
        ("GET", "details/RES0000000000"),
        ("POST", "capture/RES0000000000"),
        ("POST", "charge/RES0000000000"),
        ("POST", "cancel/RES0000000000"),
        ("POST", "complete/RES0000000000"),
        ("POST", "refund/RES0000000000"),
        ("POST", "resend/RES0000000000"),
    ] {
        let answer = stage.api(method, path, note.clone()).await;
        let envelope = answer.json();
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(envelope["message"], "reservationNotFound");
        assert_eq!((&envelope["is_data"], &envelope["data"]), (&json!(false), &Value::Null));
        assert!(envelope.get("is_error").is_none());
    }
    let shapes = json!({"empty_success_shape": []});
    stage.control("PUT", "/_config/account", shapes).await;
    let envelope = stage.api("GET", "details/none", Value::Null).await.json();
    assert_eq!((&envelope["is_error"], &envelope["errors"]), (&json!(true), &json!([])));
}
