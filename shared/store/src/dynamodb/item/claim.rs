//! The row of a caller's claim, and the row of a hold on a booking reference.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `session` | the session that the request opened, or that holds the reference |
//! | `print` | fingerprint of the request |
//! | `at`, `ttl` | when it was claimed, when it is forgotten |
//! | `answer` | `s` status, `h` headers as pairs, `b` body; missing while the request runs |

use super::super::keys;
use super::{Item, Reader, SESSION, TTL, Writer, number, row, text};
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop_domain::idempotency::{Claim, StoredAnswer};
use bellhop_domain::ids::{MerchantId, SessionId};
use bellhop_domain::session::Session;
use bellhop_domain::store::StoreError;

/// The answer that was given.
pub(in super::super) const ANSWER: &str = "answer";
const FINGERPRINT: &str = "print";
const AT: &str = "at";
const STATUS: &str = "s";
const HEADERS: &str = "h";
const HEADER_NAME: &str = "n";
const HEADER_VALUE: &str = "v";
const BODY: &str = "b";

/// The row of a merchant's claim.
pub(in super::super) fn write(merchant: MerchantId, claim: &Claim) -> Item {
    let mut row = row(keys::claim(merchant, &claim.key));
    row.text(SESSION, claim.session)
        .bytes(FINGERPRINT, &claim.fingerprint)
        .time(AT, claim.claimed_at)
        .put(TTL, number(claim.expires_at().as_second()))
        .optional(ANSWER, claim.answer.as_ref().map(write_answer));
    row.0
}

/// Reads a claim's row.
pub(in super::super) fn read(item: &Item) -> Result<Claim, StoreError> {
    let row = Reader::new(item);
    Ok(Claim {
        key: row.parsed(keys::PK, keys::parse_claim_pk)?,
        fingerprint: row.bytes(FINGERPRINT)?,
        session: read_session(item)?,
        claimed_at: row.time(AT)?,
        answer: row.map(ANSWER, "answer.")?.map(read_answer).transpose()?,
    })
}

/// A stored answer as an attribute.
pub(in super::super) fn write_answer(answer: &StoredAnswer) -> AttributeValue {
    let headers = answer.headers.iter().map(|(name, value)| {
        let mut pair = Writer::default();
        pair.text(HEADER_NAME, name).text(HEADER_VALUE, value);
        AttributeValue::M(pair.0)
    });
    let mut map = Writer::default();
    map.number(STATUS, answer.status.into())
        .put(HEADERS, AttributeValue::L(headers.collect()))
        .text(BODY, &answer.body);
    AttributeValue::M(map.0)
}

fn read_answer(map: Reader<'_>) -> Result<StoredAnswer, StoreError> {
    let headers = map.maps(HEADERS, "answer.h.")?;
    let pair = |pair: Reader<'_>| Ok((pair.text(HEADER_NAME)?, pair.text(HEADER_VALUE)?));
    Ok(StoredAnswer {
        status: map.number(STATUS)?,
        headers: headers.into_iter().map(pair).collect::<Result<_, _>>()?,
        body: map.text(BODY)?,
    })
}

/// The row that keeps a booking reference for a session.
pub(in super::super) fn write_hold(session: &Session) -> Item {
    let mut row = row(keys::hold(session.key.merchant, session.mode, &session.wish.reference));
    row.put(SESSION, text(session.key.session));
    row.0
}

/// The session that a claim or a hold names.
pub(in super::super) fn read_session(item: &Item) -> Result<SessionId, StoreError> {
    Reader::new(item).parsed(SESSION, |id| SessionId::parse(id).ok())
}
