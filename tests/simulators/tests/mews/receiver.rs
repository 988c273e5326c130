//! The service's webhook endpoint: keeps what arrives and answers as told.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bellhop_simulators::mews::Webhook;
use serde_json::Value;

use crate::stage::text;

pub const TOKEN: &str = "a-secret-in-the-path";

/// A message as it arrived.
#[derive(Clone)]
pub struct Letter {
    pub token: String,
    pub content_type: String,
    pub raw: String,
    pub body: Value,
}

impl Letter {
    /// The ids of `PaymentUpdated`, in order.
    pub fn payments(&self) -> Vec<String> {
        let events = self.body["Events"].as_array().unwrap().iter();
        let updated = events.filter(|event| event["Discriminator"] == "PaymentUpdated");
        updated.map(|event| text(&event["Value"]["Id"])).collect()
    }
}

struct Inbox {
    letters: Vec<Letter>,
    answer: Option<StatusCode>,
}

/// The endpoint.
pub struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    /// An endpoint that answers 202.
    pub async fn new() -> Self {
        let inbox = Arc::new(Mutex::new(Inbox { letters: Vec::new(), answer: Some(StatusCode::ACCEPTED) }));
        let router = Router::new()
            .route("/webhooks/mews/{token}", post(keep))
            .route("/moved/{token}", post(keep))
            .with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/webhooks/mews/{TOKEN}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inbox }
    }

    /// The settings that lead here.
    pub fn webhook(&self) -> Webhook {
        Webhook::at(&self.url, TOKEN)
    }

    /// Sets the status of further answers; a 307 leads to another address.
    pub fn answer(&self, status: u16) {
        self.inbox.lock().unwrap().answer = Some(StatusCode::from_u16(status).unwrap());
    }

    /// Never answers from now on.
    pub fn hang(&self) {
        self.inbox.lock().unwrap().answer = None;
    }

    /// Everything that arrived, in order.
    pub fn letters(&self) -> Vec<Letter> {
        self.inbox.lock().unwrap().letters.clone()
    }
}

async fn keep(
    State(inbox): State<Arc<Mutex<Inbox>>>,
    Path(token): Path<String>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    raw: String,
) -> Response {
    let content_type = headers["content-type"].to_str().unwrap().to_owned();
    let letter = Letter { token, content_type, body: serde_json::from_str(&raw).unwrap(), raw };
    let answer = {
        let mut inbox = inbox.lock().unwrap();
        inbox.letters.push(letter);
        inbox.answer
    };
    match answer {
        Some(StatusCode::TEMPORARY_REDIRECT) if uri.path().starts_with("/webhooks") => {
            let host = headers["host"].to_str().unwrap();
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("http://{host}/moved/{TOKEN}"))])
                .into_response()
        }
        Some(StatusCode::TEMPORARY_REDIRECT) => StatusCode::NO_CONTENT.into_response(),
        Some(status) => status.into_response(),
        None => std::future::pending().await,
    }
}
