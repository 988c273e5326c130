//! Who calls: the bearer key, the account's lasting troubles, the rate.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::config::Trouble;
use super::errors::ApiError;
use super::world::{App, World};

/// The account that a good key belongs to.
pub struct Caller {
    /// Its number in the configuration.
    pub account: usize,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let request = Request { post: parts.method == Method::POST, path: parts.uri.path() };
        let account = app.step(|world, _| world.holder_of(parts)).ok_or_else(unauthorized)?;
        app.step(|world, now| {
            world.check_trouble(account, &request)?;
            world.check_rate(account, &request, now)
        })
        .map_err(ApiError::into_response)?;
        Ok(Self { account })
    }
}

/// `[doc]` PROVIDERS §3.1: a wrong or missing key is 401. `[inf]` The text of the body.
pub fn unauthorized() -> Response {
    let text = "Credentials are required to access this resource";
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")], text).into_response()
}

struct Request<'a> {
    post: bool,
    path: &'a str,
}

impl Request<'_> {
    fn creates_payment(&self) -> bool {
        self.post && self.path == "/v1/payments"
    }

    fn creates_refund(&self) -> bool {
        self.post && self.path.ends_with("/refunds")
    }

    /// `[doc]` PROVIDERS §3.1: creates, captures and other POSTs are counted apart.
    fn class(&self) -> &'static str {
        match self.path {
            _ if self.creates_payment() => "create",
            path if path.ends_with("/capture") => "capture",
            _ => "other",
        }
    }
}

impl World {
    fn holder_of(&self, parts: &Parts) -> Option<usize> {
        let key = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
        self.config.accounts.iter().position(|account| account.api_keys.iter().any(|known| known == key))
    }

    fn check_trouble(&self, account: usize, request: &Request<'_>) -> Result<(), ApiError> {
        let creates = request.creates_payment() || request.creates_refund();
        let (status, code, text) = match self.account(account).trouble {
            Some(Trouble::AccountError) if request.creates_payment() => {
                (500, "P0199", "There is an error with this account. Please contact support")
            }
            Some(Trouble::NotEnabled) => (
                403,
                "P0930",
                "Access to this resource is not enabled for this account. Please contact support.",
            ),
            Some(Trouble::NotLinked) => (
                403,
                "P0940",
                "Account is not fully configured. \
                 Please refer to documentation to setup your account or contact support.",
            ),
            Some(Trouble::Disabled) if creates => (
                403,
                "P0941",
                "GOV.UK Pay has disabled payment and refund creation on this account. \
                 Contact support with your error code.",
            ),
            Some(Trouble::Unavailable) => (503, "P0999", "GOV.UK Pay is temporarily unavailable"),
            _ => return Ok(()),
        };
        Err(ApiError::new(status, code, text))
    }

    fn check_rate(&mut self, account: usize, request: &Request<'_>, now: i64) -> Result<(), ApiError> {
        match self.config.posts_per_second {
            Some(limit) if request.post && !self.calls.fits((account, request.class()), now, limit) => {
                Err(ApiError::too_many(None))
            }
            _ => Ok(()),
        }
    }
}
