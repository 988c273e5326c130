//! A plain HTTP client: one connection a call, no redirects, no retries.

use axum::body::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: hyper::HeaderMap,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// One header, or the empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Insists on an error answer with this status and code.
    pub fn refuses(&self, (status, code): (u16, &str), case: &dyn std::fmt::Display) {
        assert_eq!(self.status, status, "{case}: {}", self.body);
        assert_eq!(self.json()["code"], code, "{case}: {}", self.body);
    }
}

/// What to send.
pub struct Call<'a> {
    pub method: &'a str,
    pub url: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: String,
}

/// Sends, and reads the whole answer. An error when the connection ends without one.
pub async fn send(call: Call<'_>) -> Result<Answer, hyper::Error> {
    let answer = send_head(call).await?;
    let (parts, body) = answer.into_parts();
    let body = body.collect().await?.to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
}

/// Sends, and returns as soon as the head of the answer is there.
pub async fn send_head(call: Call<'_>) -> Result<Response<hyper::body::Incoming>, hyper::Error> {
    let uri: Uri = call.url.parse().unwrap();
    let authority = uri.authority().unwrap().as_str().to_owned();
    let stream = TcpStream::connect(&authority).await.unwrap();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::builder().method(call.method).uri(path).header("host", authority);
    for (name, value) in call.headers {
        request = request.header(name, value);
    }
    sender.send_request(request.body(Full::new(Bytes::from(call.body))).unwrap()).await
}
