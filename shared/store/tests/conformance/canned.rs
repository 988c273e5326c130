//! A server that gives prepared answers, one connection after another, and one session to store.

use crate::emulator::{TABLE, config};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{AsyncSleep, Sleep, StalledStreamProtectionConfig};
use bellhop_domain::Timestamp;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::attempt::Attempt;
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::idempotency::Claim;
use bellhop_domain::ids::{AttemptId, EventId, MerchantId, SessionId, SessionKey};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::session::Session;
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_store::DynamoStore;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Pauses that were asked for; none is made. What is longer than a second is a time-out of the SDK's
/// and never comes.
#[derive(Debug, Default)]
pub struct Pauses(pub Mutex<Vec<Duration>>);

impl AsyncSleep for Pauses {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > Duration::from_secs(1) {
            return Sleep::new(std::future::pending());
        }
        self.0.lock().unwrap().push(duration);
        Sleep::new(std::future::ready(()))
    }
}

/// A store whose table answers as told.
pub struct Canned {
    pub store: DynamoStore,
    pub pauses: Arc<Pauses>,
    /// The bodies that were sent.
    pub requests: Arc<Mutex<Vec<String>>>,
}

impl Canned {
    /// Gives `answers` in turn: HTTP status and body.
    pub async fn answering(answers: Vec<(u16, String)>) -> Self {
        Self::with(answers, RetryConfig::disabled()).await
    }

    /// The same, with the SDK's own retries.
    pub async fn with(answers: Vec<(u16, String)>, retries: RetryConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (pauses, requests) = (Arc::<Pauses>::default(), Arc::default());
        tokio::spawn(serve(listener, answers, Arc::clone(&requests)));
        let config = config(&address)
            .retry_config(retries)
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .sleep_impl(Arc::clone(&pauses))
            .build();
        Self { store: DynamoStore::new(Client::from_conf(config), TABLE.to_owned()), pauses, requests }
    }

    pub fn calls(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

async fn serve(listener: TcpListener, answers: Vec<(u16, String)>, requests: Arc<Mutex<Vec<String>>>) {
    for (status, body) in answers {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        requests.lock().unwrap().push(request);
        if status == 0 {
            continue;
        }
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.0\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let read = stream.read_buf(&mut bytes).await.unwrap();
        assert!(read > 0, "the request has no end");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap_or_default();
        let length = length.split("\r\n").next().unwrap_or_default();
        if length.parse() == Ok(body.len()) {
            return body.to_owned();
        }
    }
}

/// A session that could be opened, with its first event and its claim.
pub fn session() -> (Session, Event, Claim) {
    let now = Timestamp::from_millisecond(1_795_176_000_000).unwrap();
    let session = Session {
        key: SessionKey {
            merchant: MerchantId::from_bytes([1; 16]),
            session: SessionId::from_bytes([2; 16]),
        },
        wish: wish(),
        mode: Mode::Test,
        attempts: vec![Attempt::intent(AttemptId::from_bytes([3; 16]), now)],
        closed: false,
        review: None,
        paid_late: false,
        paid_elsewhere: false,
        link: [4; 32],
        expires_at: now,
        created_at: now,
        updated_at: now,
        version: 1,
        sequence: 1,
    };
    let event = Event {
        id: EventId::from_bytes([5; 16]),
        sequence: 1,
        kind: EventKind::Created,
        status: session.status(),
        attempt: None,
        cause: Cause::Create,
        at: now,
    };
    let claim = Claim {
        key: [6; 32],
        fingerprint: [7; 32],
        session: session.key.session,
        claimed_at: now,
        answer: None,
    };
    (session, event, claim)
}

fn wish() -> Wish {
    Wish {
        account: AccountRef::parse("govuk_pay/harbor").unwrap(),
        amount: Money::new(14_500, Currency::GBP).unwrap(),
        reference: Reference::parse("RES-1").unwrap(),
        description: Description::parse("Two nights").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/", true).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::new(),
        options: Options::default(),
    }
}
