//! The one table of what may become what, and the only place that compares statuses.

use crate::words::words;

words!(
    /// Where one attempt stands.
    AttemptStatus {
        /// Our intent is written; the provider's answer is not known.
        Created = "created",
        /// The payer can pay.
        Pending = "pending",
        /// The payer is done, the money is not sure.
        Processing = "processing",
        /// Held, to be captured.
        Authorized = "authorized",
        /// The money is the merchant's.
        Succeeded = "succeeded",
        /// It did not work.
        Failed = "failed",
        /// Somebody stopped it unpaid.
        Canceled = "canceled",
        /// Nobody paid in time.
        Expired = "expired",
    }
);

words!(
    /// Where a session stands for its booking site, derived from its attempts.
    SessionStatus {
        /// The provider's answer to the create is not known.
        Created = "created",
        /// The payer can pay, or try again.
        Pending = "pending",
        /// The payer is done, the money is not sure.
        Processing = "processing",
        /// Held, to be captured.
        Authorized = "authorized",
        /// Paid.
        Succeeded = "succeeded",
        /// Over without money.
        Failed = "failed",
        /// Stopped without money.
        Canceled = "canceled",
        /// Our time is up; the provider has not yet agreed that it is unpaid.
        Expiring = "expiring",
        /// Over: nobody paid in time.
        Expired = "expired",
        /// Something contradicts itself: for a person.
        Review = "review",
    }
);

words!(
    /// The only ways out of a final status. Each writes an event that names it.
    LateEdge {
        /// Money arrived after the attempt was over.
        PaidLate = "paid_late",
        /// Money that had arrived was taken back.
        Reversed = "reversed",
    }
);

/// What a provider's answer says in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A status that we know.
    Known(AttemptStatus),
    /// A word this release does not know: never an error, never success.
    Unrecognized(String),
}

impl Reading {
    /// Money is held or taken. A payment that is only on its way may not name its amount yet.
    pub const fn holds_money(&self) -> bool {
        matches!(self, Self::Known(AttemptStatus::Authorized | AttemptStatus::Succeeded))
    }
}

/// What a reading means for an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The attempt moves along an edge of the table.
    Advance {
        /// The new status.
        to: AttemptStatus,
        /// Set when the edge leads out of a final status.
        late: Option<LateEdge>,
    },
    /// Nothing new.
    Unchanged,
    /// The provider contradicts what is stored.
    Refuse {
        /// What the provider said.
        to: AttemptStatus,
    },
    /// A word that we do not know.
    Unrecognized,
}

impl AttemptStatus {
    /// No edge but a late one leads out.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled | Self::Expired)
    }

    /// A payer with the page can still pay.
    pub const fn is_payable(self) -> bool {
        matches!(self, Self::Pending)
    }

    /// The provider's answer to the create is not known.
    pub const fn is_unanswered(self) -> bool {
        matches!(self, Self::Created)
    }

    /// The attempt did not work and another may.
    pub const fn is_failed(self) -> bool {
        matches!(self, Self::Failed)
    }

    /// The payer is done, the money is not sure.
    pub const fn is_processing(self) -> bool {
        matches!(self, Self::Processing)
    }

    /// The money is held, to be captured.
    pub const fn is_authorized(self) -> bool {
        matches!(self, Self::Authorized)
    }

    /// Over, and nobody paid: the provider may still charge where it is known to.
    pub const fn is_over_unpaid(self) -> bool {
        matches!(self, Self::Failed | Self::Canceled | Self::Expired)
    }

    /// The money is held, taken or on its way.
    pub const fn holds_money(self) -> bool {
        matches!(self, Self::Processing | Self::Authorized | Self::Succeeded)
    }

    /// The money is the merchant's.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Succeeded)
    }

    /// What the session makes of a change after the payer's time was up: an attempt that was
    /// stopped then was stopped because nobody had paid in time.
    pub(crate) const fn after_time_is_up(self) -> Self {
        match self {
            Self::Canceled => Self::Expired,
            other => other,
        }
    }

    /// How far along the way to a final status; readings never lead back.
    const fn rank(self) -> u8 {
        match self {
            Self::Created => 0,
            Self::Pending => 1,
            Self::Processing => 2,
            Self::Authorized => 3,
            Self::Succeeded | Self::Failed | Self::Canceled | Self::Expired => 4,
        }
    }

    /// The late edge from `self` to `to`, where the table has one.
    pub const fn late_edge(self, to: Self) -> Option<LateEdge> {
        match (self, to) {
            (Self::Expired | Self::Failed | Self::Canceled, Self::Succeeded) => Some(LateEdge::PaidLate),
            (Self::Succeeded, Self::Failed) => Some(LateEdge::Reversed),
            _ => None,
        }
    }

    /// Whether the published table has the edge from `self` to `to`.
    pub const fn may_become(self, to: Self) -> bool {
        self.late_edge(to).is_some() || (!self.is_final() && self.rank() < to.rank())
    }
}

impl SessionStatus {
    /// Nothing more will happen, but for money that arrives late or is taken back.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled | Self::Expired)
    }

    /// Over and unpaid: the booking reference is free again.
    pub const fn frees_reference(self) -> bool {
        matches!(self, Self::Failed | Self::Canceled | Self::Expired)
    }

    /// The payer may be sent to a provider's page.
    pub const fn is_payable(self) -> bool {
        matches!(self, Self::Pending)
    }

    /// Paid, as far as anyone knows.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Succeeded)
    }
}

/// What `reading` means for an attempt that stands at `current`.
pub fn decide(current: AttemptStatus, reading: &Reading) -> Decision {
    let Reading::Known(to) = *reading else {
        return Decision::Unrecognized;
    };
    if current.may_become(to) {
        return Decision::Advance { to, late: current.late_edge(to) };
    }
    if current == to || !current.is_final() {
        return Decision::Unchanged;
    }
    Decision::Refuse { to }
}

/// The status of a session with these attempts, oldest first.
///
/// Money decides before anything else; then whatever is still open; then how the last attempt ended.
/// `closed` says that no further attempt will be made; `retry` that the last failure allows one.
pub fn session_status(attempts: &[AttemptStatus], closed: bool, retry: bool) -> SessionStatus {
    use AttemptStatus as A;
    use SessionStatus as S;
    let any = |status: A| attempts.contains(&status);
    match () {
        () if any(A::Succeeded) => S::Succeeded,
        () if any(A::Authorized) => S::Authorized,
        () if any(A::Processing) => S::Processing,
        () if closed && (any(A::Pending) || any(A::Created)) => S::Expiring,
        () if any(A::Pending) => S::Pending,
        () if any(A::Created) => S::Created,
        () => match attempts.last() {
            Some(A::Canceled) => S::Canceled,
            Some(A::Expired) => S::Expired,
            Some(A::Failed) if retry && !closed => S::Pending,
            _ => S::Failed,
        },
    }
}
