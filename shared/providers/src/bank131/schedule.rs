//! What Bank 131 is known to do, and so when it is worth asking.

use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::Schedule;

/// A token of the widget lives a day (docs of their sister product); every visit makes another.
pub(super) const PAGE_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Docs, "Delayed capture payments": then the money goes free, or is taken if they were asked to.
const HOLD_LIFE: SignedDuration = SignedDuration::from_hours(5 * 24);

/// A confirmation is waited for 240 minutes, a payer's action for 60 (docs of their sister product):
/// a person is asked half an hour before that runs out.
const DOUBT_LIFE: SignedDuration = SignedDuration::from_mins(210);

/// There is no search. A create that went astray moved no money, or is named by a message within moments.
const LOOKUP_LAG: SignedDuration = SignedDuration::from_mins(5);

/// Eleven planned looks for a payment that is taken at once, up to three more for one that is held.
pub(crate) static SCHEDULE: Schedule = Schedule {
    page_life: PAGE_LIFE,
    hold_life: HOLD_LIFE,
    doubt_life: Some(DOUBT_LIFE),
    charges_alone: None,
    looks_a_minute: None,
    lookup_lag: LOOKUP_LAG,
    // With every message lost, a confirmation is given within minutes of the payer's click.
    open_looks: &[
        SignedDuration::from_mins(2),
        SignedDuration::from_mins(5),
        SignedDuration::from_mins(10),
        SignedDuration::from_mins(20),
        SignedDuration::from_mins(40),
        SignedDuration::from_mins(70),
        SignedDuration::from_hours(2),
        SignedDuration::from_mins(200),
    ],
    held_looks: &[
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(72),
        SignedDuration::from_hours(118),
    ],
    // Only for what has not ended at their side too.
    final_looks: &[
        SignedDuration::from_hours(1),
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(7 * 24),
    ],
    never_pushed: &[
        "a session that was opened and left",
        "what becomes of a session in error",
        "anything that was not taken within half an hour",
    ],
};
