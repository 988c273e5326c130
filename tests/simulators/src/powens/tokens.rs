//! Service tokens and scoped tokens. `[doc]` PROVIDERS §4.1 and §4.2, guide.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::auth::Caller;
use super::errors::ApiError;
use super::payment::ScopedToken;
use super::reader::{ANY, Reader};
use super::validate::parse;
use super::wire::answer;
use super::world::{App, World};
use crate::ids;

/// `[doc]` §4.1: a service token lives 30 minutes, and the answer does not say so.
const SERVICE_MS: i64 = 1_800_000;
/// `[doc]` §4.2: `expires_in` of a scoped token, 7 days.
const SCOPED_SECONDS: i64 = 604_800;

/// Every scope of payments. `[doc]` §4.1.
const SCOPES: [&str; 5] = [ADMIN, VALIDATE, CANCEL, READ, "payments:allow-sensitive"];
/// Everything.
pub const ADMIN: &str = "payments:admin";
/// A payer's scope.
pub const VALIDATE: &str = "payments:validate";
/// Cancelling.
pub const CANCEL: &str = "payments:cancel";
/// Looking.
pub const READ: &str = "payments:read-only";

/// A token that somebody may hold.
#[derive(Clone, Deserialize, Serialize)]
pub struct Token {
    pub scopes: Vec<String>,
    pub issued: i64,
    pub expires: i64,
    /// The one payment it is for; a service token has none.
    pub payment: Option<usize>,
}

/// `POST /2.0/auth/token`.
pub async fn service(State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let given = parse(&body)?;
    let fields = Reader::new(&given, "")?;
    if fields.required("grant_type", ANY)? != "client_credentials" {
        return Err(fields.invalid("grant_type", "must be client_credentials"));
    }
    let client = fields.required("client_id", ANY)?;
    let secret = fields.required("client_secret", ANY)?;
    let scope = fields.required("scope", ANY)?;
    let scopes = known_scopes(scope.split(' '))?;
    app.step(|world, now| {
        let domain = &world.config.domain;
        if client != domain.client_id || secret != domain.client_secret {
            return Err(ApiError::unauthorized());
        }
        let token = Token { scopes, issued: now, expires: now + SERVICE_MS, payment: None };
        let value = world.keep(token);
        Ok(ok(&json!({"token": value, "scope": scope})))
    })
}

/// `POST /2.0/payments/{id}/scopedtoken`.
pub async fn scoped(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    caller.must_have(&[ADMIN])?;
    let given = parse(&body)?;
    let scopes = scopes_of_list(&Reader::new(&given, "")?)?;
    app.step(|world, now| {
        let at = caller.payment(world, &id)?;
        let token = Token {
            scopes: scopes.clone(),
            issued: now,
            expires: now + SCOPED_SECONDS * 1000,
            payment: Some(at),
        };
        Ok(ok(&world.hand_out(at, token)))
    })
}

fn scopes_of_list(fields: &Reader<'_>) -> Result<Vec<String>, ApiError> {
    const NAME: &str = "scope";
    let list = fields.required_value(NAME)?.as_array();
    let list = list.ok_or_else(|| fields.invalid(NAME, "must be a list"))?;
    let scopes = known_scopes(list.iter().map(|scope| scope.as_str().unwrap_or_default()))?;
    // [inf] A payer's token is for a payer.
    if scopes.is_empty() || scopes.iter().any(|scope| scope == ADMIN) {
        return Err(fields.invalid(NAME, "must be payments:validate"));
    }
    Ok(scopes)
}

fn known_scopes<'a>(given: impl Iterator<Item = &'a str>) -> Result<Vec<String>, ApiError> {
    let known = |scope: &'a str| {
        let refused = || ApiError::invalid("scope", "is not known");
        let found = SCOPES.contains(&scope).then(|| scope.to_owned());
        found.ok_or_else(refused)
    };
    given.map(known).collect()
}

impl World {
    fn keep(&mut self, token: Token) -> String {
        let value = [ids::short(), ids::short()].concat();
        self.tokens.insert(value.clone(), token);
        value
    }

    fn hand_out(&mut self, at: usize, token: Token) -> Value {
        let (issued, expires) = (token.issued, token.expires);
        let scope = token.scopes.join(" ");
        let value = self.keep(token);
        let Some(payment) = self.payments.get_mut(at) else {
            return Value::Null;
        };
        payment.tokens.push(ScopedToken { value: value.clone(), issued, expires, opened: Vec::new() });
        json!({
            "token": value,
            "scope": scope,
            "expires_in": SCOPED_SECONDS,
            "id_payment": payment.id,
        })
    }
}

fn ok(body: &Value) -> Response {
    answer(StatusCode::OK, body.to_string())
}
