//! When to look again: data from the provider, one pure plan.

use crate::attempt::Attempt;
use crate::status::AttemptStatus;
use crate::{SignedDuration, Timestamp};

/// Status calls that one attempt may cost in all.
pub const MAX_LOOKS: u32 = 24;

/// Of those, how many may be spent by payers coming back; the rest is the schedule's.
pub const MAX_LANDING_LOOKS: u32 = 12;

/// What a provider is known to do, and so when it is worth asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How long the provider's page can be paid, from its creation.
    pub page_life: SignedDuration,
    /// How long held money stays held.
    pub hold_life: SignedDuration,
    /// How far a search may lag; what it has not shown by then does not exist.
    pub lookup_lag: SignedDuration,
    /// How long a payment may stay `processing` before a person is asked; `None` where it always ends.
    pub doubt_life: Option<SignedDuration>,
    /// How long after the end the provider may still charge on its own; `None` where it never does.
    /// The booking has no other session as long.
    pub charges_alone: Option<SignedDuration>,
    /// Scheduled looks that one account may be given in a minute; `None` where its limit is far away.
    /// `reconcile` keeps to it. Calls for payers and notifications come on top: leave room for them.
    pub looks_a_minute: Option<usize>,
    /// Looks while the payer can pay or is paying, from the attempt's creation.
    pub open_looks: &'static [SignedDuration],
    /// Looks while money is held, from when it was.
    pub held_looks: &'static [SignedDuration],
    /// Looks after the end, from when it ended: for what can still turn.
    pub final_looks: &'static [SignedDuration],
    /// What the provider never pushes: only a look finds it.
    pub never_pushed: &'static [&'static str],
}

/// A create call that takes longer than this has lost its answer. Before, a search would find a payment
/// that its creator is about to hand to the payer.
pub(crate) const CREATE_TAKES: SignedDuration = SignedDuration::from_secs(30);

/// When to look for a payment whose create answer was lost, from the attempt's creation.
const LOST_LOOKS: [SignedDuration; 4] =
    [CREATE_TAKES, SignedDuration::from_mins(1), SignedDuration::from_mins(2), SignedDuration::from_mins(5)];

/// A little more than a limit, so that the look falls behind it.
const MARGIN: SignedDuration = SignedDuration::from_secs(90);

impl Schedule {
    /// When to look at `attempt` next; `None` when nothing more is to come of it.
    ///
    /// `limits` are moments that matter besides the plan, such as the end of the payer's time.
    pub fn next_look(
        &self,
        attempt: &Attempt,
        settled: bool,
        limits: &[Timestamp],
        now: Timestamp,
    ) -> Option<Timestamp> {
        if attempt.looks >= MAX_LOOKS {
            return None;
        }
        let doubtful = self.doubtful_at(attempt);
        let moves = attempt.not_before.map(|at| after(at, MARGIN));
        let plan = self.plan(attempt, settled).into_iter().chain(doubtful).chain(moves);
        let limits = limits.iter().copied().filter(|_| !attempt.status.is_final());
        plan.chain(limits).filter(|at| *at > now).min().or_else(|| self.overdue(attempt, now))
    }

    /// When a search that shows nothing proves that there is nothing.
    pub fn lost_at(&self, attempt: &Attempt) -> Timestamp {
        after(attempt.created_at, self.lookup_lag)
    }

    /// Since when a payment that is still `processing` is for a person.
    pub fn doubtful_at(&self, attempt: &Attempt) -> Option<Timestamp> {
        let life = self.doubt_life.filter(|_| attempt.status.is_processing());
        let from = attempt.changed_at.max(attempt.not_before.unwrap_or(attempt.changed_at));
        life.map(|life| after(from, life))
    }

    fn plan(&self, attempt: &Attempt, settled: bool) -> Vec<Timestamp> {
        let (from, offsets, limit) = match attempt.status {
            AttemptStatus::Created => (attempt.created_at, &LOST_LOOKS[..], Some(self.lookup_lag)),
            AttemptStatus::Pending | AttemptStatus::Processing => {
                (attempt.created_at, self.open_looks, Some(self.page_life))
            }
            AttemptStatus::Authorized => (attempt.changed_at, self.held_looks, Some(self.hold_life)),
            _ if settled || attempt.payment.is_none() => return Vec::new(),
            _ => (attempt.changed_at, self.final_looks, self.charges_alone.filter(|_| attempt.watched)),
        };
        let limit = limit.map(|life| after(after(from, life), MARGIN));
        offsets.iter().map(|offset| after(from, *offset)).chain(limit).collect()
    }

    /// Past every planned look and still open: once an hour until the cap.
    fn overdue(&self, attempt: &Attempt, now: Timestamp) -> Option<Timestamp> {
        (!attempt.status.is_final()).then(|| after(now, SignedDuration::from_hours(1)))
    }
}

/// `time` plus `wait`; the end of time where that does not fit.
pub(crate) fn after(time: Timestamp, wait: SignedDuration) -> Timestamp {
    time.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
