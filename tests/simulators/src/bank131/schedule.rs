//! What only time does. `[SG]` PROVIDERS §5.3, the timers; `[doc]` payment-hold.

use super::session::Session;
use super::words::{RefundStatus, Stage};
use super::world::World;

impl World {
    /// Does everything that has become due and says how many sessions changed.
    pub fn sweep(&mut self, now: i64) -> usize {
        let all = self.sessions.iter().enumerate();
        let refunds: Vec<usize> = all.filter(|(_, one)| has_refund(one, now)).map(|(at, _)| at).collect();
        for at in &refunds {
            self.end_refund(*at, RefundStatus::Accepted, now);
        }
        self.end_late(now) + refunds.len()
    }

    /// Ends the patience that is over and says how many sessions changed. Calls and pages begin with it: what came too
    /// late finds the session as the bank has it, whether or not anybody ticked.
    pub fn end_late(&mut self, now: i64) -> usize {
        let all = self.sessions.iter().enumerate();
        let late: Vec<usize> = all.filter(|(_, one)| has_come(one.deadline, now)).map(|(at, _)| at).collect();
        for at in &late {
            self.end_of_patience(*at, now);
        }
        late.len()
    }

    /// Does what the deadline of a session brings. False when it has none.
    pub fn end_of_patience(&mut self, at: usize, now: i64) -> bool {
        let stage = self.sessions.get(at).map(|session| session.stage);
        match stage {
            // [doc] `/en/reference/errors`: "canceled due to the confirmation timeout", no response came from us.
            Some(Stage::Confirm) => self.fail(at, "capture_timeout", now),
            // [inf] The same page has a second time-out, which says nothing of us: this one, of a payer who stayed away.
            Some(Stage::Payer) => self.fail(at, "confirm_timeout", now),
            Some(Stage::Capture) if self.config.project.auto_capture => self.finish(at, None, now),
            Some(Stage::Capture) => self.fail(at, "session_cancelled", now),
            Some(Stage::Unsure) => self.finish(at, None, now),
            _ => return false,
        }
        true
    }
}

fn has_come(time: Option<i64>, now: i64) -> bool {
    time.is_some_and(|time| time <= now)
}

fn has_refund(session: &Session, now: i64) -> bool {
    let mut refunds = session.payment.iter().flat_map(|payment| &payment.refunds);
    refunds.any(|refund| refund.status == RefundStatus::InProgress && has_come(refund.due, now))
}
