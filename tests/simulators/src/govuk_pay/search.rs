//! `GET /v1/payments`: reads the past. `[doc]` PROVIDERS §3.2: eventually consistent, newest first.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query as Parameters, State};
use serde_json::{Map, Value, json};

use super::auth::Caller;
use super::errors::ApiError;
use super::search_query::Query;
use super::world::{App, World};

/// Finds payments as they looked one lag ago.
pub async fn search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(given): Parameters<HashMap<String, String>>,
) -> Result<Json<Value>, ApiError> {
    let query = Query::read(&given)?;
    app.step(|world, now| world.found(caller.account, &query, now).map(Json))
}

impl World {
    fn found(&self, account: usize, query: &Query, now: i64) -> Result<Value, ApiError> {
        let seen = now.saturating_sub(self.config.search_lag_ms);
        let all: Vec<&Value> = self
            .payments
            .iter()
            .rev()
            .filter(|payment| payment.account == account)
            .filter_map(|payment| Some((Self::seen_at(payment, seen)?, payment.created)))
            .filter(|(view, created)| query.matches(view, *created))
            .map(|(view, _)| view)
            .collect();
        let results: Vec<&Value> =
            all.iter().skip((query.page - 1).saturating_mul(query.size)).take(query.size).copied().collect();
        if results.is_empty() && query.page > 1 {
            return Err(ApiError::new(404, "P0402", "Page not found"));
        }
        Ok(json!({
            "total": all.len(),
            "count": results.len(),
            "page": query.page,
            "results": results,
            "_links": self.page_links(query, all.len()),
        }))
    }

    fn page_links(&self, query: &Query, total: usize) -> Value {
        let last = total.div_ceil(query.size).max(1);
        let pages = [
            ("self", Some(query.page)),
            ("first_page", Some(1)),
            ("last_page", Some(last)),
            ("prev_page", query.page.checked_sub(1).filter(|page| *page > 0)),
            ("next_page", query.page.checked_add(1).filter(|page| *page <= last)),
        ];
        let mut links = Map::new();
        for (name, page) in pages {
            if let Some(page) = page {
                links.insert(name.to_owned(), json!({"href": self.page_address(query, page)}));
            }
        }
        Value::Object(links)
    }

    fn page_address(&self, query: &Query, page: usize) -> String {
        let parameters: String =
            query.given.iter().map(|(name, value)| format!("{name}={}&", encode(value))).collect();
        format!("{}/v1/payments?{parameters}page={page}", self.base_url)
    }
}

/// Percent-encodes everything but unreserved characters.
fn encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
