//! The keys of the one table, and the only place that makes or reads them.
//!
//! | Row | `pk` | `sk` |
//! |---|---|---|
//! | session | `M#{merchant}#S#{session}` | `SESSION` |
//! | event | `M#{merchant}#S#{session}` | `EVENT#{sequence, 12 digits}` |
//! | claim | `M#{merchant}#I#{key hash, hex}` | `CLAIM` |
//! | hold on a reference | `M#{merchant}#R#{mode}#{reference}` | `HOLD` |
//! | merchant | `M#{merchant}` | `MERCHANT` |
//! | API key | `M#{merchant}` | `KEY#{key}` |
//! | account | `A#{provider}#{account}` | `ACCOUNT` |
//! | payment | `A#{provider}#{account}#P#{payment}` | `PAYMENT` |
//!
//! | Index | Partition | Sort | Rows |
//! |---|---|---|---|
//! | `due` | `due_pk` = `DUE#{shard, 2 digits}` | `due_sk` = `{milliseconds, 15 digits}#{merchant}{session}#{provider}/{account}` | sessions that need a look |
//! | `reference` | `reference_pk` = `M#{merchant}#R#{mode}#{reference}` | `reference_sk` = `{session}` | all sessions |
//!
//! An earlier release wrote no account at the end of a `due_sk`.
//!
//! Every row is under its merchant or its account (I12). Ids have a fixed length, account names and
//! payments hold no `#`, and free text stands last, so two things never share a key.

use super::item::Item;
use crate::shard;
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::Timestamp;
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::idempotency::KeyHash;
use bellhop_domain::ids::{KeyId, MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::store::Due;
use bellhop_domain::text::Reference;
use data_encoding::HEXLOWER;

/// Partition key of the table.
pub(super) const PK: &str = "pk";
/// Sort key of the table.
pub(super) const SK: &str = "sk";
/// The index of sessions that need a look; keys only.
pub(super) const DUE_INDEX: &str = "due";
/// Partition key of [`DUE_INDEX`].
pub(super) const DUE_PK: &str = "due_pk";
/// Sort key of [`DUE_INDEX`].
pub(super) const DUE_SK: &str = "due_sk";
/// The index of a merchant's sessions by booking; whole rows.
pub(super) const REFERENCE_INDEX: &str = "reference";
/// Partition key of [`REFERENCE_INDEX`].
pub(super) const REFERENCE_PK: &str = "reference_pk";
/// Sort key of [`REFERENCE_INDEX`].
pub(super) const REFERENCE_SK: &str = "reference_sk";
/// Sort key of a merchant's own row.
pub(super) const MERCHANT: &str = "MERCHANT";

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    /// The key as attributes.
    pub(super) fn attributes(self) -> Item {
        let pair = [(PK, self.pk), (SK, self.sk)];
        pair.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))).into()
    }
}

pub(super) fn session(key: SessionKey) -> Key {
    Key::new(session_pk(key), "SESSION")
}

/// The partition of a session and its events.
pub(super) fn session_pk(key: SessionKey) -> String {
    format!("M#{}#S#{}", key.merchant, key.session)
}

/// Reads the partition of a session back.
pub(super) fn parse_session_pk(pk: &str) -> Option<SessionKey> {
    let (merchant, session) = pk.strip_prefix("M#")?.split_once("#S#")?;
    Some(SessionKey { merchant: MerchantId::parse(merchant).ok()?, session: SessionId::parse(session).ok()? })
}

pub(super) fn event(key: SessionKey, sequence: u64) -> Key {
    Key::new(session_pk(key), event_sk(sequence))
}

/// The sort key of an event; all events lie between those of 0 and [`LAST_EVENT`].
pub(super) fn event_sk(sequence: u64) -> String {
    format!("EVENT#{:012}", sequence.min(LAST_EVENT))
}

/// The largest sequence number that fits in 12 digits.
pub(super) const LAST_EVENT: u64 = 999_999_999_999;

pub(super) fn claim(merchant: MerchantId, key: &KeyHash) -> Key {
    Key::new(format!("M#{merchant}#I#{}", HEXLOWER.encode(key)), "CLAIM")
}

