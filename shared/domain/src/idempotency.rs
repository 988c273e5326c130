//! The same request twice gets the same answer, and does one thing.

use crate::ids::SessionId;
use crate::text::Invalid;
use crate::{SignedDuration, Timestamp};
use ring::digest::{Context, SHA256};

/// How long an answer is kept.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// After this long without an answer, whoever asked first is dead: longer than any function runs.
pub const ABANDONED_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// SHA-256 of an `Idempotency-Key`; the key itself is the caller's.
pub type KeyHash = [u8; 32];

/// A caller's claim to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Hash of the caller's key.
    pub key: KeyHash,
    /// SHA-256 of the request: the same key with another is a mistake.
    pub fingerprint: [u8; 32],
    /// The session that the request opens.
    pub session: SessionId,
    /// When the request came first.
    pub claimed_at: Timestamp,
    /// What was answered; `None` while it is still running.
    pub answer: Option<StoredAnswer>,
}

/// An answer kept to be given again, byte for byte. It holds no payer token: see [`TOKEN_MARK`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// Headers beyond those that every answer has.
    pub headers: Vec<(String, String)>,
    /// The body, with [`TOKEN_MARK`] where the payer's token stood.
    pub body: String,
}

/// Stands in a stored answer for the payer's token, which is never stored.
pub const TOKEN_MARK: &str = "{payer_token}";

impl Claim {
    /// When the claim may be forgotten.
    pub fn expires_at(&self) -> Timestamp {
        self.claimed_at.saturating_add(KEPT_FOR).unwrap_or(Timestamp::MAX)
    }

    /// Whether whoever made the claim can still be at work.
    pub fn is_running(&self, now: Timestamp) -> bool {
        self.answer.is_none()
            && now < self.claimed_at.saturating_add(ABANDONED_AFTER).unwrap_or(Timestamp::MAX)
    }
}

/// Hashes an `Idempotency-Key`: 1 to 255 visible ASCII characters.
///
/// # Errors
/// When it is longer, empty or holds anything else.
pub fn hash_key(key: &str) -> Result<KeyHash, Invalid> {
    let visible = key.bytes().all(|b| b.is_ascii_graphic());
    if key.is_empty() || key.len() > 255 || !visible {
        return Err(Invalid("must be 1 to 255 visible ASCII characters"));
    }
    Ok(sha256(&[key.as_bytes()]))
}

/// The fingerprint of a request: what it does, and the exact bytes of its body.
pub fn fingerprint(operation: &str, body: &[u8]) -> [u8; 32] {
    sha256(&[operation.as_bytes(), &[0], body])
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    bytes
}
