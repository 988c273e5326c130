//! A payment service that answers what a test tells it, and remembers what it was asked.

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;

/// The session that most tests are about.
pub const SESSION: &str = "ses_07a";

/// A create call as it arrived.
#[derive(Debug, Clone)]
pub struct Create {
    pub headers: HeaderMap,
    pub body: Value,
}

#[derive(Default)]
pub struct Told {
    /// The answer to every create.
    pub create: Option<(u16, Value)>,
    /// The sessions, by id.
    pub sessions: HashMap<String, Value>,
    /// The ids that the list holds, oldest first.
    pub list: Vec<String>,
    /// The create calls.
    pub creates: Vec<Create>,
    /// The paths and queries of the other calls.
    pub reads: Vec<String>,
}

#[derive(Clone)]
pub struct FakeApi {
    told: Arc<Mutex<Told>>,
    url: String,
}

impl FakeApi {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self { url: format!("http://{}", listener.local_addr().unwrap()), told: Arc::default() };
        let routes = Router::new()
            .route("/v1/sessions", post(create).get(list))
            .route("/v1/sessions/{id}", get(one))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        fake
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    /// Every create is answered with this.
    pub fn answer_creates(&self, status: u16, body: Value) {
        self.told().create = Some((status, body));
    }

    /// A session that can be read; `listed` says whether it is found by its reference too.
    pub fn hold(&self, session: Value, listed: bool) {
        let id = session["id"].as_str().unwrap().to_owned();
        let mut told = self.told();
        if listed {
            told.list.push(id.clone());
        }
        told.sessions.insert(id, session);
    }
}

async fn create(State(fake): State<FakeApi>, headers: HeaderMap, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    let mut told = fake.told();
    told.creates.push(Create { headers, body });
    match told.create.clone() {
        Some((status, body)) => answer(status, body),
        None => StatusCode::IM_A_TEAPOT.into_response(),
    }
}

async fn one(State(fake): State<FakeApi>, Path(id): Path<String>, request: Request) -> Response {
    let mut told = fake.told();
    told.reads.push(request.uri().to_string());
    match told.sessions.get(&id) {
        Some(session) => answer(200, session.clone()),
        None => answer(404, problem(404, "not_found", "Not found")),
    }
}

async fn list(State(fake): State<FakeApi>, request: Request) -> Response {
    let mut told = fake.told();
    told.reads.push(request.uri().to_string());
    let data: Vec<_> = told.list.iter().map(|id| &told.sessions[id]).collect();
    answer(200, json!({ "data": data, "has_more": false, "cursor": null }))
}

fn answer(status: u16, body: Value) -> Response {
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

/// A problem without fields.
pub fn problem(status: u16, code: &str, title: &str) -> Value {
    json!({
        "type": format!("https://docs.bellhop.example/errors#{code}"),
        "title": title, "status": status, "detail": format!("{title}, in a sentence."),
        "code": code, "errors": [], "request_id": "req-77",
    })
}

/// A session of booking RES-A1 as the API tells of it.
pub fn session(id: &str, status: &str) -> Value {
    let finished = matches!(status, "succeeded" | "failed" | "canceled" | "expired");
    let captured = if status == "succeeded" { 14_500 } else { 0 };
    json!({
        "id": id, "status": status, "finished": finished, "provider": "govuk_pay",
        "amount": { "value": 14_500, "currency": "GBP" },
        "authorized": 0, "captured": captured, "refunded": 0,
        "reference": "RES-A1", "description": "Harbour room, two nights",
        "return_url": "http://site.test/stay/RES-A1", "metadata": {},
        "pay_url": "http://pay.test/pay/token", "expires_at": "2026-11-20T19:30:00.000Z",
        "created_at": "2026-11-20T19:00:00.000Z", "updated_at": "2026-11-20T19:00:00.000Z",
        "attempt": { "id": "att_1", "status": status, "provider_payment_id": "pay1", "failure": null },
        "paid_late": false, "review": null, "_links": { "self": { "href": "http://api.test" } },
    })
}
