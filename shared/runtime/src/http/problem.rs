//! Problems for callers (RFC 9457): a fixed sentence and a code. Inside text never leaves.

pub use crate::http::code::Code;
use crate::http::request::RequestId;
use crate::http::respond::{self, Reply};
use bellhop_domain::wish::FieldError;
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// Every problem's `type` begins with this; the code follows. The page is `docs/errors.md`.
pub const TYPE_BASE: &str = "https://docs.bellhop.example/errors#";

/// The content type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// Wrong fields that one answer lists.
const MAX_ERRORS: usize = 100;

/// A problem on its way to a caller.
#[derive(Debug)]
pub struct Problem {
    /// What is wrong.
    pub code: Code,
    /// What is wrong, for a person: a fixed sentence, nothing of the inside.
    pub detail: String,
    /// The wrong fields, with JSON pointers.
    pub errors: Vec<FieldError>,
    /// When to try again.
    pub retry_after: Option<Duration>,
    /// Where the way out is, such as the session that has the reference: relation and URL.
    pub links: Vec<(&'static str, String)>,
    /// What lies underneath; for the log, never for the caller.
    pub source: Option<crate::Error>,
}

impl Problem {
    /// A problem with its code's own sentence.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: code.detail().to_owned(),
            errors: Vec::new(),
            retry_after: None,
            links: Vec::new(),
            source: None,
        }
    }

    /// With a more exact sentence.
    #[must_use]
    pub fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// With the wrong fields.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// With the time to try again, at least a second.
    #[must_use]
    pub const fn after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// With a link.
    #[must_use]
    pub fn leading_to(mut self, relation: &'static str, url: impl Into<String>) -> Self {
        self.links.push((relation, url.into()));
        self
    }

    /// With what lies underneath.
    #[must_use]
    pub fn because(mut self, source: impl Into<crate::Error>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// `Retry-After` in whole seconds, rounded up, at least one.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        let up = |wait: Duration| wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.retry_after.map(|wait| up(wait).max(1))
    }

    /// The JSON.
    pub fn body(&self, request_id: &RequestId) -> String {
        let mut body = json!({
            "type": format!("{TYPE_BASE}{}", self.code.as_str()),
            "title": self.code.title(),
            "status": self.code.status().as_u16(),
            "detail": self.detail,
            "code": self.code.as_str(),
            "errors": self.errors.iter().take(MAX_ERRORS).map(error_json).collect::<Vec<_>>(),
            "request_id": request_id.as_str(),
        });
        for (relation, url) in &self.links {
            body["_links"][*relation] = json!({ "href": url });
        }
        body.to_string()
    }
}

fn error_json(error: &FieldError) -> Value {
    json!({ "pointer": error.pointer, "detail": error.detail })
}

/// The answer to a caller of the API.
pub fn reply(problem: &Problem, request_id: &RequestId) -> Reply {
    let reply = respond::text(problem.code.status(), CONTENT_TYPE, problem.body(request_id));
    let seconds = problem.retry_after_seconds().map(|seconds| seconds.to_string());
    let reply = match &seconds {
        Some(seconds) => respond::with(reply, "retry-after", seconds),
        None => reply,
    };
    match problem.code.status() {
        StatusCode::UNAUTHORIZED => respond::with(reply, "www-authenticate", "Bearer"),
        _ => reply,
    }
}
