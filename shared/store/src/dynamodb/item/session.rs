//! The row of a session.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `version` | the session's version: a write counts only over the one before |
//! | `status` | the derived status, for filters; not read back |
//! | `n` | sequence number of the last event |
//! | `m` | mode |
//! | `at` | attempts, oldest first: see `attempt.rs` |
//! | `cl`, `rv`, `pl`, `pe` | closed, reason for a review, paid late, paid elsewhere |
//! | `h` | hash of the payer's token |
//! | `x`, `c`, `u` | expires, created, updated |
//!
//! The wish stands beside them: see `wish.rs`. Merchant, session and reference are read from the keys.

use super::super::keys;
use super::{Item, Reader, Writer, attempt, row, wish};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::account::Mode;
use bellhop_domain::session::{ReviewReason, Session};
use bellhop_domain::store::{Due, StoreError};

/// Counts the writes.
pub(in super::super) const VERSION: &str = "version";
/// The derived status.
pub(in super::super) const STATUS: &str = "status";
const SEQUENCE: &str = "n";
const MODE: &str = "m";
const ATTEMPTS: &str = "at";
const CLOSED: &str = "cl";
const REVIEW: &str = "rv";
const PAID_LATE: &str = "pl";
const PAID_ELSEWHERE: &str = "pe";
const LINK: &str = "h";
const EXPIRES: &str = "x";
const CREATED: &str = "c";
const UPDATED: &str = "u";

/// The row of a session.
pub(in super::super) fn write(session: &Session) -> Item {
    let mut row = row(keys::session(session.key));
    index(&mut row, session);
    wish::write(&mut row, &session.wish);
    let attempts = session.attempts.iter().map(attempt::write).collect();
    row.number(VERSION, session.version)
        .text(STATUS, session.status())
        .number(SEQUENCE, session.sequence)
        .text(MODE, session.mode)
        .put(ATTEMPTS, AttributeValue::L(attempts))
        .flag(CLOSED, session.closed)
        .optional(REVIEW, session.review.map(super::text))
        .flag(PAID_LATE, session.paid_late)
        .flag(PAID_ELSEWHERE, session.paid_elsewhere)
        .bytes(LINK, &session.link)
        .time(EXPIRES, session.expires_at)
        .time(CREATED, session.created_at)
        .time(UPDATED, session.updated_at);
    row.0
}

/// The keys of the indexes; those of the due index only while the session needs a look.
fn index(row: &mut Writer, session: &Session) {
    let key = session.key;
    let reference = keys::reference_pk(key.merchant, session.mode, &session.wish.reference);
    row.text(keys::REFERENCE_PK, reference).text(keys::REFERENCE_SK, key.session);
    if let Some(since) = session.due_at() {
        let account = Some(session.wish.account.clone());
        let due = Due { session: key, since, account };
        row.0.extend(keys::due(&due));
    }
}

/// Reads a session's row.
pub(in super::super) fn read(item: &Item) -> Result<Session, StoreError> {
    let row = Reader::new(item);
    let mode = row.parsed(MODE, Mode::parse)?;
    let attempts = row.maps(ATTEMPTS, "at.")?;
    Ok(Session {
        key: row.parsed(keys::PK, keys::parse_session_pk)?,
        wish: wish::read(row, mode)?,
        mode,
        attempts: attempts.into_iter().map(attempt::read).collect::<Result<_, _>>()?,
        closed: row.flag(CLOSED)?,
        review: row.maybe_parsed(REVIEW, ReviewReason::parse)?,
        paid_late: row.flag(PAID_LATE)?,
        paid_elsewhere: row.flag(PAID_ELSEWHERE)?,
        link: row.bytes(LINK)?,
        expires_at: row.time(EXPIRES)?,
        created_at: row.time(CREATED)?,
        updated_at: row.time(UPDATED)?,
        version: row.number(VERSION)?,
        sequence: row.number(SEQUENCE)?,
    })
}

/// Reads the keys that the due index keeps.
pub(in super::super) fn read_due(item: &Item) -> Result<Due, StoreError> {
    let row = Reader::new(item);
    let session = row.parsed(keys::PK, keys::parse_session_pk)?;
    let (since, account) = row.parsed(keys::DUE_SK, keys::parse_due_sk)?;
    Ok(Due { session, since, account })
}
