//! Webhook messages: proved by the secret in our address alone, and read only for where to look.
//!
//! docs, "General Webhooks" and "Webhooks FAQ": there is no signature and no content type, the same
//! change may come twice, and most changes are about payments that are not ours.

use super::ids::Id;
use super::wire::{Event, Message};
use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::text::AccountName;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// The only change that is about money.
const PAYMENT_UPDATED: &str = "PaymentUpdated";

/// Proves a message with any of the account's secrets and names the payments it is about: by their own
/// ids, which [`super::facets`] leads back to payment requests.
pub(super) fn read(
    secrets: &[SecretString],
    account: &AccountName,
    raw: &RawNotification<'_>,
) -> Result<Vec<Notification>, VerifyError> {
    if secrets.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    let shown = shown(raw.path, account).ok_or(VerifyError::BadProof)?;
    if !secrets.iter().any(|secret| bool::from(secret.expose_secret().as_bytes().ct_eq(shown.as_bytes()))) {
        return Err(VerifyError::BadProof);
    }
    let message: Message = serde_json::from_slice(raw.body).map_err(|_| VerifyError::Unreadable("body"))?;
    let mut named: Vec<Notification> = Vec::new();
    for event in message.events.iter().filter(|event| event.discriminator == PAYMENT_UPDATED) {
        let payment = payment_of(event).ok_or(VerifyError::Unreadable("Id"))?;
        let one = Notification { payment, session: None };
        if !named.contains(&one) {
            named.push(one);
        }
    }
    Ok(named)
}

/// The last step of `../mews/{account}/{secret}`: a shorter address shows none.
fn shown<'p>(path: &'p str, account: &AccountName) -> Option<&'p str> {
    let mut steps = path.rsplit('/');
    let secret = steps.next()?;
    (steps.next() == Some(account.as_str()) && steps.next() == Some("mews")).then_some(secret)
}

fn payment_of(event: &Event) -> Option<ProviderPaymentId> {
    let id = Id::parse(event.value.get("Id")?.as_str()?)?;
    ProviderPaymentId::parse(id.as_str())
}
