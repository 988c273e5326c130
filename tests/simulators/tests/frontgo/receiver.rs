//! The service's callback endpoint: keeps what arrives and answers as told. It proves callbacks in its own way.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{Method, StatusCode};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::stage::{SECRET, Stage};

/// A callback as it arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    pub method: Method,
    pub query: String,
}

impl Letter {
    /// The parameters in the order received, decoded.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap();
            (decoded(name), decoded(value))
        };
        self.query.split('&').map(pair).collect()
    }

    /// One parameter.
    pub fn value(&self, name: &str) -> String {
        let found = self.pairs().into_iter().find(|(own, _)| own == name);
        found.unwrap_or_else(|| panic!("{name} in {}", self.query)).1
    }

    /// The names of the parameters, in the order received.
    pub fn names(&self) -> Vec<String> {
        self.pairs().into_iter().map(|(name, _)| name).collect()
    }

    /// Whether the checksum is that of every other value in the order received, and then the secret.
    pub fn is_genuine(&self) -> bool {
        let values = self.pairs().into_iter().filter(|(name, _)| name != "checksum");
        let text: String = values.map(|(_, value)| value).collect();
        self.value("checksum") == sha256(&format!("{text}{SECRET}"))
    }
}

/// Lower-case hex of SHA-256.
pub fn sha256(text: &str) -> String {
    let hash = digest(&SHA256, text.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let mut digit = || char::from(bytes.next().unwrap()).to_digit(16).unwrap();
        out.push(match byte {
            b'+' => b' ',
            b'%' => u8::try_from(digit() * 16 + digit()).unwrap(),
            byte => byte,
        });
    }
    String::from_utf8(out).unwrap()
}

struct Inbox {
    letters: Vec<Letter>,
    status: StatusCode,
}

/// The endpoint.
pub struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    /// An endpoint that answers 200.
    pub async fn new() -> Self {
        let status = StatusCode::OK;
        let inbox = Arc::new(Mutex::new(Inbox { letters: Vec::new(), status }));
        let router = Router::new().fallback(keep).with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hook/acct-1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inbox }
    }

    /// The change to a create request that names this endpoint.
    pub fn named(&self) -> [(&'static str, Value); 1] {
        [("/callback/callbackUrl", json!(self.url))]
    }

    /// A reservation that was paid and tells this endpoint; everything is sent.
    pub async fn paid_on(&self, stage: &Stage) -> String {
        let uuid = stage.paid(&self.named()).await;
        stage.tick().await;
        uuid
    }

    /// Sets the status of further answers.
    pub fn answer(&self, status: u16) {
        self.inbox.lock().unwrap().status = StatusCode::from_u16(status).unwrap();
    }

    /// Everything that arrived, in order.
    pub fn letters(&self) -> Vec<Letter> {
        self.inbox.lock().unwrap().letters.clone()
    }

    /// The statuses that arrived, in order.
    pub fn statuses(&self) -> Vec<String> {
        self.letters().iter().map(|letter| letter.value("status")).collect()
    }
}

async fn keep(
    State(inbox): State<Arc<Mutex<Inbox>>>,
    method: Method,
    RawQuery(query): RawQuery,
) -> StatusCode {
    let query = query.unwrap_or_default();
    let mut inbox = inbox.lock().unwrap();
    inbox.letters.push(Letter { method, query });
    inbox.status
}
