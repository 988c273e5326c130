//! What Mews is known to do, and so when it is worth asking.

use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::Schedule;

const DAY: i64 = 24;

/// A request ends at a time that only the Connector API shows, and whose default is not documented.
const PAGE_LIFE: SignedDuration = SignedDuration::from_hours(30 * DAY);

/// "In case the Payment request expires or is canceled automatic settlement will take care of the
/// payment, and it will try to charge the settlement amount as soon as possible" (docs of 2021, "On
/// session payments"). Today's page no longer says so, and nothing says otherwise. Inferred: two weeks.
const CHARGES_ALONE: SignedDuration = SignedDuration::from_hours(14 * DAY);

/// `Completed` without a charge that shows: a person finds out.
const DOUBT_LIFE: SignedDuration = SignedDuration::from_hours(DAY);

/// Inferred, stated nowhere.
const LOOKUP_LAG: SignedDuration = SignedDuration::from_mins(10);

/// Where a lost booking cannot be searched for, a person hears of it soon.
const ALARM_LAG: SignedDuration = SignedDuration::from_mins(1);

/// The booking-engine API's limit depends "on circumstances"; the Connector's is 200 calls in 30
/// seconds. Half of that is for creates, searches and what notifications mean.
const LOOKS_A_MINUTE: usize = 200;

/// With the Connector API.
static CONNECTED: Schedule = PLAN;

/// Without it: nothing is pushed, and no lost booking is found.
static ALONE: Schedule =
    Schedule { lookup_lag: ALARM_LAG, never_pushed: &["anything, without the Connector API"], ..PLAN };

/// Sixteen planned looks, one at the end of the page's life and one at the end of the watch. A session
/// of half an hour that is left comes to five looks while it is open and six in the watch, so half of
/// the cap is there for payers who come back and for notifications.
pub(crate) const PLAN: Schedule = Schedule {
    page_life: PAGE_LIFE,
    hold_life: SignedDuration::ZERO,
    doubt_life: Some(DOUBT_LIFE),
    charges_alone: Some(CHARGES_ALONE),
    looks_a_minute: Some(LOOKS_A_MINUTE),
    lookup_lag: LOOKUP_LAG,
    // Without the Connector API we cannot cancel a request that was left: it is looked at until it ends.
    open_looks: &[
        SignedDuration::from_mins(2),
        SignedDuration::from_mins(5),
        SignedDuration::from_mins(10),
        SignedDuration::from_mins(20),
        SignedDuration::from_mins(40),
        SignedDuration::from_hours(2),
        SignedDuration::from_hours(12),
        SignedDuration::from_hours(DAY),
        SignedDuration::from_hours(3 * DAY),
        SignedDuration::from_hours(7 * DAY),
        SignedDuration::from_hours(14 * DAY),
    ],
    held_looks: &[],
    // "As soon as possible" first.
    final_looks: &[
        SignedDuration::from_hours(2),
        SignedDuration::from_hours(DAY),
        SignedDuration::from_hours(3 * DAY),
        SignedDuration::from_hours(6 * DAY),
        SignedDuration::from_hours(10 * DAY),
    ],
    // A webhook tells of payments alone (docs, "General Webhooks").
    never_pushed: &["a request that expires or is canceled", "a page that was left"],
};

/// The schedule of an account with the Connector API, or without.
pub(super) const fn of(connected: bool) -> &'static Schedule {
    if connected { &CONNECTED } else { &ALONE }
}
