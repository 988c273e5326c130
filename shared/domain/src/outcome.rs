//! The signed outcome that a payer carries back to the booking site.

use crate::ids::MerchantId;
use crate::service_key::{Purpose, ServiceKeys};
use crate::session::Session;
use crate::{SignedDuration, Timestamp};
use data_encoding::HEXLOWER;
use ring::hmac;
use secrecy::SecretString;
use url::Url;

/// How long a signed outcome is good for.
pub const VALID_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The session's return URL with `session_id`, `status`, `expires` and `signature`.
///
/// The signature is the lower-case hex HMAC-SHA256 of `session_id.status.expires` under the
/// merchant's signing key. A convenience: the API is the truth.
pub fn signed_return(session: &Session, keys: &ServiceKeys, now: Timestamp) -> Url {
    let (id, status) = (session.key.session.to_string(), session.status());
    let expires = now.as_second().saturating_add(VALID_FOR.as_secs()).to_string();
    let key = signing_key(session.key.merchant, keys);
    let tag = hmac::sign(&key, format!("{id}.{status}.{expires}").as_bytes());
    let mut url = session.wish.return_url.url().clone();
    url.query_pairs_mut()
        .append_pair("session_id", &id)
        .append_pair("status", status.as_str())
        .append_pair("expires", &expires)
        .append_pair("signature", &HEXLOWER.encode(tag.as_ref()));
    url
}

/// The text with which a merchant checks signed outcomes: the bytes of this text are the HMAC key.
pub fn signing_secret(merchant: MerchantId, keys: &ServiceKeys) -> SecretString {
    let tag = keys.tag(Purpose::ReturnSigning, &merchant.to_bytes());
    format!("bhsig_{}", HEXLOWER.encode(&tag)).into()
}

fn signing_key(merchant: MerchantId, keys: &ServiceKeys) -> hmac::Key {
    use secrecy::ExposeSecret;
    hmac::Key::new(hmac::HMAC_SHA256, signing_secret(merchant, keys).expose_secret().as_bytes())
}
