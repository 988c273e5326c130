//! Behind the queue.

use crate::clock::{Clock, Deadline};
use crate::serve::{chain, guarded};
use crate::sqs::decode;
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use bellhop_domain::queue::Task;
use futures_util::future::join_all;
use lambda_runtime::{Context, LambdaEvent, service_fn};
use std::convert::Infallible;
use std::sync::Arc;
use tracing::{Instrument, info_span};

/// Serves a function behind the queue until Lambda ends it.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve_tasks<H, F>(clock: Clock, handler: H) -> Result<(), crate::Error>
where
    H: Fn(Task, Deadline) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), crate::Error>> + Send + 'static,
{
    let handler = Arc::new(handler);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| {
        let (handler, clock) = (Arc::clone(&handler), clock.clone());
        async move {
            let (batch, context) = event.into_parts();
            Ok::<_, Infallible>(work_off(&clock, &*handler, batch, &context).await)
        }
    }))
    .await
}

/// Works on all records of a batch at once, each alone: one that cannot be read, fails, panics or
/// runs out of time is reported, and the others are done.
pub async fn work_off<H, F>(
    clock: &Clock,
    handler: &H,
    batch: SqsEvent,
    context: &Context,
) -> SqsBatchResponse
where
    H: Fn(Task, Deadline) -> F,
    F: Future<Output = Result<(), crate::Error>>,
{
    let deadline = Deadline::new(clock.clone(), context.deadline);
    let records = batch.records.iter().map(|record| {
        let message = record.message_id.as_deref().unwrap_or_default();
        let span = info_span!("request", request_id = context.request_id, message);
        attempt(handler, &deadline, record).instrument(span)
    });
    let failed = join_all(records).await.into_iter().flatten();
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failed.map(failure).collect();
    response
}

/// The record's id, if it has to come again.
async fn attempt<H, F>(handler: &H, deadline: &Deadline, record: &SqsMessage) -> Option<String>
where
    H: Fn(Task, Deadline) -> F,
    F: Future<Output = Result<(), crate::Error>>,
{
    let task = decode(record.body.as_deref().unwrap_or_default());
    let error = match task {
        Err(unreadable) => chain(&unreadable),
        Ok(task) => match guarded(deadline, async { handler(task, deadline.clone()).await }).await {
            Ok(Ok(())) => return None,
            Ok(Err(error)) => chain(&*error),
            Err(cut) => chain(&cut),
        },
    };
    tracing::error!(error, "the message was not worked off");
    Some(record.message_id.clone().unwrap_or_default())
}

fn failure(message: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = message;
    failure
}
