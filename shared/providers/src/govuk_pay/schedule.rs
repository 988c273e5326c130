//! What GOV.UK Pay is known to do, and so when it is worth asking.

use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::Schedule;

/// `config.yaml` of alphagov/pay-connector: 5400 s.
const PAGE_LIFE: SignedDuration = SignedDuration::from_mins(90);

/// `config.yaml` of alphagov/pay-connector: 432000 s.
const HOLD_LIFE: SignedDuration = SignedDuration::from_hours(120);

/// Inferred, stated nowhere: the search reads a ledger that is "eventually consistent"
/// (docs, "Data consistency").
const LOOKUP_LAG: SignedDuration = SignedDuration::from_mins(10);

/// Thirteen planned looks for a payment that is taken at once, up to four more for one that is held:
/// the rest of the cap is for notifications and for payers who come back.
pub(crate) static SCHEDULE: Schedule = Schedule {
    page_life: PAGE_LIFE,
    hold_life: HOLD_LIFE,
    doubt_life: None,
    charges_alone: None,
    looks_a_minute: None,
    lookup_lag: LOOKUP_LAG,
    // Most payers are done within ten minutes. They expire a payment only after five minutes of
    // rest, and ask the gateway first (`ChargeExpiryService.java`): hence two looks past its life.
    open_looks: &[
        SignedDuration::from_mins(2),
        SignedDuration::from_mins(5),
        SignedDuration::from_mins(10),
        SignedDuration::from_mins(20),
        SignedDuration::from_mins(40),
        SignedDuration::from_mins(60),
        SignedDuration::from_mins(97),
        SignedDuration::from_mins(120),
    ],
    held_looks: &[
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(72),
        SignedDuration::from_hours(118),
    ],
    // A capture is tried 26 times, an hour apart, before it turns to `error` (`config.yaml` there).
    final_looks: &[
        SignedDuration::from_hours(1),
        SignedDuration::from_hours(30),
        SignedDuration::from_hours(72),
        SignedDuration::from_hours(168),
    ],
    // What has no row in `EventMapper.java` of alphagov/pay-webhooks.
    never_pushed: &[
        "capturable",
        "success to error",
        "error to started or submitted",
        "corrected to match the gateway",
        "refund error",
    ],
};
