//! The calls of the API. `[doc]` PROVIDERS §5.2.
//!
//! An answer shows the session before the bank goes to work, as the SDK's tests do: what follows comes by webhook and
//! by `session/status`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::auth::idempotency_key;
use super::errors::ApiError;
use super::session::PublicToken;
use super::wish::{Request, Wish};
use super::words::{Stage, Version};
use super::world::{App, World};
use crate::ids;

/// Where a call stands in the address, and its name in faults and in the ledger.
pub const OPERATIONS: [(&str, &str); 10] = [
    ("session/create", "create"),
    ("token", "token"),
    ("session/init/payment", "init_payment"),
    ("session/init/payment/sync", "init_payment_sync"),
    ("session/start/payment", "start_payment"),
    ("session/confirm", "confirm"),
    ("session/cancel", "cancel"),
    ("session/capture", "capture"),
    ("session/refund", "refund"),
    ("session/status", "status"),
];

/// The name of the call at a path below the version.
pub fn operation(path: &str) -> Option<&'static str> {
    OPERATIONS.iter().find(|(known, _)| *known == path).map(|(_, name)| *name)
}

/// `POST /api/{version}/...`.
pub async fn call(
    State(app): State<Arc<App>>,
    Path((version, path)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let version = Version::named(&version).ok_or_else(ApiError::no_such_method)?;
    let operation = operation(&path).ok_or_else(ApiError::no_such_method)?;
    if operation == "token" && version == Version::V2 {
        return Err(ApiError::no_such_method());
    }
    app.step(|world, now| {
        world.admit(&headers, &body)?;
        world.use_key(&headers, operation)?;
        world.end_late(now);
        let request = Request::read(&body)?;
        let key = idempotency_key(&headers);
        let answer = world.answer((version, operation, key), request, now)?;
        Ok(Json(answer).into_response())
    })
}

/// Anything else below `/api`.
pub async fn no_such_method() -> ApiError {
    ApiError::no_such_method()
}

impl World {
    fn answer(
        &mut self,
        (version, operation, key): (Version, &str, Option<&str>),
        request: Request,
        now: i64,
    ) -> Result<Value, ApiError> {
        let at = match operation {
            "token" => return self.issue_token(request, now),
            "create" => self.create(version, (request.wish, key), now),
            "init_payment" => return self.init((version, key), request, now),
            "init_payment_sync" => self.init_sync((version, key), request, now)?,
            "start_payment" => return self.start(version, request, now),
            "status" => self.known(request.session_id()?)?,
            _ => return self.operate((version, operation), request, now),
        };
        Ok(self.ok(at, version))
    }

    fn ok(&self, at: usize, version: Version) -> Value {
        let session = self.sessions.get(at).map(|session| self.shown(session, version));
        json!({"status": "ok", "session": session})
    }

    fn known(&self, id: &str) -> Result<usize, ApiError> {
        let at = self.sessions.iter().position(|session| session.id == id);
        at.ok_or_else(ApiError::no_such_session)
    }

    fn create(&mut self, version: Version, (wish, key): (Wish, Option<&str>), now: i64) -> usize {
        let at = self.open(version, wish, now);
        if let Some(session) = self.sessions.get_mut(at) {
            session.idempotency_key = key.map(str::to_owned);
        }
        at
    }

    fn init(
        &mut self,
        (version, key): (Version, Option<&str>),
        request: Request,
        now: i64,
    ) -> Result<Value, ApiError> {
        request.wish.check_payable()?;
        let method = request.method(&self.config.project)?;
        let at = self.create(version, (request.wish, key), now);
        self.begin(at, method, now);
        let answer = self.ok(at, version);
        self.proceed(at, now);
        Ok(answer)
    }

    /// `[doc]` PROVIDERS §5.2: the result in the answer, no webhooks, `return_url` required.
    fn init_sync(
        &mut self,
        (version, key): (Version, Option<&str>),
        request: Request,
        now: i64,
    ) -> Result<usize, ApiError> {
        request.wish.check_payable()?;
        if request.wish.return_url().is_none() {
            return Err(ApiError::invalid("payment_options.return_url: is missing"));
        }
        let method = request.method(&self.config.project)?;
        let at = self.create(version, (request.wish, key), now);
        if let Some(session) = self.sessions.get_mut(at) {
            session.silent = true;
        }
        self.begin(at, method, now);
        self.proceed(at, now);
        Ok(at)
    }

    fn start(&mut self, version: Version, request: Request, now: i64) -> Result<Value, ApiError> {
        let at = self.known(request.session_id()?)?;
        let method = request.method(&self.config.project)?;
        if !self.is_at(at, &[Stage::Open]) {
            return Err(ApiError::wrong_state());
        }
        let mut wish = self.sessions.get(at).map(|session| session.wish.clone()).unwrap_or_default();
        wish.merge(request.wish);
        wish.check_payable()?;
        if let Some(session) = self.sessions.get_mut(at) {
            session.wish = wish;
        }
        self.begin(at, method, now);
        let answer = self.ok(at, version);
        self.proceed(at, now);
        Ok(answer)
    }

    /// The calls about a payment under way: first the answer, then what it leads to.
    fn operate(
        &mut self,
        (version, operation): (Version, &str),
        request: Request,
        now: i64,
    ) -> Result<Value, ApiError> {
        let at = self.known(request.session_id()?)?;
        let wanted = request.wish.amount_details.as_ref();
        let taken = match operation {
            "confirm" => self.confirm(at, now),
            "cancel" => self.cancel(at, now),
            "capture" => {
                self.check_capture(at, wanted)?;
                self.take_capture(at, now)
            }
            _ => {
                self.refund(at, (wanted, request.wish.metadata.clone()), now)?;
                true
            }
        };
        if !taken {
            return Err(ApiError::wrong_state());
        }
        let answer = self.ok(at, version);
        match operation {
            "confirm" => self.charge(at, now),
            "cancel" => self.fail(at, "session_cancelled_by_partner", now),
            "capture" => self.finish(at, wanted.map(|money| money.amount), now),
            _ => {}
        }
        Ok(answer)
    }

    /// A token for the widget. `[doc]` PROVIDERS §5.2; that the session must be payable and unpaid is `[inf]`.
    fn issue_token(&mut self, request: Request, now: i64) -> Result<Value, ApiError> {
        let Some(widget) = request.acquiring_widget else {
            return Err(ApiError::invalid("acquiring_widget: is missing"));
        };
        widget.check()?;
        let at = self.known(&widget.session_id)?;
        if !self.is_at(at, &[Stage::Open]) {
            return Err(ApiError::wrong_state());
        }
        let value = [ids::short(), ids::short()].concat();
        if let Some(session) = self.sessions.get_mut(at) {
            session.wish.check_payable()?;
            session.tokens.push(PublicToken { value: value.clone(), widget, issued: now, used: false });
            session.note(now, "token", json!({}));
        }
        Ok(json!({"status": "ok", "public_token": value}))
    }
}
