//! Bellhop's public HTTP API, called as any booking site would.

use crate::reference::Reference;
use crate::wire::{List, NewSession, Problem, Session};
use axum::body::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use std::time::Duration;
use thiserror::Error;

/// The API answers within 30 seconds or not at all.
const PATIENCE: Duration = Duration::from_secs(35);

/// The longest answer that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// A call that brought no session.
#[derive(Debug, Error)]
pub enum ApiError {
    /// Nobody answered; whether the call had an effect is not known.
    #[error("the payment service cannot be reached")]
    Unreachable,
    /// The answer is not what the API's documentation says.
    #[error("the payment service gave an answer that cannot be read")]
    Unreadable,
    /// The API said no.
    #[error("{}: {}", .0.title, .0.detail)]
    Problem(Box<Problem>),
}

/// What came of opening a session.
#[derive(Debug)]
pub struct Opened {
    /// The session.
    pub session: Session,
    /// The provider's answer is not known yet (202).
    pub preparing: bool,
}

/// The API with one merchant's key. Plain HTTP: the site is for the local stack.
#[derive(Debug)]
pub struct Api {
    client: Client<HttpConnector, Full<Bytes>>,
    base: String,
    authorization: HeaderValue,
}

impl Api {
    /// The API at `base`, without a slash at the end. `None` for a key that no header can carry.
    pub fn new(base: &str, key: &SecretString) -> Option<Self> {
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", key.expose_secret())).ok()?;
        authorization.set_sensitive(true);
        Some(Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            base: base.to_owned(),
            authorization,
        })
    }

    /// Opens a session, or repeats the answer that `idempotency_key` got before.
    pub async fn open(&self, wish: &NewSession<'_>, idempotency_key: &str) -> Result<Opened, ApiError> {
        let body = serde_json::to_vec(wish).map_err(|_| ApiError::Unreadable)?;
        let request = self
            .request(Method::POST, "/v1/sessions")
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", idempotency_key)
            .body(Full::from(body));
        let (status, session) = self.call(request).await?;
        Ok(Opened { session, preparing: status == StatusCode::ACCEPTED })
    }

    /// Reads a session with its payments and its history; `None` when there is none.
    pub async fn session(&self, id: &str) -> Result<Option<Session>, ApiError> {
        let path = format!("/v1/sessions/{id}?expand=attempts,events");
        match self.get(&path).await {
            Err(ApiError::Problem(problem)) if problem.status == 404 => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// The session of a booking that matters: the paid one, or else the newest.
    pub async fn session_of(&self, reference: &Reference) -> Result<Option<String>, ApiError> {
        let list: List = self.get(&format!("/v1/sessions?reference={reference}&limit=100")).await?;
        let paid = list.data.iter().rposition(|session| session.captured > 0);
        let at = paid.or(list.data.len().checked_sub(1));
        let session = at.and_then(|at| list.data.into_iter().nth(at));
        Ok(session.map(|session| session.id))
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(AUTHORIZATION, self.authorization.clone())
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let request = self.request(Method::GET, path).body(Full::default());
        Ok(self.call(request).await?.1)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        request: http::Result<Request<Full<Bytes>>>,
    ) -> Result<(StatusCode, T), ApiError> {
        let request = request.map_err(|_| ApiError::Unreadable)?;
        let answer = tokio::time::timeout(PATIENCE, self.send(request)).await;
        let (status, body) = answer.map_err(|_| ApiError::Unreachable)??;
        if status.is_success() {
            return Ok((status, read(&body)?));
        }
        Err(ApiError::Problem(read(&body)?))
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), ApiError> {
        let answer = self.client.request(request).await;
        let answer = answer.map_err(|_| ApiError::Unreachable)?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        let body = body.map_err(|_| ApiError::Unreachable)?;
        Ok((status, body.to_bytes()))
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|_| ApiError::Unreadable)
}
