//! The service's webhook endpoint: keeps what arrives and answers as told.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use ring::hmac;
use serde_json::Value;

use crate::stage::SECRET;

/// A message as it arrived.
#[derive(Clone)]
pub struct Letter {
    pub signature: String,
    pub raw: Vec<u8>,
    pub body: Value,
}

impl Letter {
    /// Whether it was signed with this secret, as the documentation tells receivers to check.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let expected: String =
            hmac::sign(&key, &self.raw).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        expected == self.signature
    }

    /// Whether it is genuine.
    pub fn is_genuine(&self) -> bool {
        self.is_signed_with(SECRET)
    }

    /// The event it tells.
    pub fn event(&self) -> &str {
        self.body["event_type"].as_str().unwrap()
    }

    /// The id of the message.
    pub fn id(&self) -> &str {
        self.body["webhook_message_id"].as_str().unwrap()
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
        let router = Router::new().route("/hook", post(keep)).with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
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

    /// The events that arrived, in order.
    pub fn events(&self) -> Vec<String> {
        self.letters().iter().map(|letter| letter.event().to_owned()).collect()
    }
}

async fn keep(State(inbox): State<Arc<Mutex<Inbox>>>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    assert_eq!(headers["content-type"], "application/json");
    let signature = headers["pay-signature"].to_str().unwrap().to_owned();
    let letter = Letter { signature, body: serde_json::from_slice(&raw).unwrap(), raw: raw.to_vec() };
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
