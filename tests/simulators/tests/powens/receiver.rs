//! The service's webhook endpoint: keeps what arrives and answers as told.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use ring::hmac;
use serde_json::Value;

use crate::stage::HOOK_SECRET;

/// Where the endpoint listens.
pub const PATH: &str = "/webhooks/powens/main";

/// A message as it arrived.
#[derive(Clone)]
pub struct Letter {
    pub date: String,
    pub signature: String,
    pub raw: String,
    pub body: Value,
}

impl Letter {
    /// Whether it was signed for this path with this secret, as the documentation tells receivers to check.
    pub fn is_signed_with(&self, secret: &str, path: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let mut signing = hmac::Context::with_key(&key);
        for part in ["POST", ".", path, ".", &self.date, ".", &self.raw] {
            signing.update(part.as_bytes());
        }
        let encoded = data_encoding::BASE64.encode(signing.sign().as_ref());
        encoded == self.signature
    }

    /// Whether it is genuine.
    pub fn is_genuine(&self) -> bool {
        self.is_signed_with(HOOK_SECRET, PATH)
    }

    /// The state it tells.
    pub fn state(&self) -> &str {
        self.body["state"].as_str().unwrap()
    }

    /// `id_webhook_data`.
    pub fn id(&self) -> u64 {
        self.body["id_webhook_data"].as_u64().unwrap()
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
    /// An endpoint that answers 200.
    pub async fn new() -> Self {
        let inbox = Arc::new(Mutex::new(Inbox { letters: Vec::new(), answer: Some(StatusCode::OK) }));
        let router = Router::new().route(PATH, post(keep)).with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.unwrap();
        let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inbox }
    }

    /// Sets the status of further answers.
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

    /// The states that were told, in order.
    pub fn states(&self) -> Vec<String> {
        let letters = self.letters();
        letters.iter().map(|letter| letter.state().to_owned()).collect()
    }
}

async fn keep(State(inbox): State<Arc<Mutex<Inbox>>>, headers: HeaderMap, raw: String) -> StatusCode {
    assert_eq!(headers["content-type"], "application/json");
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let letter = Letter {
        date: header("bi-signature-date"),
        signature: header("bi-signature"),
        body: serde_json::from_slice(&Bytes::from(raw.clone())).unwrap(),
        raw,
    };
    let answer = {
        let mut inbox = inbox.lock().unwrap();
        inbox.letters.push(letter);
        inbox.answer
    };
    match answer {
        Some(status) => status,
        None => std::future::pending().await,
    }
}
