//! Behind the schedule.

use crate::clock::{Clock, Deadline};
use crate::serve::{chain, guarded};
use lambda_runtime::{Context, LambdaEvent, service_fn};
use serde::de::IgnoredAny;
use std::sync::Arc;
use tracing::{Instrument, info_span};

/// A run that failed. Why is in the log; Lambda counts it, and an alarm reads the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the run failed; the log says why")]
pub struct RunFailed;

/// Serves a function behind the schedule until Lambda ends it. The event itself says nothing.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve_schedule<H, F>(clock: Clock, handler: H) -> Result<(), crate::Error>
where
    H: Fn(Deadline) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), crate::Error>> + Send + 'static,
{
    let handler = Arc::new(handler);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<IgnoredAny>| {
        let (handler, clock) = (Arc::clone(&handler), clock.clone());
        async move { Ok::<_, crate::Error>(run(&clock, &*handler, &event.context).await?) }
    }))
    .await
}

/// One run.
///
/// # Errors
/// When the handler fails, panics or runs out of time.
pub async fn run<H, F>(clock: &Clock, handler: &H, context: &Context) -> Result<(), RunFailed>
where
    H: Fn(Deadline) -> F,
    F: Future<Output = Result<(), crate::Error>>,
{
    let deadline = Deadline::new(clock.clone(), context.deadline);
    let work = async {
        let error = match guarded(&deadline, async { handler(deadline.clone()).await }).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => chain(&*error),
            Err(cut) => chain(&cut),
        };
        tracing::error!(error, "the run failed");
        Err(RunFailed)
    };
    let span = info_span!("request", request_id = context.request_id);
    work.instrument(span).await
}
