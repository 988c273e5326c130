//! The row of an event.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `id`, `n` | id, sequence number |
//! | `kind`, `status`, `cause` | what happened, the session's status after it, what made us look |
//! | `attempt` | the attempt it is about |
//! | `at` | when |

use super::super::keys;
use super::{Item, Reader, row, text};
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::ids::{AttemptId, EventId, SessionKey};
use bellhop_domain::status::SessionStatus;
use bellhop_domain::store::StoreError;

const ID: &str = "id";
const SEQUENCE: &str = "n";
const KIND: &str = "kind";
const STATUS: &str = "status";
const CAUSE: &str = "cause";
const ATTEMPT: &str = "attempt";
const AT: &str = "at";

/// The row of an event of `session`.
pub(in super::super) fn write(session: SessionKey, event: &Event) -> Item {
    let mut row = row(keys::event(session, event.sequence));
    row.text(ID, event.id)
        .number(SEQUENCE, event.sequence)
        .text(KIND, event.kind)
        .text(STATUS, event.status)
        .text(CAUSE, event.cause)
        .optional(ATTEMPT, event.attempt.map(text))
        .time(AT, event.at);
    row.0
}

/// Reads an event's row.
pub(in super::super) fn read(item: &Item) -> Result<Event, StoreError> {
    let row = Reader::new(item);
    Ok(Event {
        id: row.parsed(ID, |id| EventId::parse(id).ok())?,
        sequence: row.number(SEQUENCE)?,
        kind: row.parsed(KIND, EventKind::parse)?,
        status: row.parsed(STATUS, SessionStatus::parse)?,
        attempt: row.maybe_parsed(ATTEMPT, |id| AttemptId::parse(id).ok())?,
        cause: row.parsed(CAUSE, Cause::parse)?,
        at: row.time(AT)?,
    })
}
