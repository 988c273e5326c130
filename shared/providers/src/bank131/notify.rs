//! Webhook messages: proved by `X-PARTNER-SIGN`, and read only for where to look.

use super::client::SIGN;
use super::keys::BankKeys;
use super::wire::Message;
use bellhop_domain::ids::SessionId;
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::ProviderPaymentId;

/// What tells of a payment (docs, "Webhooks"); other kinds may be about anything.
const OF_PAYMENTS: [&str; 5] =
    ["ready_to_confirm", "ready_to_capture", "action_required", "payment_finished", "payment_refunded"];

/// Proves a message with any of the bank's keys and names the session it is about.
///
/// There is no time in the proof, so an old message can be sent again: it only causes a look.
pub(super) fn read(keys: &BankKeys, raw: &RawNotification<'_>) -> Result<Vec<Notification>, VerifyError> {
    if keys.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    let proved = raw.header(SIGN).is_some_and(|signature| keys.prove(raw.body, signature));
    if !proved {
        return Err(VerifyError::BadProof);
    }
    let message: Message = serde_json::from_slice(raw.body).map_err(|_| VerifyError::Unreadable("body"))?;
    let Some(session) = message.session else {
        let elsewhere = !OF_PAYMENTS.contains(&message.kind.as_str());
        return if elsewhere { Ok(Vec::new()) } else { Err(VerifyError::Unreadable("session")) };
    };
    let payment = ProviderPaymentId::parse(&session.id).ok_or(VerifyError::Unreadable("session.id"))?;
    let session = session.ours().and_then(|id| SessionId::parse(&id).ok());
    Ok(vec![Notification { payment, session }])
}
