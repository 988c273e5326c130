//! A provider that does what a test tells it, byte for byte.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// What becomes of one connection.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Takes a request and answers with these bytes.
    Answer(Vec<u8>),
    /// Takes a request, sends these bytes, and then nothing for ever.
    Hang(Vec<u8>),
    /// Takes a request and closes the connection.
    Close,
    /// Takes a request and resets the connection.
    Reset,
    /// Speaks before it is spoken to: no TLS server does.
    Blurt,
}

/// A server on this machine.
pub(crate) struct Server {
    /// Its address, such as `127.0.0.1:1234`.
    pub address: String,
    requests: UnboundedReceiver<String>,
}

/// A whole answer with a body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
    Act::Answer([head.as_bytes(), body.as_bytes()].concat())
}

impl Server {
    /// A server that does these things in turn, one per connection.
    pub async fn with(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, requests) = unbounded_channel();
        let acts: Vec<Act> = acts.into_iter().collect();
        tokio::spawn(async move {
            for act in acts {
                let (mut stream, _) = listener.accept().await.unwrap();
                if !matches!(act, Act::Blurt) {
                    let request = read(&mut stream).await;
                    reply(&mut stream, &act).await.unwrap();
                    sender.send(request).unwrap_or_default();
                }
                end(stream, &act).await;
            }
        });
        Self { address, requests }
    }

    /// The next request: head and body as they came, once it was answered.
    pub async fn request(&mut self) -> String {
        self.requests.recv().await.unwrap()
    }

    /// Whether no request came that was not asked for yet.
    pub fn is_quiet(&mut self) -> bool {
        self.requests.try_recv().is_err()
    }
}

/// Sends what there is to send.
pub(crate) async fn reply(stream: &mut TcpStream, act: &Act) -> std::io::Result<()> {
    match act {
        Act::Answer(bytes) | Act::Hang(bytes) => stream.write_all(bytes).await,
        Act::Close | Act::Reset | Act::Blurt => Ok(()),
    }
}

/// Leaves the connection as it is to be left.
pub(crate) async fn end(mut stream: TcpStream, act: &Act) {
    match act {
        Act::Hang(_) => std::future::pending().await,
        Act::Reset => stream.set_zero_linger().unwrap(),
        Act::Blurt => stream.write_all(b"220 not TLS\r\n").await.unwrap(),
        Act::Answer(_) | Act::Close => {}
    }
}

/// A whole request.
pub(crate) async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && body.len() >= length_in(head)
        {
            return text;
        }
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "the request broke off: {text}");
        bytes.extend_from_slice(&buffer[..count]);
    }
}

fn length_in(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    line.map_or(0, |length| length.parse().unwrap())
}
