//! Callbacks: a GET whose query carries a plain hash, and so no more than a hint where to look.
//!
//! docs, "notifications-via-callback-url". The checksum runs the values together without a mark
//! between them and leaves the names out, so one checksum fits many messages: `amount=100` reads as
//! `amount=1100` when the digit before it gives way. Nothing but the reservation's id is read.

use bellhop_domain::notification::{Notification, RawNotification, VerifyError};
use bellhop_domain::provider::ProviderPaymentId;
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::form_urlencoded::parse;

const CHECKSUM: &str = "checksum";

/// The reservation's id, though it is named after the other product.
const UUID: &str = "orderUuid";

/// Which values are hashed, by the age of the merchant's account at Front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Formula {
    /// The page's first revisions.
    Created,
    /// Revision 1179.
    Timed,
    /// Today: every value that came, in its order, but for the checksum.
    All,
}

impl Formula {
    /// The names of the older formulas.
    const fn names(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Created => Some(&[UUID, "status", "createdAt"]),
            Self::Timed => Some(&[UUID, "status", "createdAt", "amount", "timestamp"]),
            Self::All => None,
        }
    }

    /// What is hashed ahead of the secret; `None` when a value is missing or doubled.
    fn text(self, pairs: &[(String, String)]) -> Option<String> {
        match self.names() {
            Some(names) => names.iter().map(|name| only(pairs, name)).collect(),
            None => {
                let hashed = pairs.iter().filter(|(name, _)| name != CHECKSUM);
                Some(hashed.map(|(_, value)| value.as_str()).collect())
            }
        }
    }
}

/// Proves a callback with any of the account's secrets and names the reservation it is about.
///
/// Any status is taken, `RESEVRED` too: the docs misspell it, and only the details count. There is no
/// bound on `timestamp`: how long they try again is not known, and an old message only causes a look.
pub(super) fn read(
    secrets: &[SecretString],
    formula: Formula,
    raw: &RawNotification<'_>,
) -> Result<Vec<Notification>, VerifyError> {
    if secrets.is_empty() {
        return Err(VerifyError::NoSecret);
    }
    // As PHP fills `$_GET`: percent-decoded, plus signs as spaces.
    let pairs: Vec<(String, String)> = parse(raw.query.as_bytes()).into_owned().collect();
    let sum = only(&pairs, CHECKSUM).ok_or(VerifyError::BadProof)?;
    let text = formula.text(&pairs).ok_or(VerifyError::BadProof)?;
    if !secrets.iter().any(|secret| proves(secret, &text, sum)) {
        return Err(VerifyError::BadProof);
    }
    let payment = only(&pairs, UUID).and_then(ProviderPaymentId::parse);
    let payment = payment.ok_or(VerifyError::Unreadable(UUID))?;
    Ok(vec![Notification { payment, session: None }])
}

/// The value of a parameter that stands there once.
fn only<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    let mut named = pairs.iter().filter(|(one, _)| one == name);
    let (_, value) = named.next()?;
    named.next().is_none().then_some(value.as_str())
}

/// `hash('sha256', $routeParameters . $secretKey)`, compared in constant time.
fn proves(secret: &SecretString, text: &str, sum: &str) -> bool {
    let wanted = digest(&SHA256, format!("{text}{}", secret.expose_secret()).as_bytes());
    HEXLOWER.encode(wanted.as_ref()).as_bytes().ct_eq(sum.as_bytes()).into()
}
