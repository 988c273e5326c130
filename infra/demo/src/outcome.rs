//! The signed outcome that a payer carries back in the address of our page.
//!
//! `signature` is the lower-case hex HMAC-SHA256 of `session_id.status.expires`; its key is the text
//! of the merchant's return signing secret, byte for byte. It proves who wrote the words and when
//! they stop counting. It is a convenience: what is shown as the booking's state is asked for.

use data_encoding::HEXLOWER;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// What stands in the query, all of it the browser's word until it is checked.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Claim {
    /// The session.
    #[serde(default)]
    pub session_id: String,
    /// Its status.
    #[serde(default)]
    pub status: String,
    /// Until when the words count, seconds since 1970.
    #[serde(default)]
    pub expires: String,
    /// The proof.
    #[serde(default)]
    pub signature: String,
}

/// What a claim is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The payer brought no claim.
    Nothing,
    /// The payment service wrote it, and it still counts.
    Good,
    /// The payment service wrote it, and its time is over.
    Expired,
    /// Somebody else wrote it, or changed it.
    Forged,
}

/// Checks a claim at `now`, seconds since 1970.
pub fn check(claim: &Claim, secret: &SecretString, now: i64) -> Carried {
    if claim.signature.is_empty() {
        return Carried::Nothing;
    }
    let Ok(expires) = claim.expires.parse::<i64>() else {
        return Carried::Forged;
    };
    match proven(claim, secret) {
        true if now <= expires => Carried::Good,
        true => Carried::Expired,
        false => Carried::Forged,
    }
}

fn proven(claim: &Claim, secret: &SecretString) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let message = format!("{}.{}.{}", claim.session_id, claim.status, claim.expires);
    let tag = HEXLOWER.decode(claim.signature.as_bytes());
    // `verify` takes the same time wherever the two differ.
    tag.is_ok_and(|tag| hmac::verify(&key, message.as_bytes(), &tag).is_ok())
}
