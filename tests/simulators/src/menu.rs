//! `GET /` of a simulator: a page that lists what it can be told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::html::{Page, escape};

/// The page: one call on each line, then ` | ` and what it does.
pub fn page(brand: &str, calls: &str) -> Response {
    let row = |line: &str| {
        let (call, what) = line.split_once(" | ").unwrap_or((line, ""));
        format!("<dt><code>{}</code></dt><dd>{}</dd>", escape(call), escape(what))
    };
    let rows: String = calls.lines().map(row).collect();
    let body = format!("<dl id=\"controls\">{rows}</dl>");
    Page { status: StatusCode::OK, language: "en", title: "Endpoints", brand, body }.into_response()
}
