//! A booking site's wish to be paid once for one booking, and what became of it.

use crate::account::Mode;
use crate::attempt::{Attempt, Moved};
use crate::event::{Cause, Event, EventKind};
use crate::ids::{AttemptId, EventId, NoRandomness, SessionKey};
use crate::link::TokenHash;
use crate::provider::ProviderPaymentId;
use crate::status::{AttemptStatus, SessionStatus, session_status};
use crate::wish::Wish;
use crate::words::words;
use crate::{SignedDuration, Timestamp};

words!(
    /// Why a person has to look.
    ReviewReason {
        /// The provider names another amount.
        AmountDiffers = "amount_differs",
        /// The provider names another currency.
        CurrencyDiffers = "currency_differs",
        /// The provider names another reference.
        ReferenceDiffers = "reference_differs",
        /// The provider contradicts a final status.
        Contradiction = "contradiction",
        /// The provider was asked as often as is allowed, and it is still not settled.
        LookLimit = "look_limit",
        /// The provider cannot say for too long whether the money will come.
        StillProcessing = "still_processing",
        /// The answer to the create was lost, and the provider offers no way to look for it.
        CreateUnknown = "create_unknown",
    }
);

impl ReviewReason {
    /// Nobody knew, as against a contradiction: an answer that settles it ends the review by itself.
    pub(crate) const fn is_doubt(self) -> bool {
        matches!(self, Self::LookLimit | Self::StillProcessing | Self::CreateUnknown)
    }
}

/// Tries that a payer gets for one session.
pub const MAX_ATTEMPTS: usize = 5;

/// How long a payer's link still lands somewhere after the session's time is up.
pub const LINK_OUTLIVES: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id and its owner.
    pub key: SessionKey,
    /// What the booking site wished for.
    pub wish: Wish,
    /// Whether real money moves.
    pub mode: Mode,
    /// Its payments, oldest first; never empty.
    pub attempts: Vec<Attempt>,
    /// No further attempt will be made.
    pub closed: bool,
    /// Why a person has to look.
    pub review: Option<ReviewReason>,
    /// Money arrived after the end.
    pub paid_late: bool,
    /// Another session of the same booking was paid: this one must not be, and is one too many if it is.
    pub paid_elsewhere: bool,
    /// Hash of the payer's token.
    pub link: TokenHash,
    /// Until when the payer may pay.
    pub expires_at: Timestamp,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When its last event was written.
    pub updated_at: Timestamp,
    /// Counts every write, from 1; a write counts only if the number before is still there.
    pub version: u64,
    /// The sequence number of its last event.
    pub sequence: u64,
}

/// A session as it should be stored next, with the event that tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The new state, its version one higher.
    pub session: Session,
    /// The event, where something changed that the booking site should know.
    pub event: Option<Event>,
}

impl Session {
    /// The status, derived from the attempts.
    pub fn status(&self) -> SessionStatus {
        if self.review.is_some() {
            return SessionStatus::Review;
        }
        let statuses: Vec<AttemptStatus> = self
            .attempts
            .iter()
            .map(|attempt| match attempt.changed_at >= self.expires_at {
                true => attempt.status.after_time_is_up(),
                false => attempt.status,
            })
            .collect();
        session_status(&statuses, self.closed, self.allows_retry())
    }

    /// The newest attempt.
    pub fn current(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// What moved over all attempts.
    pub fn moved(&self) -> Moved {
        self.attempts.iter().fold(Moved::default(), |sum, attempt| Moved {
            authorized: sum.authorized.saturating_add(attempt.moved.authorized),
            captured: sum.captured.saturating_add(attempt.moved.captured),
            refunded: sum.refunded.saturating_add(attempt.moved.refunded),
        })
    }

    /// Whether the payer may make another attempt: the last one failed, none has charged or can (I1).
    pub fn allows_retry(&self) -> bool {
        let open = !self.closed && self.review.is_none() && self.attempts.len() < MAX_ATTEMPTS;
        let unpaid = |attempt: &Attempt| attempt.status.is_final() && !attempt.status.holds_money();
        open && self.attempts.iter().all(unpaid) && self.current().is_some_and(Attempt::allows_retry)
    }

    /// Whether the booking may have another session: this one is over and unpaid, and nothing can
    /// still be charged for it (I1). What was booked with nothing to pay stays booked.
    pub fn frees_reference(&self) -> bool {
        self.status().frees_reference() && !self.may_be_charged_late() && !self.had_nothing_to_pay()
    }

    /// Whether the provider may still charge for an attempt that is over, on its own.
    pub fn may_be_charged_late(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.watched)
    }

