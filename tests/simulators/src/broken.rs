//! Answers that a network or a proxy spoiled.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use tokio::time::{Sleep, sleep};

/// Marks an answer that must not be sent: the server closes the connection instead.
#[derive(Clone, Copy)]
pub struct HangUp;

/// Closes the connection without an answer.
pub fn hang_up() -> Response {
    let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    answer.extensions_mut().insert(HangUp);
    answer
}

/// Keeps the status and says something that is not JSON.
pub fn garbage(status: StatusCode) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], &b"\x00\xff{{not json"[..]).into_response()
}

/// Keeps the status and answers with a web page, as a proxy's maintenance page would.
pub fn web_page(status: StatusCode) -> Response {
    let page =
        "<!DOCTYPE html><html lang=\"en\"><title>Sorry</title><h1>Sorry, there is a problem</h1></html>";
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Whole answer of a handler, for a change to its body.
pub async fn body_of(answer: &mut Response) -> Bytes {
    let body = std::mem::replace(answer.body_mut(), Body::empty());
    to_bytes(body, usize::MAX).await.unwrap_or_default()
}

/// Sends the first half of the body and calls it whole.
pub async fn truncated(mut answer: Response) -> Response {
    let body = body_of(&mut answer).await;
    with_body(answer, Body::from(body.slice(..body.len() / 2)))
}

/// Sends the body one byte at a time, `pause` apart in real time.
pub async fn slow_drip(mut answer: Response, pause: Duration) -> Response {
    let body = body_of(&mut answer).await;
    let length = HeaderValue::from(body.len());
    let drip = Drip { rest: body, pause, sleep: Box::pin(sleep(Duration::ZERO)) };
    let mut answer = with_body(answer, Body::new(drip));
    answer.headers_mut().insert(CONTENT_LENGTH, length);
    answer
}

/// The same answer with another body and no stated length.
pub fn with_body(mut answer: Response, body: Body) -> Response {
    answer.headers_mut().remove(CONTENT_LENGTH);
    *answer.body_mut() = body;
    answer
}

struct Drip {
    rest: Bytes,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if self.sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.sleep = Box::pin(sleep(self.pause));
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(1)))))
    }
}
