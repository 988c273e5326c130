//! Webhook messages: proved by `Pay-Signature`, and read only for where to look.

use super::wire::{Message, SESSION_KEY};
use bellhop_domain::ids::SessionId;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::ProviderPaymentId;
use data_encoding::HEXLOWER;
use ring::hmac;

/// Lower-case hex of the HMAC-SHA256 of the raw body (`WebhookMessageSignatureGenerator.java`).
const HEADER: &str = "Pay-Signature";

/// Proves a message with any of the account's keys and names the payment it is about.
///
/// There is no time in the proof, so an old message can be sent again: it only causes a look.
pub(super) fn read(keys: &[hmac::Key], raw: &RawNotification<'_>) -> Result<Vec<Notification>, VerifyError> {
    if keys.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    if !is_proved(keys, raw) {
        return Err(VerifyError::BadProof);
    }
    let message: Message = serde_json::from_slice(raw.body).map_err(|_| VerifyError::Unreadable("body"))?;
    // "payment" in the docs, "PAYMENT" in what was seen; disputes are not ours.
    if !message.resource_type.eq_ignore_ascii_case("payment") {
        return Ok(Vec::new());
    }
    let id = message.resource_id.as_deref();
    let payment = id.and_then(ProviderPaymentId::parse);
    let payment = payment.ok_or(VerifyError::Unreadable("resource_id"))?;
    let session = session_of(&message);
    Ok(vec![Notification { payment, session }])
}

/// Tries every key, each in constant time.
fn is_proved(keys: &[hmac::Key], raw: &RawNotification<'_>) -> bool {
    let hex = raw.header(HEADER).map(str::as_bytes);
    let Some(tag) = hex.and_then(|hex| HEXLOWER.decode(hex).ok()) else {
        return false;
    };
    keys.iter().any(|key| hmac::verify(key, raw.body, &tag).is_ok())
}

fn session_of(message: &Message) -> Option<SessionId> {
    let resource = message.resource.as_ref()?;
    let echoed = resource.get("metadata")?.get(SESSION_KEY)?.as_str()?;
    SessionId::parse(echoed).ok()
}
