//! Receipt handles: opaque to callers, here the name of one delivery of one message.

use super::error::{ErrorKind, SqsError};

/// One delivery: which entry of which queue, and which receive of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Receipt {
    pub queue: String,
    pub key: u64,
    pub receive: u32,
}

impl Receipt {
    /// The handle a caller gets. Every receive gives another one
    /// (API reference, `Message`, `ReceiptHandle`).
    pub(super) fn encode(&self) -> String {
        let plain = format!("{}/{}/{}", self.queue, self.key, self.receive);
        data_encoding::BASE64.encode(plain.as_bytes())
    }

    /// Reads a handle that a receive of `queue` gave.
    pub(super) fn decode(handle: &str, queue: &str) -> Result<Self, SqsError> {
        parse(handle).filter(|receipt| receipt.queue == queue).ok_or_else(|| {
            let message = format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
            SqsError::new(ErrorKind::ReceiptHandleIsInvalid, message)
        })
    }
}

fn parse(handle: &str) -> Option<Receipt> {
    let bytes = data_encoding::BASE64.decode(handle.as_bytes()).ok()?;
    let plain = String::from_utf8(bytes).ok()?;
    let mut parts = plain.split('/');
    let queue = parts.next()?.to_owned();
    let key = parts.next()?.parse().ok()?;
    let receive = parts.next()?.parse().ok()?;
    Some(Receipt { queue, key, receive })
}
