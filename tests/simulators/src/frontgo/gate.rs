//! Who may call, and how often. `[doc]`, `[rec]` PROVIDERS §2.1.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;

use super::calls::Allowance;
use super::envelope::Refusal;
use super::world::{App, World};

/// Lets a call through that brings one of the account's tokens; else 401.
pub async fn token(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION);
    let brought = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = |token: &str| app.step(|world, _| world.config.tokens.iter().any(|own| own == token));
    if brought.is_some_and(known) { next.run(request).await } else { app.refused(Refusal::unauthorized()) }
}

impl World {
    /// Counts a call; none where the account has no limit.
    pub fn admit(&mut self, now: i64) -> Option<Allowance> {
        let limit = self.config.requests_per_window?;
        Some(self.calls.admit(limit, self.config.window_ms, now))
    }
}

/// Adds the limit's headers to an answer.
pub fn with_headers(mut answer: Response, allowance: Option<&Allowance>) -> Response {
    if let Some(allowance) = allowance {
        let headers = answer.headers_mut();
        headers.insert("x-ratelimit-limit", HeaderValue::from(allowance.limit));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(allowance.remaining));
    }
    answer
}
