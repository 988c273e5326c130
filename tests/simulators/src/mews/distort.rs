//! Answers that are well formed and wrong.

use axum::body::Body;
use axum::response::Response;

use crate::broken::{body_of, with_body};
use crate::exact::{Json, object};
use crate::faults::Kind;

/// Changes an answer as the fault says; other kinds change nothing.
pub async fn distorted(mut answer: Response, kind: Kind) -> Response {
    if !kind.changes_fields() {
        return answer;
    }
    let body = body_of(&mut answer).await;
    let whole = Json::parse(&String::from_utf8_lossy(&body));
    let changed = whole.map_or_else(|| body.to_vec(), |json| distort(json, kind).to_string().into_bytes());
    with_body(answer, Body::from(changed))
}

fn distort(json: Json, kind: Kind) -> Json {
    match json {
        Json::List(items) => Json::List(items.into_iter().map(|item| distort(item, kind)).collect()),
        Json::Object(fields) => {
            let change = |(name, value): (String, Json)| {
                let value = distort(value, kind);
                let value = changed(&name, value, kind);
                (name, value)
            };
            let mut fields: Vec<(String, Json)> = fields.into_iter().map(change).collect();
            if kind == Kind::ExtraFields {
                let extra = object! { "Since": 2027, "Value": Json::Null };
                fields.push(("AddedWithoutNotice".to_owned(), extra));
            }
            Json::Object(fields)
        }
        other => other,
    }
}

fn changed(name: &str, value: Json, kind: Kind) -> Json {
    match (kind, name, value) {
        (Kind::MismatchAmount, "GrossValue" | "NetValue", Json::Number(digits)) => {
            Json::Number(one_more(&digits))
        }
        (Kind::MismatchReference, "Notes" | "Text", Json::Text(text)) => Json::Text(format!("{text}-other")),
        (Kind::UnknownStatus, "State", Json::Text(_)) => Json::from("UnderReview"),
        (_, _, value) => value,
    }
}

/// One more in the whole part.
fn one_more(digits: &str) -> String {
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), |number| (number + 1).to_string());
    part.map_or_else(|| whole.clone(), |part| format!("{whole}.{part}"))
}
