//! One outgoing POST over plain HTTP: enough for webhooks on this machine.

use std::time::Duration;

use axum::body::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper::{Request, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What is sent.
pub struct Post {
    /// An `http://` address.
    pub url: String,
    /// Headers beside Host and Content-Type.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON text.
    pub body: Vec<u8>,
}

/// Sends a POST and returns the status of the answer.
///
/// # Errors
/// A sentence that says what went wrong; `timeout` when no answer came within `limit` of real time.
pub async fn post(post: &Post, limit: Duration) -> Result<u16, String> {
    tokio::time::timeout(limit, send(post)).await.map_err(|_| "timeout".to_owned())?
}

async fn send(post: &Post) -> Result<u16, String> {
    let uri: Uri = post.url.parse().map_err(|error| format!("address: {error}"))?;
    let host = uri.host().ok_or("address: no host")?;
    let port = uri.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port)).await.map_err(|error| format!("connect: {error}"))?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| format!("handshake: {error}"))?;
    let request = request(post, &uri, &format!("{host}:{port}"))?;
    let driver = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| format!("answer: {error}"));
    driver.abort();
    answer.map(|answer| answer.status().as_u16())
}

fn request(post: &Post, uri: &Uri, host: &str) -> Result<Request<Full<Bytes>>, String> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut builder =
        Request::post(path).header(header::HOST, host).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in &post.headers {
        builder = builder.header(*name, value);
    }
    builder.body(Full::new(Bytes::from(post.body.clone()))).map_err(|error| format!("request: {error}"))
}