    /// Whether what was asked for was done and nothing is to be paid for it.
    pub fn had_nothing_to_pay(&self) -> bool {
        self.attempts.iter().any(Attempt::had_nothing_to_pay)
    }

    /// Whether the payer's time is up.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Whether the attempt at `at` must not be paid any more: the session is closed, its time is up, or
    /// another attempt has the money (I1).
    pub fn no_longer_wants(&self, at: usize, now: Timestamp) -> bool {
        self.closed || self.is_over(now) || self.another_has_the_money(at)
    }

    /// Whether an attempt other than the one at `at` has the money, or has it on its way.
    pub fn another_has_the_money(&self, at: usize) -> bool {
        let mut others = self.attempts.iter().enumerate().filter(|(other, _)| *other != at);
        others.any(|(_, attempt)| attempt.status.holds_money())
    }

    /// When the schedule has to look again; `None` when nothing is to come.
    pub fn due_at(&self) -> Option<Timestamp> {
        let open = !self.closed && !self.status().is_finished();
        let closing = open.then_some(self.expires_at);
        self.attempts.iter().filter_map(|attempt| attempt.look_at).chain(closing).min()
    }

    /// The position of the attempt that the provider knows as `payment`.
    pub fn position_of(&self, payment: &ProviderPaymentId) -> Option<usize> {
        self.attempts.iter().position(|attempt| attempt.payment.as_ref() == Some(payment))
    }

    /// The position of the newest attempt whose create answer is not known.
    pub fn position_unanswered(&self) -> Option<usize> {
        let unanswered = |attempt: &Attempt| attempt.status.is_unanswered() && attempt.payment.is_none();
        self.attempts.iter().rposition(unanswered)
    }

    /// Until when the payer's link lands somewhere.
    pub fn link_expires_at(&self) -> Timestamp {
        self.expires_at.saturating_add(LINK_OUTLIVES).unwrap_or(Timestamp::MAX)
    }

    /// Makes the next state with `edit`, and the event that tells what changed.
    ///
    /// Any write after the payer's time is up closes the session.
    /// `edit` returns the event's kind where the change has a name of its own (a late edge, a new
    /// attempt); otherwise the new status names it, and no change of status means no event.
    ///
    /// # Errors
    /// When the system gives no random bytes for the event's id.
    pub fn change(
        &self,
        (now, cause): (Timestamp, Cause),
        edit: impl FnOnce(&mut Self) -> Option<(EventKind, AttemptId)>,
    ) -> Result<Change, NoRandomness> {
        let mut next = self.clone();
        next.closed |= next.is_over(now);
        let named = edit(&mut next);
        next.version = self.version.saturating_add(1);
        let status = next.status();
        let moved_on = (status != self.status()).then(|| EventKind::of_status(status));
        let about = named.map(|(_, attempt)| attempt).or_else(|| next.current().map(|attempt| attempt.id));
        let Some(kind) = named.map(|(kind, _)| kind).or(moved_on) else {
            return Ok(Change { session: next, event: None });
        };
        next.sequence = self.sequence.saturating_add(1);
        next.updated_at = now;
        let event = Event {
            id: EventId::generate(now)?,
            sequence: next.sequence,
            kind,
            status,
            attempt: about,
            cause,
            at: now,
        };
        Ok(Change { session: next, event: Some(event) })
    }
}
