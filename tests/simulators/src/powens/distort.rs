//! Answers that are well formed and wrong.

use axum::body::Body;
use axum::response::Response;
use serde_json::json;

use super::amount::Amount;
use super::raw::{self, EACH};
use super::wire::AMOUNT;
use crate::broken::{body_of, with_body};
use crate::faults::Kind;

/// Changes every payment in an answer as the fault says; other kinds change nothing.
pub async fn distorted(mut answer: Response, kind: Kind) -> Response {
    if !kind.changes_fields() {
        return answer;
    }
    let body = body_of(&mut answer).await;
    let text = String::from_utf8_lossy(&body).into_owned();
    with_body(answer, Body::from(distort(text, kind)))
}

fn distort(text: String, kind: Kind) -> String {
    match kind {
        Kind::MismatchAmount => change(text, &[&AMOUNT], &one_cent_more),
        Kind::MismatchReference => {
            let places: [&[&str]; 2] = [&["instructions", EACH, "reference_id"], &["client_state"]];
            change(text, &places, &another)
        }
        Kind::UnknownStatus => change(text, &[&["state"]], &|_| json!("under_review").to_string()),
        Kind::ExtraFields => {
            let transfer = ["instructions", EACH];
            let places: [&[&str]; 4] =
                [&[], &transfer, &[transfer[0], EACH, "currency"], &[transfer[0], EACH, "beneficiary"]];
            change(text, &places, &with_extra_field)
        }
        _ => text,
    }
}

/// Changes these places of the answer itself, or of the entries of its list.
fn change(text: String, places: &[&[&str]], with: &dyn Fn(&str) -> String) -> String {
    let payment: &[&str] = match raw::field(&text, "payments") {
        Some(_) => &["payments", EACH],
        None => &[],
    };
    places.iter().fold(text, |text, place| raw::edit(&text, &[payment, place].concat(), with))
}

fn one_cent_more(amount: &str) -> String {
    let cent = Amount::of_minor(1, 2);
    Amount::parse(amount).map_or_else(|| amount.to_owned(), |amount| amount.plus(cent).shown())
}

fn another(text: &str) -> String {
    let text = text.trim_end_matches('"');
    if text == "null" {
        return "\"other\"".to_owned();
    }
    format!("{text}-other\"")
}

fn with_extra_field(object: &str) -> String {
    let field = "\"added_without_notice\":{\"since\":[2027,null,{\"a\":true}]}";
    match object.strip_suffix('}') {
        Some("{") => format!("{{{field}}}"),
        Some(fields) => format!("{fields},{field}}}"),
        None => object.to_owned(),
    }
}
