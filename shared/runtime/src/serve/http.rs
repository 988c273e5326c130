//! Behind the HTTP API.

use crate::clock::Clock;
use crate::http::problem::{Code, Problem};
use crate::http::request::{Call, RequestId, route_of};
use crate::http::respond::{Reply, finish};
use crate::serve::{Cut, chain, guarded};
use http::StatusCode;
use lambda_http::{Request, service_fn};
use std::convert::Infallible;
use std::sync::Arc;
use tracing::{Instrument, info_span};

/// How a problem looks: JSON for callers of the API, a page for payers.
pub type Render = fn(&Problem, &RequestId) -> Reply;

/// Serves an HTTP function until Lambda ends it. Whatever the handler does, there is an answer:
/// `render` makes one of its problems, of a panic, of the deadline and of a body that is too large.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve_http<H, F>(clock: Clock, render: Render, handler: H) -> Result<(), crate::Error>
where
    H: Fn(Call) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Reply, Problem>> + Send + 'static,
{
    let handler = Arc::new(handler);
    lambda_http::run(service_fn(move |request: Request| {
        let (handler, clock) = (Arc::clone(&handler), clock.clone());
        async move { Ok::<_, Infallible>(answer(&clock, render, &*handler, request).await) }
    }))
    .await
}

/// Answers one request, as [`serve_http`] does.
pub async fn answer<H, F>(clock: &Clock, render: Render, handler: &H, request: Request) -> Reply
where
    H: Fn(Call) -> F,
    F: Future<Output = Result<Reply, Problem>>,
{
    let id = RequestId::of(&request);
    let span = info_span!("request", request_id = id.as_str(), route = route_of(&request));
    let work = async {
        let call = Call::new(request, id.clone(), clock);
        let reply = handled(handler, call).await.unwrap_or_else(|problem| {
            log(&problem);
            render(&problem, &id)
        });
        finish(reply, &id)
    };
    work.instrument(span).await
}

async fn handled<H, F>(handler: &H, call: Result<Call, Problem>) -> Result<Reply, Problem>
where
    H: Fn(Call) -> F,
    F: Future<Output = Result<Reply, Problem>>,
{
    let call = call?;
    let deadline = call.deadline().clone();
    // The handler is called within the guard too: it may panic before its first await.
    match guarded(&deadline, async { handler(call).await }).await {
        Ok(done) => done,
        Err(cut @ Cut::Deadline) => Err(Problem::new(Code::Deadline).because(cut)),
        Err(cut @ Cut::Panic) => Err(Problem::new(Code::Internal).because(cut)),
    }
}

/// One line a problem: what lies underneath, where it is our trouble.
fn log(problem: &Problem) {
    let code = problem.code.as_str();
    let source = problem.source.as_deref();
    let source = source.map(|error| chain(error)).unwrap_or_default();
    if problem.code.status() >= StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(code, error = source, "the request failed");
    } else if source.is_empty() {
        tracing::info!(code, "the request was refused");
    } else {
        tracing::warn!(code, error = source, "the request was refused");
    }
}
