//! Webhook secrets that prove by HMAC.

use crate::settings::SettingsError;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};

/// More than one is only needed while a webhook secret is rotated.
const MAX_WEBHOOK_SECRETS: usize = 4;

/// One HMAC-SHA256 key per secret, whose UTF-8 bytes are the key; none where no webhook is set up.
///
/// # Errors
/// When there are too many, or one is empty.
pub(crate) fn webhook_keys(secrets: &[SecretString]) -> Result<Vec<hmac::Key>, SettingsError> {
    let wrong = |problem| SettingsError { setting: "secret.webhook_secrets", problem };
    if secrets.len() > MAX_WEBHOOK_SECRETS {
        return Err(wrong("must be four at most"));
    }
    let texts = || secrets.iter().map(SecretString::expose_secret);
    if texts().any(|text| text.trim().is_empty()) {
        return Err(wrong("must not hold an empty one"));
    }
    Ok(texts().map(|text| hmac::Key::new(hmac::HMAC_SHA256, text.as_bytes())).collect())
}