/// Reads the key hash of a claim back.
pub(super) fn parse_claim_pk(pk: &str) -> Option<KeyHash> {
    let (_, hex) = pk.split_once("#I#")?;
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

pub(super) fn hold(merchant: MerchantId, mode: Mode, reference: &Reference) -> Key {
    Key::new(reference_pk(merchant, mode, reference), "HOLD")
}

/// The partition of a booking: its hold in the table, its sessions in [`REFERENCE_INDEX`].
/// Tests and real money never stand in each other's way.
pub(super) fn reference_pk(merchant: MerchantId, mode: Mode, reference: &Reference) -> String {
    format!("M#{merchant}#R#{mode}#{reference}")
}

/// Reads the reference of a booking's partition back.
pub(super) fn parse_reference_pk(pk: &str) -> Option<Reference> {
    let (_, booking) = pk.split_once("#R#")?;
    let (_, reference) = booking.split_once('#')?;
    Reference::parse(reference).ok()
}

/// The partition of a merchant and its keys.
pub(super) fn merchant_pk(merchant: MerchantId) -> String {
    format!("M#{merchant}")
}

pub(super) fn merchant(merchant: MerchantId) -> Key {
    Key::new(merchant_pk(merchant), MERCHANT)
}

pub(super) fn api_key(merchant: MerchantId, key: KeyId) -> Key {
    Key::new(merchant_pk(merchant), format!("KEY#{key}"))
}

/// Reads a merchant's partition back.
pub(super) fn parse_merchant_pk(pk: &str) -> Option<MerchantId> {
    MerchantId::parse(pk.strip_prefix("M#")?).ok()
}

/// Reads the key of an API key's row back; `None` for a row of another kind.
pub(super) fn parse_api_key_sk(sk: &str) -> Option<KeyId> {
    KeyId::parse(sk.strip_prefix("KEY#")?).ok()
}

pub(super) fn account(at: &AccountRef) -> Key {
    Key::new(account_pk(at), "ACCOUNT")
}

fn account_pk(at: &AccountRef) -> String {
    format!("A#{}#{}", at.provider, at.name.as_str())
}

pub(super) fn payment(at: &AccountRef, payment: &ProviderPaymentId) -> Key {
    let pk = format!("{}#P#{}", account_pk(at), payment.as_str());
    Key::new(pk, "PAYMENT")
}

/// The partition of a shard in [`DUE_INDEX`].
pub(super) fn due_pk(shard: u8) -> String {
    format!("DUE#{shard:02}")
}

/// Where a due session stands in [`DUE_INDEX`].
pub(super) fn due(due: &Due) -> [(String, AttributeValue); 2] {
    let shard = shard::of(due.session.session);
    [(DUE_PK, due_pk(shard)), (DUE_SK, due_sk(due))]
        .map(|(name, text)| (name.to_owned(), AttributeValue::S(text)))
}

/// The keys of a due session's row, as a Query of [`DUE_INDEX`] wants them to start behind it.
pub(super) fn due_start(at: &Due) -> Item {
    let mut keys = session(at.session).attributes();
    keys.extend(due(at));
    keys
}

/// The account stands last, so that what is due sorts by time whatever is known of it.
fn due_sk(due: &Due) -> String {
    let SessionKey { merchant, session } = due.session;
    let own = format!("{}#{merchant}{session}", due_time(due.since));
    match &due.account {
        Some(account) => format!("{own}#{account}"),
        None => own,
    }
}

/// Behind everything due at `now`, before everything due later: `$` follows `#`.
pub(super) fn due_until(now: Timestamp) -> String {
    format!("{}$", due_time(now))
}

/// Milliseconds, 15 digits wide: they sort as text until the year 33658.
fn due_time(time: Timestamp) -> String {
    format!("{:015}", time.as_millisecond().max(0))
}

/// Reads the moment of a `due_sk` back, and the account where one stands in it.
///
/// An account that this release cannot read, of a provider it does not know, is none: the rows beside
/// it in the page must not wait for it (I8).
pub(super) fn parse_due_sk(sk: &str) -> Option<(Timestamp, Option<AccountRef>)> {
    let (time, own) = sk.split_once('#')?;
    let account = own.split_once('#').and_then(|(_, account)| AccountRef::parse(account));
    Some((Timestamp::from_millisecond(time.parse().ok()?).ok()?, account))
}

#[cfg(test)]
mod tests;
