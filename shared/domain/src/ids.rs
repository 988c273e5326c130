//! Ids: a prefix and a UUIDv7 in base32. They order by time and are never secrets.

use crate::Timestamp;
use data_encoding::{Encoding, Specification};
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt;
use std::sync::LazyLock;
use thiserror::Error;
use uuid::Uuid;

/// Base32 of RFC 4648 "extended hex", lower case, unpadded: it sorts as its bytes do.
#[expect(clippy::expect_used, reason = "a constant alphabet; a test encodes with it")]
static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghijklmnopqrstuv");
    spec.encoding().expect("the alphabet is valid")
});

/// A text that is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is not a {prefix} id")]
pub struct InvalidId {
    prefix: &'static str,
}

/// The system's random source failed; nothing may go on without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

/// Bytes from the system's random source.
///
/// # Errors
/// When the system cannot give any.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// Bytes as sortable base32 text.
pub(crate) fn to_base32(bytes: &[u8]) -> String {
    BASE32.encode(bytes)
}

/// The bytes of a base32 text, `None` when it is not one.
pub(crate) fn from_base32(text: &str) -> Option<Vec<u8>> {
    BASE32.decode(text.as_bytes()).ok()
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id, ordered by `now`.
            ///
            /// # Errors
            /// When the system gives no random bytes.
            pub fn generate(now: Timestamp) -> Result<Self, NoRandomness> {
                let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
                Ok(Self(uuid::Builder::from_unix_timestamp_millis(millis, &random_bytes()?).into_uuid()))
            }

            /// Reads an id with its prefix.
            ///
            /// # Errors
            /// When the prefix or the 26 characters behind it are wrong.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let bytes = text.strip_prefix($prefix).and_then(from_base32);
                let bytes = bytes.and_then(|b| <[u8; 16]>::try_from(b).ok());
                bytes.map(Self::from_bytes).ok_or(InvalidId { prefix: $prefix })
            }

            /// The 16 bytes of the UUID.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// The id of 16 UUID bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The smallest id that can be made at `time`: ids made earlier sort before it.
            pub fn first_at(time: Timestamp) -> Self {
                let millis = u64::try_from(time.as_millisecond()).unwrap_or_default();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, to_base32(self.0.as_bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

id!(
    /// A session.
    SessionId, "ses_"
);
id!(
    /// One payment at a provider, made for a session.
    AttemptId, "att_"
);
id!(
    /// A line of a session's history.
    EventId, "evt_"
);
id!(
    /// A booking site's business.
    MerchantId, "mer_"
);
id!(
    /// An API key's public name.
    KeyId, "key_"
);

/// Where a session stands in the table: always under its merchant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The owner.
    pub merchant: MerchantId,
    /// The session.
    pub session: SessionId,
}
