//! The history of a session: written in the same transaction as the change it tells of.

use crate::Timestamp;
use crate::ids::{AttemptId, EventId};
use crate::status::{LateEdge, SessionStatus};
use crate::words::words;

words!(
    /// What happened.
    EventKind {
        /// The wish was written down.
        Created = "session.created",
        /// The payer can pay.
        Pending = "session.pending",
        /// The payer is done.
        Processing = "session.processing",
        /// The money is held.
        Authorized = "session.authorized",
        /// The money is the merchant's.
        Succeeded = "session.succeeded",
        /// Over without money.
        Failed = "session.failed",
        /// Stopped without money.
        Canceled = "session.canceled",
        /// Our time is up; the provider is being asked.
        Expiring = "session.expiring",
        /// Nobody paid in time.
        Expired = "session.expired",
        /// Money arrived after the end.
        PaidLate = "session.paid_late",
        /// Two attempts of this session, or it and another session of its booking, were paid: give one
        /// back.
        PaidTwice = "session.paid_twice",
        /// Money was taken back.
        Reversed = "session.reversed",
        /// A contradiction: for a person.
        Review = "session.review",
        /// An attempt did not work; the payer may try again.
        AttemptFailed = "attempt.failed",
        /// The payer tries again.
        AttemptStarted = "attempt.started",
    }
);

words!(
    /// What made us look.
    Cause {
        /// The booking site's create call.
        Create = "create",
        /// A verified notification.
        Notification = "notification",
        /// The payer came back.
        Return = "return",
        /// The payer tries again.
        Retry = "retry",
        /// A new session takes this one's place.
        Supersede = "supersede",
        /// Another session of the booking was paid.
        PaidElsewhere = "paid_elsewhere",
        /// The schedule.
        Schedule = "schedule",
    }
);

/// One line of a session's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id, the same on every delivery.
    pub id: EventId,
    /// 1 for the first event of the session, without gaps.
    pub sequence: u64,
    /// What happened.
    pub kind: EventKind,
    /// The session's status after it.
    pub status: SessionStatus,
    /// The attempt it is about.
    pub attempt: Option<AttemptId>,
    /// What made us look.
    pub cause: Cause,
    /// When it was written.
    pub at: Timestamp,
}

impl EventKind {
    /// The event of a session that comes to `status`.
    pub const fn of_status(status: SessionStatus) -> Self {
        match status {
            SessionStatus::Created => Self::Created,
            SessionStatus::Pending => Self::Pending,
            SessionStatus::Processing => Self::Processing,
            SessionStatus::Authorized => Self::Authorized,
            SessionStatus::Succeeded => Self::Succeeded,
            SessionStatus::Failed => Self::Failed,
            SessionStatus::Canceled => Self::Canceled,
            SessionStatus::Expiring => Self::Expiring,
            SessionStatus::Expired => Self::Expired,
            SessionStatus::Review => Self::Review,
        }
    }

    /// The event of a late edge.
    pub const fn of_late(edge: LateEdge) -> Self {
        match edge {
            LateEdge::PaidLate => Self::PaidLate,
            LateEdge::Reversed => Self::Reversed,
        }
    }
}
