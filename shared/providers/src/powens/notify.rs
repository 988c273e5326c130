//! Webhook messages: proved by `BI-Signature`, and read only for where to look.

use super::wire::Message;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::ProviderPaymentId;
use data_encoding::BASE64;
use ring::hmac;

/// base64 of the HMAC-SHA256 of `METHOD.path.date.body` (docs, "Webhooks", "HMAC signature").
const SIGNATURE: &str = "BI-Signature";
/// The date in it, as text. Whether a message that is sent again gets a new one is not documented, so
/// none is too old: it only causes a look, and two clocks need not agree (I13).
const DATE: &str = "BI-Signature-Date";

/// Proves a message with any of the account's keys and names the payment it is about.
///
/// The id of the message (`id_webhook_data`) is not read: to look twice does no harm.
pub(super) fn read(
    keys: &[hmac::Key],
    path: Option<&str>,
    raw: &RawNotification<'_>,
) -> Result<Vec<Notification>, VerifyError> {
    if keys.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    if !is_proved(keys, path.unwrap_or(raw.path), raw) {
        return Err(VerifyError::BadProof);
    }
    let message: Message = serde_json::from_slice(raw.body).map_err(|_| VerifyError::Unreadable("body"))?;
    let payment = ProviderPaymentId::parse(&message.id.to_string());
    let payment = payment.ok_or(VerifyError::Unreadable("id"))?;
    Ok(vec![Notification { payment, session: None }])
}

/// Tries every key, each in constant time.
fn is_proved(keys: &[hmac::Key], path: &str, raw: &RawNotification<'_>) -> bool {
    let tag = raw.header(SIGNATURE).and_then(|text| BASE64.decode(text.as_bytes()).ok());
    let (Some(tag), Some(date)) = (tag, raw.header(DATE)) else {
        return false;
    };
    let head = format!("{}.{path}.{date}.", raw.method);
    let signed = [head.as_bytes(), raw.body].concat();
    keys.iter().any(|key| hmac::verify(key, &signed, &tag).is_ok())
}
