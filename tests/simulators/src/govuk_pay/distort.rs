//! Answers that are well formed and wrong.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};

use crate::broken::{body_of, with_body};
use crate::faults::Kind;

/// Changes every payment in an answer as the fault says; kinds that are not about fields change nothing.
pub async fn distorted(mut answer: Response, kind: Kind) -> Response {
    if !kind.changes_fields() {
        return answer;
    }
    let body = body_of(&mut answer).await;
    let Ok(mut value) = serde_json::from_slice::<Value>(&body) else {
        return with_body(answer, Body::from(body));
    };
    for payment in payments(&mut value) {
        distort(payment, kind);
    }
    with_body(answer, Body::from(value.to_string()))
}

/// The answer itself, or the entries of its list.
fn payments(value: &mut Value) -> Vec<&mut Value> {
    let list = ["results", "events"].into_iter().find(|name| value.get(*name).is_some_and(Value::is_array));
    match list {
        Some(name) => value.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten().collect(),
        None => vec![value],
    }
}

fn distort(payment: &mut Value, kind: Kind) {
    match kind {
        Kind::MismatchAmount => {
            replace(payment, "/amount", |amount| json!(amount.as_i64().unwrap_or_default() + 1))
        }
        Kind::MismatchReference => replace(payment, "/reference", |reference| {
            json!(format!("{}-other", reference.as_str().unwrap_or_default()))
        }),
        Kind::UnknownStatus => replace(payment, "/state/status", |_| json!("under_review")),
        Kind::ExtraFields => {
            for place in ["", "/state", "/_links"] {
                if let Some(fields) = payment.pointer_mut(place).and_then(Value::as_object_mut) {
                    fields.insert(
                        "added_without_notice".to_owned(),
                        json!({"since": [2027, null, {"a": true}]}),
                    );
                }
            }
        }
        _ => {}
    }
}

fn replace(value: &mut Value, place: &str, with: impl Fn(&Value) -> Value) {
    if let Some(found) = value.pointer_mut(place) {
        *found = with(found);
    }
}
