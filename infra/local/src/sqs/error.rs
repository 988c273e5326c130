//! The errors SQS answers with, and how each looks on the wire.

/// An error of an SQS call.
///
/// Body and header follow the guide's "Interpreting Amazon SQS JSON API responses"
/// (SQSDeveloperGuide/sqs-json-api-responses.html); the texts are for people, not for code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", kind.code())]
pub struct SqsError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// One sentence for a person.
    pub message: String,
}

/// The kinds of errors; the names are those of the API reference's "Errors" sections and of
/// its page "Common Error Types".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named and described by the API reference")]
pub enum ErrorKind {
    BatchEntryIdsNotDistinct,
    BatchRequestTooLong,
    EmptyBatchRequest,
    InternalFailure,
    InvalidAction,
    InvalidAttributeName,
    InvalidAttributeValue,
    InvalidBatchEntryId,
    InvalidMessageContents,
    InvalidParameterValue,
    MalformedInput,
    MessageNotInflight,
    MissingParameter,
    PurgeQueueInProgress,
    QueueDeletedRecently,
    QueueDoesNotExist,
    QueueNameExists,
    ReceiptHandleIsInvalid,
    RequestThrottled,
    ResourceNotFoundException,
    TooManyEntriesInBatchRequest,
    UnsupportedOperation,
}

impl ErrorKind {
    /// The code SDKs show: what the query protocol called the error, sent in `x-amzn-query-error`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BatchEntryIdsNotDistinct => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            Self::BatchRequestTooLong => "AWS.SimpleQueueService.BatchRequestTooLong",
            Self::EmptyBatchRequest => "AWS.SimpleQueueService.EmptyBatchRequest",
            Self::InternalFailure => "InternalFailure",
            Self::InvalidAction => "InvalidAction",
            Self::InvalidAttributeName => "InvalidAttributeName",
            Self::InvalidAttributeValue => "InvalidAttributeValue",
            Self::InvalidBatchEntryId => "AWS.SimpleQueueService.InvalidBatchEntryId",
            Self::InvalidMessageContents => "InvalidMessageContents",
            Self::InvalidParameterValue => "InvalidParameterValue",
            Self::MalformedInput => "MalformedInput",
            Self::MessageNotInflight => "AWS.SimpleQueueService.MessageNotInflight",
            Self::MissingParameter => "MissingParameter",
            Self::PurgeQueueInProgress => "AWS.SimpleQueueService.PurgeQueueInProgress",
            Self::QueueDeletedRecently => "AWS.SimpleQueueService.QueueDeletedRecently",
            Self::QueueDoesNotExist => "AWS.SimpleQueueService.NonExistentQueue",
            Self::QueueNameExists => "QueueAlreadyExists",
            Self::ReceiptHandleIsInvalid => "ReceiptHandleIsInvalid",
            Self::RequestThrottled => "RequestThrottled",
            Self::ResourceNotFoundException => "ResourceNotFoundException",
            Self::TooManyEntriesInBatchRequest => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            Self::UnsupportedOperation => "AWS.SimpleQueueService.UnsupportedOperation",
        }
    }

    /// The body's `__type`. Errors that the service model does not list come from AWS's common
    /// layer under other names; those names are what SDK reports show, not documented: a guess.
    #[must_use]
    pub fn shape(self) -> String {
        match self {
            Self::InternalFailure => "com.amazon.coral.service#InternalFailure".into(),
            Self::InvalidAction => "com.amazon.coral.service#UnknownOperationException".into(),
            Self::InvalidParameterValue => "com.amazon.coral.service#InvalidParameterValueException".into(),
            Self::MalformedInput => "com.amazon.coral.service#SerializationException".into(),
            Self::MissingParameter => "com.amazon.coral.service#MissingRequiredParameterException".into(),
            modeled => format!("com.amazonaws.sqs#{modeled:?}"),
        }
    }

    /// The HTTP status, as the API reference gives it beside the error; 404 for a bad receipt
    /// handle is what callers report, not documented: a guess.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::InternalFailure => 500,
            Self::PurgeQueueInProgress => 403,
            Self::ReceiptHandleIsInvalid | Self::ResourceNotFoundException => 404,
            _ => 400,
        }
    }

    /// Whether the caller is to blame: the second half of `x-amzn-query-error`, and a failed
    /// batch entry's `SenderFault`.
    #[must_use]
    pub fn is_sender_fault(self) -> bool {
        self.status() < 500
    }
}

impl SqsError {
    /// An error of `kind` that tells a person `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub(super) fn invalid(parameter: &str, value: impl std::fmt::Display, reason: &str) -> Self {
        let message = format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}");
        Self::new(ErrorKind::InvalidParameterValue, message)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        let message = format!("The request must contain the parameter {parameter}.");
        Self::new(ErrorKind::MissingParameter, message)
    }

    pub(super) fn no_queue() -> Self {
        Self::new(ErrorKind::QueueDoesNotExist, "The specified queue does not exist.")
    }
}
