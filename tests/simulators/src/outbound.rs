//! One outgoing call over plain HTTP: enough for webhooks on this machine.

use std::time::Duration;

use axum::body::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::http::request::Builder;
use hyper::{Request, Response, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Redirects of one message.
const MOST_REDIRECTS: usize = 4;

/// What is sent.
pub struct Post {
    /// An `http://` address.
    pub url: String,
    /// Headers beside Host; without a `Content-Type` among them it is JSON's.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON text.
    pub body: Vec<u8>,
}

/// Sends a POST and returns the status of the answer.
///
/// # Errors
/// A sentence that says what went wrong; `timeout` when no answer came within `limit` of real time.
pub async fn post(post: &Post, limit: Duration) -> Result<u16, String> {
    let call = send(&post.url, |uri, host| request(post, uri, host));
    tokio::time::timeout(limit, call).await.map_err(|_| "timeout".to_owned())?
}

/// As [`post`], but goes where a 307 or 308 points, a few times. Returns the last status.
///
/// # Errors
/// As for [`post`].
pub async fn post_following(post: &Post, limit: Duration) -> Result<u16, String> {
    let call = async {
        let mut url = post.url.clone();
        for _ in 0..MOST_REDIRECTS {
            let answer = answer_of(&url, |uri, host| request(post, uri, host)).await?;
            let location = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            match (answer.status().as_u16(), location) {
                (307 | 308, Some(to)) => url = to.to_owned(),
                (status, _) => return Ok(status),
            }
        }
        Err("answer: too many redirects".to_owned())
    };
    tokio::time::timeout(limit, call).await.map_err(|_| "timeout".to_owned())?
}

/// Sends a GET without a body and returns the status of the answer.
///
/// # Errors
/// As for [`post`].
pub async fn get(url: &str, limit: Duration) -> Result<u16, String> {
    let call =
        send(url, |uri, host| finished(Request::get(path_of(uri)).header(header::HOST, host), Bytes::new()));
    tokio::time::timeout(limit, call).await.map_err(|_| "timeout".to_owned())?
}

async fn send(
    url: &str,
    request: impl FnOnce(&Uri, &str) -> Result<Request<Full<Bytes>>, String>,
) -> Result<u16, String> {
    answer_of(url, request).await.map(|answer| answer.status().as_u16())
}

async fn answer_of(
    url: &str,
    request: impl FnOnce(&Uri, &str) -> Result<Request<Full<Bytes>>, String>,
) -> Result<Response<Incoming>, String> {
    let uri: Uri = url.parse().map_err(|error| format!("address: {error}"))?;
    let host = uri.host().ok_or("address: no host")?;
    let port = uri.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port)).await.map_err(|error| format!("connect: {error}"))?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| format!("handshake: {error}"))?;
    let request = request(&uri, &format!("{host}:{port}"))?;
    let driver = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| format!("answer: {error}"));
    driver.abort();
    answer
}

fn request(post: &Post, uri: &Uri, host: &str) -> Result<Request<Full<Bytes>>, String> {
    let mut builder = Request::post(path_of(uri)).header(header::HOST, host);
    if !post.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        builder = builder.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in &post.headers {
        builder = builder.header(*name, value);
    }
    finished(builder, Bytes::from(post.body.clone()))
}

fn path_of(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |path| path.as_str())
}

fn finished(builder: Builder, body: Bytes) -> Result<Request<Full<Bytes>>, String> {
    builder.body(Full::new(body)).map_err(|error| format!("request: {error}"))
}
