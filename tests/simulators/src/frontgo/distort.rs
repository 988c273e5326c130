//! Answers that are well formed and wrong.

use axum::body::Body;
use axum::response::Response;

use super::amount::Amount;
use super::exact::{Json, object};
use crate::broken::{body_of, with_body};
use crate::faults::Kind;

/// Where details and events have amounts.
const AMOUNTS: [&str; 5] = [
    "grandTotal",
    "paymentDetails.reservedAmount",
    "paymentDetails.capturedAmount",
    "paymentDetails.chargedAmount",
    "amount",
];

/// Changes the data of an answer as the fault says.
pub async fn distorted(mut answer: Response, kind: Kind) -> Response {
    let body = body_of(&mut answer).await;
    let text = String::from_utf8_lossy(&body);
    let Some(mut whole) = Json::parse(&text) else {
        return with_body(answer, Body::from(body));
    };
    match whole.at_mut("data") {
        Some(Json::List(events)) => events.iter_mut().for_each(|event| distort(event, kind)),
        Some(data) => distort(data, kind),
        None => {}
    }
    with_body(answer, Body::from(whole.to_string()))
}

fn distort(data: &mut Json, kind: Kind) {
    let replace = |data: &mut Json, path: &str, with: &dyn Fn(&Json) -> Json| {
        if let Some(found) = data.at_mut(path) {
            *found = with(found);
        }
    };
    match kind {
        Kind::MismatchAmount => AMOUNTS.iter().for_each(|path| replace(data, path, &one_more)),
        Kind::MismatchReference => replace(data, "referenceNumber", &|own| {
            Json::Text(format!("{}-other", own.text().unwrap_or_default()))
        }),
        Kind::UnknownStatus => replace(data, "status", &|_| Json::from("UNDER REVIEW")),
        Kind::ExtraFields => {
            for path in ["", "paymentDetails"] {
                if let Some(Json::Object(fields)) = data.at_mut(path) {
                    let news = object! {"since": vec![Json::from(2027), Json::Null]};
                    fields.push(("addedWithoutNotice".to_owned(), news));
                }
            }
        }
        _ => {}
    }
}

/// One øre more, unless it is nothing: money that never moved stays unmoved.
fn one_more(own: &Json) -> Json {
    let more = match Amount::read(own) {
        Some(amount) if amount > Amount::default() => amount + Amount::from_ore(1),
        _ => return own.clone(),
    };
    match own {
        Json::Text(_) => Json::Text(more.two_decimals()),
        _ => Json::Number(more.two_decimals()),
    }
}
