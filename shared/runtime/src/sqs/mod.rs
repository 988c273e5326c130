//! The queue of looks on SQS.

mod wire;

pub use wire::{UnreadableTask, decode, encode_look, encode_notice};

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry as Entry;
use bellhop_domain::ids::SessionKey;
use bellhop_domain::queue::{Notice, Queue, QueueError};
use futures_util::{StreamExt, TryStreamExt, stream};

/// Messages in one call, SQS's own limit.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>
const BATCH: usize = 10;

/// Calls at once.
const CALLS: usize = 4;

/// The queue of looks.
#[derive(Debug, Clone)]
pub struct SqsQueue {
    client: Client,
    url: String,
}

impl SqsQueue {
    /// The queue at `url`, the queue's own address as SQS gives it; the client decides where to connect.
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        let url = url.into();
        Self { client, url }
    }

    /// Opens the connection. SQS refuses a batch of nothing, and nothing happens
    /// (`EmptyBatchRequest`); no other call is harmless and within the functions' permissions.
    pub async fn connect(&self) {
        let batch = self.client.send_message_batch().queue_url(&self.url);
        let answer = batch.set_entries(Some(Vec::new())).send().await;
        tracing::debug!(refused = answer.is_err(), "the queue's connection is open");
    }

    /// Sends any number, ten in a call.
    async fn send_all(&self, bodies: &[String]) -> Result<(), QueueError> {
        let batches: Vec<_> = bodies.chunks(BATCH).map(|bodies| self.send_batch(bodies)).collect();
        stream::iter(batches).buffer_unordered(CALLS).try_collect().await
    }

    /// Sends ten at most; what SQS refuses is sent once more, and then it is an error.
    async fn send_batch(&self, bodies: &[String]) -> Result<(), QueueError> {
        let entries = bodies.iter().enumerate();
        let entries = entries.map(|(at, body)| entry(at, body)).collect();
        let refused = self.send_entries(entries).await?;
        if refused.is_empty() {
            return Ok(());
        }
        let again = bodies.iter().enumerate();
        let again = again.filter(|(at, _)| refused.contains(&at.to_string()));
        let again = again.map(|(at, body)| entry(at, body)).collect();
        let refused = self.send_entries(again).await?;
        let count = refused.len();
        let all = refused.is_empty().then_some(());
        all.ok_or_else(|| QueueError(format!("SQS refused {count} messages twice").into()))
    }

    /// The ids that SQS refused.
    async fn send_entries(&self, entries: Vec<Result<Entry, QueueError>>) -> Result<Vec<String>, QueueError> {
        let entries = entries.into_iter().collect::<Result<Vec<_>, _>>()?;
        let batch = self.client.send_message_batch().queue_url(&self.url);
        let answer = batch.set_entries(Some(entries)).send().await;
        let answer = answer.map_err(|error| QueueError(error.into()))?;
        Ok(answer.failed.into_iter().map(|entry| entry.id).collect())
    }
}

fn entry(at: usize, body: &str) -> Result<Entry, QueueError> {
    let entry = Entry::builder().id(at.to_string()).message_body(body).build();
    entry.map_err(|error| QueueError(error.into()))
}

#[async_trait]
impl Queue for SqsQueue {
    /// One, as most messages name, needs no batch.
    async fn notify(&self, notices: &[Notice<'_>]) -> Result<(), QueueError> {
        let bodies: Vec<String> = notices.iter().map(|notice| encode_notice(*notice)).collect();
        let [body] = bodies.as_slice() else {
            return self.send_all(&bodies).await;
        };
        let message = self.client.send_message().queue_url(&self.url).message_body(body);
        message.send().await.map(drop).map_err(|error| QueueError(error.into()))
    }

    async fn look(&self, due: &[SessionKey]) -> Result<(), QueueError> {
        let bodies: Vec<String> = due.iter().map(|key| encode_look(*key)).collect();
        self.send_all(&bodies).await
    }
}
