//! The payer's link: 64 bytes that name a session and prove the right to pay it.

use crate::ids::{MerchantId, SessionId, SessionKey};
use crate::service_key::{Purpose, ServiceKeys, equal_in_constant_time};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};

/// A token of a payer's link. It names its session, so one read finds it; 256 bits prove it.
///
/// The proof is a keyed tag of the session's id. It is kept nowhere: the session holds its SHA-256,
/// and whoever holds the service key can show the link again.
#[derive(Debug, Clone)]
pub struct PayerToken {
    session: SessionKey,
    text: SecretString,
}

/// SHA-256 of a token's text, kept with the session.
pub type TokenHash = [u8; 32];

impl PayerToken {
    /// The token of a new session.
    pub fn issue(session: SessionKey, keys: &ServiceKeys) -> Self {
        Self::with_proof(session, &keys.tag(Purpose::PayerLink, &session_bytes(session)))
    }

    /// The token whose hash is kept, made again under whichever service key made it.
    pub fn reissue(session: SessionKey, hash: &TokenHash, keys: &ServiceKeys) -> Option<Self> {
        let proofs = keys.tags(Purpose::PayerLink, &session_bytes(session));
        let mut tokens = proofs.iter().map(|proof| Self::with_proof(session, proof));
        tokens.find(|token| token.proves(hash))
    }

    /// Reads the token of a link. It proves nothing until [`Self::proves`] says so.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = <[u8; 64]>::try_from(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let (merchant, rest) = bytes.split_first_chunk::<16>()?;
        let (session, _proof) = rest.split_first_chunk::<16>()?;
        let session = SessionKey {
            merchant: MerchantId::from_bytes(*merchant),
            session: SessionId::from_bytes(*session),
        };
        Some(Self { session, text: text.into() })
    }

    /// The session that the token names.
    pub const fn session(&self) -> SessionKey {
        self.session
    }

    /// Whether this is the token that was issued, in constant time.
    pub fn proves(&self, hash: &TokenHash) -> bool {
        equal_in_constant_time(&self.hash(), hash)
    }

    /// What is kept of the token.
    pub fn hash(&self) -> TokenHash {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, self.text.expose_secret().as_bytes()).as_ref());
        bytes
    }

    /// The text that goes into a link.
    pub const fn secret(&self) -> &SecretString {
        &self.text
    }

    fn with_proof(session: SessionKey, proof: &[u8; 32]) -> Self {
        let text = BASE64URL_NOPAD.encode(&[&session_bytes(session)[..], proof].concat());
        Self { session, text: text.into() }
    }
}

fn session_bytes(key: SessionKey) -> Vec<u8> {
    [key.merchant.to_bytes(), key.session.to_bytes()].concat()
}
