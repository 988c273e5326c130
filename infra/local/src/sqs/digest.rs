//! The checksums SQS returns, and the content hash that stands in for a deduplication id.

use std::collections::BTreeMap;

use super::message::MessageAttribute;

/// The lower-case hex MD5 of a body (API reference, `MD5OfMessageBody`).
pub(super) fn of_body(body: &str) -> String {
    format!("{:x}", md5::compute(body))
}

/// The MD5 of message attributes; none gives none.
///
/// By name: length and bytes of name and of type, one byte 1 for text or 2 for binary, length
/// and bytes of the value, lengths as 4 bytes big-endian (SQSDeveloperGuide/sqs-message-metadata.html,
/// "Calculating the MD5 message digest for message attributes").
pub(super) fn of_attributes(attributes: &BTreeMap<String, MessageAttribute>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    for (name, attribute) in attributes {
        append(&mut bytes, name.as_bytes());
        append(&mut bytes, attribute.data_type.as_bytes());
        bytes.push(if attribute.is_binary() { 2 } else { 1 });
        append(&mut bytes, &attribute.value_bytes());
    }
    Some(format!("{:x}", md5::compute(bytes)))
}

fn append(bytes: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(part);
}

/// The deduplication id of a body on a queue with `ContentBasedDeduplication`: its SHA-256
/// (API reference, `SendMessage`, `MessageDeduplicationId`). Lower-case hex is a guess.
pub(super) fn content_id(body: &str) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, body.as_bytes());
    data_encoding::HEXLOWER.encode(hash.as_ref())
}
