//! Who calls: the bearer token, its life and its scope. `[doc]` PROVIDERS §4.1.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::errors::ApiError;
use super::tokens::Token;
use super::world::{App, World};

/// The holder of a token that is good now.
pub struct Caller {
    token: Token,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let bearer = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        let token = app.step(|world, now| world.good_token(bearer?, now));
        token.map(|token| Self { token }).ok_or_else(ApiError::wrong_token)
    }
}

impl Caller {
    /// Refuses a token that has none of these scopes. Which scope opens what is `[inf]` from their names.
    pub fn must_have(&self, scopes: &[&str]) -> Result<(), ApiError> {
        let has = |scope: &&str| self.token.scopes.iter().any(|own| own == scope);
        if scopes.iter().any(has) { Ok(()) } else { Err(ApiError::forbidden()) }
    }

    /// Where the payment with this id stands, if the token reaches it; another's payment is as good as none `[inf]`.
    pub fn payment(&self, world: &World, id: &str) -> Result<usize, ApiError> {
        let reached = |at: &usize| self.token.payment.is_none_or(|own| own == *at);
        world.find(id).filter(reached).ok_or_else(ApiError::not_found)
    }
}

impl World {
    /// The token with this value, unless its time is over.
    pub fn good_token(&self, value: &str, now: i64) -> Option<Token> {
        let found = self.tokens.get(value).filter(|token| now < token.expires);
        found.cloned()
    }
}
