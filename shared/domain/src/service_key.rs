//! Our own secret key, and what is derived from it.

use ring::hmac;
use std::fmt;
use subtle::ConstantTimeEq;

/// 256 secret bits of this installation, with the previous ones while they are rotated.
#[derive(Clone)]
pub struct ServiceKeys {
    current: hmac::Key,
    previous: Option<hmac::Key>,
}

/// What a tag is for. A tag made for one purpose never proves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Hashes of API keys.
    ApiKey,
    /// The secret part of payer links.
    PayerLink,
    /// The key with which a merchant checks a signed return.
    ReturnSigning,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::ApiKey => b"bellhop/api-key/1",
            Self::PayerLink => b"bellhop/payer-link/1",
            Self::ReturnSigning => b"bellhop/return-signing/1",
        }
    }
}

impl ServiceKeys {
    /// Keys from their bytes.
    pub fn new(current: &[u8; 32], previous: Option<&[u8; 32]>) -> Self {
        let key = |bytes: &[u8; 32]| hmac::Key::new(hmac::HMAC_SHA256, bytes);
        Self { current: key(current), previous: previous.map(key) }
    }

    /// The tag of `message` under the current key.
    pub fn tag(&self, purpose: Purpose, message: &[u8]) -> [u8; 32] {
        tag(&self.current, purpose, message)
    }

    /// The tags of `message` under each key, the current one first.
    pub fn tags(&self, purpose: Purpose, message: &[u8]) -> Vec<[u8; 32]> {
        let keys = std::iter::once(&self.current).chain(self.previous.as_ref());
        keys.map(|key| tag(key, purpose, message)).collect()
    }
}

fn tag(key: &hmac::Key, purpose: Purpose, message: &[u8]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    context.update(purpose.label());
    context.update(&[0]);
    context.update(message);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.sign().as_ref());
    bytes
}

impl fmt::Debug for ServiceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceKeys(..)")
    }
}

/// Whether two byte strings are equal, in a time that tells nothing of where they differ.
pub fn equal_in_constant_time(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}
