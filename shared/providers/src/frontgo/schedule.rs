//! What Front is known to do, and so when it is worth asking.

use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::Schedule;

/// Their page lives until the due date, which is the end of the session; this is the longest look
/// besides, for a session that is closed before.
const PAGE_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The shortest of "7 to 31 days, by business type" (docs, "capture-reservation").
const HOLD_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Inferred: whether a bare create shows in the history at all is not known. If it does not, the lost
/// reservation expires unpaid, as nobody has its page.
const LOOKUP_LAG: SignedDuration = SignedDuration::from_mins(10);

/// A word that says held or taken, without an amount, for this long is for a person.
const DOUBT_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// A look is a fetch, and three calls more where it captures: that stays below the 240 that their
/// headers count, and leaves some for creates, payers and searches.
const LOOKS_A_MINUTE: usize = 50;

/// Sixteen planned looks, and two for the ends of life.
pub(crate) static SCHEDULE: Schedule = Schedule {
    page_life: PAGE_LIFE,
    hold_life: HOLD_LIFE,
    doubt_life: Some(DOUBT_LIFE),
    charges_alone: None,
    looks_a_minute: Some(LOOKS_A_MINUTE),
    lookup_lag: LOOKUP_LAG,
    // The look at the due date comes from the session's own end.
    open_looks: &[
        SignedDuration::from_mins(2),
        SignedDuration::from_mins(5),
        SignedDuration::from_mins(10),
        SignedDuration::from_mins(20),
        SignedDuration::from_mins(40),
        SignedDuration::from_mins(60),
        SignedDuration::from_mins(120),
    ],
    held_looks: &[
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(72),
        SignedDuration::from_hours(6 * 24),
    ],
    // A charge may follow within 90 days; refunds wait for days and are told by nobody.
    final_looks: &[
        SignedDuration::from_hours(1),
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(72),
        SignedDuration::from_hours(7 * 24),
        SignedDuration::from_hours(30 * 24),
        SignedDuration::from_hours(90 * 24),
    ],
    // Only three words are pushed: reserved, captured, charged (docs, "create-session-for-reservation").
    never_pushed: &["declined", "EXPIRED", "CANCELLED", "COMPLETED", "refunded"],
};
