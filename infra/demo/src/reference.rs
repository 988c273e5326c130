//! Booking references: what the merchant, the payer and the payment service call a booking.

use data_encoding::BASE32_NOPAD;
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt;
use thiserror::Error;

const PREFIX: &str = "RES-";

/// Characters behind the prefix, at most.
const LONGEST: usize = 40;

/// A booking reference such as `RES-K7QJ2MZD`: letters, digits and hyphens, safe in any address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

/// The system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

impl Reference {
    /// A new one, of 40 random bits. It is not a secret: it only has to be new.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 5];
        SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes))))
    }

    /// Reads a reference that a payer typed or a browser brought.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let tail = text.strip_prefix(PREFIX)?;
        let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        ((1..=LONGEST).contains(&tail.len()) && tail.bytes().all(fine)).then_some(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
