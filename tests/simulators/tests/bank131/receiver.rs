//! The service's webhook endpoint: keeps what arrives and answers as told.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use data_encoding::BASE64;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;

const PATH: &str = "/webhooks/bank131/main";
const BANK_PUBLIC_KEY: &str = include_str!("../../keys/test-only-bank-public.pem");
/// What stands before the key itself in a PUBLIC KEY of 2048 bits.
const PREFIX: usize = 24;

/// A message as it arrived.
#[derive(Clone)]
pub struct Letter {
    pub signature: String,
    pub raw: String,
    pub body: Value,
}

impl Letter {
    /// Whether the bank signed exactly these bytes.
    pub fn is_genuine(&self) -> bool {
        let der: String = BANK_PUBLIC_KEY.lines().filter(|line| !line.starts_with('-')).collect();
        let der = BASE64.decode(der.as_bytes()).unwrap();
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &der[PREFIX..]);
        let signature = BASE64.decode(self.signature.as_bytes()).unwrap();
        key.verify(self.raw.as_bytes(), &signature).is_ok()
    }

    /// The type it tells.
    pub fn event(&self) -> &str {
        self.body["type"].as_str().unwrap()
    }
}

struct Inbox {
    letters: Vec<Letter>,
    answer: StatusCode,
}

/// The endpoint.
pub struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    /// An endpoint that answers 200.
    pub async fn new() -> Self {
        let inbox = Arc::new(Mutex::new(Inbox { letters: Vec::new(), answer: StatusCode::OK }));
        let router = Router::new().route(PATH, post(keep)).with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inbox }
    }

    /// Sets the status of further answers.
    pub fn answer(&self, status: u16) {
        self.inbox.lock().unwrap().answer = StatusCode::from_u16(status).unwrap();
    }

    /// Everything that arrived, in order.
    pub fn letters(&self) -> Vec<Letter> {
        self.inbox.lock().unwrap().letters.clone()
    }

    /// The types that were told, in order.
    pub fn events(&self) -> Vec<String> {
        self.letters().iter().map(|letter| letter.event().to_owned()).collect()
    }
}

async fn keep(State(inbox): State<Arc<Mutex<Inbox>>>, headers: HeaderMap, raw: String) -> StatusCode {
    assert_eq!(headers["content-type"], "application/json");
    let signature = headers["x-partner-sign"].to_str().unwrap().to_owned();
    let body = serde_json::from_str(&raw).unwrap();
    let mut inbox = inbox.lock().unwrap();
    inbox.letters.push(Letter { signature, raw, body });
    inbox.answer
}
