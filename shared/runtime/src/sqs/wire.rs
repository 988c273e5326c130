//! What the messages look like.
//!
//! They are version 1. A release reads what the previous one wrote (I14): fields may be added, and a
//! new meaning needs a new type or version.

use bellhop_domain::account::AccountRef;
use bellhop_domain::ids::{MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::{ProviderName, ProviderPaymentId};
use bellhop_domain::queue::{Notice, Task};
use bellhop_domain::text::AccountName;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What this release writes.
const VERSION: u64 = 1;

/// A message that this release cannot read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnreadableTask {
    /// Not a JSON object with a version and a type.
    #[error("the message is not a JSON object with a version and a type")]
    NotATask,
    /// Written by a release that is newer than this one.
    #[error("the message has version {0}, which this release does not know")]
    UnknownVersion(u64),
    /// A type that this release does not know.
    #[error("the message has the type {0:?}, which this release does not know")]
    UnknownType(String),
    /// A field is missing or wrong.
    #[error("the message's field {0} is missing or wrong")]
    BadField(&'static str),
}

#[derive(Default, Serialize, Deserialize)]
struct Wire {
    v: u64,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
}

/// A wish to look at a session, as it goes on the queue.
pub fn encode_look(key: SessionKey) -> String {
    let wire = Wire {
        v: VERSION,
        kind: "look".to_owned(),
        merchant: Some(key.merchant.to_string()),
        session: Some(key.session.to_string()),
        ..Wire::default()
    };
    encode(&wire)
}

/// A verified notification, as it goes on the queue.
pub fn encode_notice(notice: Notice<'_>) -> String {
    let notification = notice.notification.get();
    let wire = Wire {
        v: VERSION,
        kind: "notified".to_owned(),
        provider: Some(notice.account.provider.as_str().to_owned()),
        account: Some(notice.account.name.as_str().to_owned()),
        merchant: Some(notice.merchant.to_string()),
        payment: Some(notification.payment.as_str().to_owned()),
        session: notification.session.map(|session| session.to_string()),
    };
    encode(&wire)
}

/// Texts and numbers alone: this cannot fail, and an empty message would be refused by SQS.
fn encode(wire: &Wire) -> String {
    serde_json::to_string(wire).unwrap_or_default()
}

/// Reads a message.
///
/// # Errors
/// Names what this release does not know.
pub fn decode(body: &str) -> Result<Task, UnreadableTask> {
    let wire: Wire = serde_json::from_str(body).map_err(|_| UnreadableTask::NotATask)?;
    if wire.v != VERSION {
        return Err(UnreadableTask::UnknownVersion(wire.v));
    }
    match wire.kind.as_str() {
        "look" => wire.look(),
        "notified" => wire.notified(),
        other => Err(UnreadableTask::UnknownType(other.chars().take(40).collect())),
    }
}

impl Wire {
    fn look(&self) -> Result<Task, UnreadableTask> {
        Ok(Task::Look(SessionKey {
            merchant: self.merchant()?,
            session: self.session()?.ok_or(UnreadableTask::BadField("session"))?,
        }))
    }

    fn notified(&self) -> Result<Task, UnreadableTask> {
        let account = AccountRef {
            provider: field("provider", self.provider.as_deref(), ProviderName::parse)?,
            name: field("account", self.account.as_deref(), |text| AccountName::parse(text).ok())?,
        };
        Ok(Task::Notified {
            account,
            merchant: self.merchant()?,
            payment: field("payment", self.payment.as_deref(), ProviderPaymentId::parse)?,
            session: self.session()?,
        })
    }

    fn merchant(&self) -> Result<MerchantId, UnreadableTask> {
        field("merchant", self.merchant.as_deref(), |text| MerchantId::parse(text).ok())
    }

    fn session(&self) -> Result<Option<SessionId>, UnreadableTask> {
        let session = self.session.as_deref().map(SessionId::parse).transpose();
        session.map_err(|_| UnreadableTask::BadField("session"))
    }
}

fn field<T>(
    name: &'static str,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, UnreadableTask> {
    text.and_then(parse).ok_or(UnreadableTask::BadField(name))
}
