//! Answers that are well formed and wrong.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};

use crate::broken::{body_of, with_body};
use crate::faults::Kind;

/// Changes the session in an answer as the fault says; other kinds change nothing.
pub async fn distorted(mut answer: Response, kind: Kind) -> Response {
    if !kind.changes_fields() {
        return answer;
    }
    let body = body_of(&mut answer).await;
    let mut whole: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let Some(session) = whole.get_mut("session") {
        distort(session, kind);
    }
    if kind == Kind::ExtraFields {
        add_field(&mut whole);
    }
    with_body(answer, Body::from(whole.to_string()))
}

fn distort(session: &mut Value, kind: Kind) {
    match kind {
        Kind::UnknownStatus => set(session, "/status", &|_| json!("under_review")),
        Kind::ExtraFields => add_field(session),
        _ => {}
    }
    for name in ["acquiring_payments", "payment_list"] {
        let payments = session.get_mut(name).and_then(Value::as_array_mut);
        for payment in payments.into_iter().flatten() {
            distort_payment(payment, kind);
        }
    }
}

fn distort_payment(payment: &mut Value, kind: Kind) {
    match kind {
        Kind::MismatchAmount => {
            set(payment, "/amount_details/amount", &|amount| json!(amount.as_i64().unwrap_or_default() + 1))
        }
        Kind::MismatchReference => {
            for place in ["/customer/reference", "/metadata"] {
                set(payment, place, &|text| json!(format!("{}-other", text.as_str().unwrap_or_default())));
            }
        }
        Kind::UnknownStatus => set(payment, "/status", &|_| json!("under_review")),
        Kind::ExtraFields => {
            for place in ["", "/customer", "/amount_details", "/payment_details"] {
                if let Some(object) = payment.pointer_mut(place) {
                    add_field(object);
                }
            }
        }
        _ => {}
    }
}

fn set(object: &mut Value, place: &str, change: &dyn Fn(&Value) -> Value) {
    if let Some(value) = object.pointer_mut(place) {
        *value = change(value);
    }
}

fn add_field(object: &mut Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert("added_without_notice".to_owned(), json!({"since": [2027, null, {"a": true}]}));
    }
}
