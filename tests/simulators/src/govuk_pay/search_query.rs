//! The parameters of a search and their rules.
//!
//! `[code]` PROVIDERS §3.2, publicapi `PaymentSearchValidator.java`; `[doc]` search_payments_reference.

use std::collections::HashMap;

use serde_json::Value;

use super::errors::ApiError;
use crate::clock::from_rfc3339;

/// The documentation also names `capturable`, which the validator refuses.
const STATES: [&str; 7] = ["created", "started", "submitted", "success", "failed", "cancelled", "error"];
const MOST: usize = 500;

/// A search that passed.
pub struct Query {
    reference: Option<String>,
    email: Option<String>,
    state: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    /// Counted from 1.
    pub page: usize,
    /// How many results a page has.
    pub size: usize,
    /// The parameters as they were given, but for the page: for links.
    pub given: Vec<(String, String)>,
}

impl Query {
    /// Reads the parameters; names every wrong one in one P0401.
    pub fn read(given: &HashMap<String, String>) -> Result<Self, ApiError> {
        let mut reader = Reader { given, wrong: Vec::new() };
        let query = Self {
            state: reader.text("state", |state| STATES.contains(&state)),
            reference: reader.text("reference", |reference| reference.chars().count() <= 255),
            email: reader.text("email", |email| email.chars().count() <= 254),
            from: reader.time("from_date"),
            to: reader.time("to_date"),
            page: reader.number("page", (1, usize::MAX)).unwrap_or(1),
            size: reader.number("display_size", (1, MOST)).unwrap_or(MOST),
            given: given.clone().into_iter().filter(|(name, _)| name != "page").collect(),
        };
        if reader.wrong.is_empty() { Ok(query) } else { Err(refusal(&reader.wrong)) }
    }

    /// Whether a payment, created at `created` and seen as `view`, is asked for. The reference is exact but not case
    /// sensitive; a part of the email will do.
    pub fn matches(&self, view: &Value, created: i64) -> bool {
        let seen = |path: &str| view.pointer(path).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        self.reference.as_ref().is_none_or(|reference| seen("/reference") == *reference)
            && self.email.as_ref().is_none_or(|email| seen("/email").contains(email))
            && self.state.as_ref().is_none_or(|state| seen("/state/status") == *state)
            && self.from.is_none_or(|from| created >= from)
            && self.to.is_none_or(|to| created < to)
    }
}

/// Reads parameters and collects the names of those that are wrong. An empty one counts as absent.
struct Reader<'a> {
    given: &'a HashMap<String, String>,
    wrong: Vec<&'static str>,
}

impl Reader<'_> {
    fn value<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.given.get(name).filter(|text| !text.is_empty())?;
        let value = read(text);
        if value.is_none() {
            self.wrong.push(name);
        }
        value
    }

    fn text(&mut self, name: &'static str, good: impl FnOnce(&str) -> bool) -> Option<String> {
        self.value(name, |text| Some(text.to_lowercase()).filter(|text| good(text)))
    }

    fn time(&mut self, name: &'static str) -> Option<i64> {
        self.value(name, from_rfc3339)
    }

    fn number(&mut self, name: &'static str, (least, most): (usize, usize)) -> Option<usize> {
        self.value(name, |text| text.parse().ok().filter(|number| (least..=most).contains(number)))
    }
}

fn refusal(wrong: &[&str]) -> ApiError {
    let text = format!(
        "Invalid parameters: {}. See Public API documentation for the correct data formats",
        wrong.join(", ")
    );
    ApiError::new(422, "P0401", &text)
}
