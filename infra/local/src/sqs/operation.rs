//! The operations served; `AddPermission` and `RemovePermission` are not, as nothing here is guarded.

use serde::{Deserialize, Serialize};

/// An operation, named as in the API reference's "Actions".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is described by the API reference under its name")]
pub enum Operation {
    CancelMessageMoveTask,
    ChangeMessageVisibility,
    ChangeMessageVisibilityBatch,
    CreateQueue,
    DeleteMessage,
    DeleteMessageBatch,
    DeleteQueue,
    GetQueueAttributes,
    GetQueueUrl,
    ListDeadLetterSourceQueues,
    ListMessageMoveTasks,
    ListQueueTags,
    ListQueues,
    PurgeQueue,
    ReceiveMessage,
    SendMessage,
    SendMessageBatch,
    SetQueueAttributes,
    StartMessageMoveTask,
    TagQueue,
    UntagQueue,
}

impl Operation {
    /// Reads the header `X-Amz-Target`: `AmazonSQS.` and a name.
    pub(super) fn from_target(target: &str) -> Option<Self> {
        let name = target.strip_prefix("AmazonSQS.")?;
        serde_json::from_value(name.into()).ok()
    }

    /// Whether the operation gives messages in or out, so that one can be doubled.
    pub(super) fn moves_messages(self) -> bool {
        matches!(self, Self::SendMessage | Self::SendMessageBatch | Self::ReceiveMessage)
    }
}
