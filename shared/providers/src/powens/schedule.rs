//! What Powens is known to do, and so when it is worth asking.

use super::config::Accepted;
use bellhop_domain::SignedDuration;
use bellhop_domain::schedule::Schedule;

/// There is no short end of a page that was left: only the sweep `payment.manual_expire_time_days`,
/// 30 days unless changed, ends a payment. The payer's time is ours, and ends by a cancel.
const PAGE_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a payment may be `processing`: a transfer takes a few bank days, ten with room. After it a
/// person is asked, for `accepted` is the last that is heard of a bank without tracking.
const DOUBT_LIFE: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Inferred, stated nowhere.
const LOOKUP_LAG: SignedDuration = SignedDuration::from_mins(10);

/// Of 30 calls a minute (docs, "Fair usage", of a sandbox; no other figure is published). A look is one
/// call, and two once the payer's time is up: a cancel and a fetch. Ten looks are thus twenty calls at
/// most; ten are left for tokens (one each process every 25 minutes), creates (one), pages (two),
/// notifications and payers who come back (one). An ordinary minute costs ten, so two runs that fall
/// into one minute of theirs fit too. At this pace an account is given 14,400 looks a day.
const LOOKS_A_MINUTE: usize = 10;

/// Where `accepted` waits.
static WAIT: Schedule = PLAN;

/// Where `accepted` is a success: then nothing waits for a person.
static SUCCEED: Schedule = Schedule { doubt_life: None, ..PLAN };

pub(crate) const PLAN: Schedule = Schedule {
    page_life: PAGE_LIFE,
    hold_life: SignedDuration::ZERO,
    doubt_life: Some(DOUBT_LIFE),
    charges_alone: None,
    looks_a_minute: Some(LOOKS_A_MINUTE),
    lookup_lag: LOOKUP_LAG,
    // "Not recommended for polling" (docs, "Get the payment status"): few. An instant transfer is done
    // within the first three; others take days.
    open_looks: &[
        SignedDuration::from_mins(3),
        SignedDuration::from_mins(10),
        SignedDuration::from_mins(30),
        SignedDuration::from_hours(2),
        SignedDuration::from_hours(12),
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(2 * 24),
        SignedDuration::from_hours(4 * 24),
        SignedDuration::from_hours(8 * 24),
        SignedDuration::from_hours(16 * 24),
    ],
    held_looks: &[],
    // Only for what their sweep ended: nobody knows whether that money moved.
    final_looks: &[
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(7 * 24),
        SignedDuration::from_hours(30 * 24),
    ],
    never_pushed: &[
        "interactive changes on domains made before 2024-09-13",
        "what becomes of accepted at a bank without tracking",
        "a page that was left",
    ],
};

/// The schedule of an account with this policy.
pub(super) const fn of(accepted: Accepted) -> &'static Schedule {
    match accepted {
        Accepted::Succeed => &SUCCEED,
        Accepted::Wait => &WAIT,
    }
}
