//! How many sessions of each account go on the queue in one run.

use super::Run;
use crate::SignedDuration;
use crate::account::AccountRef;
use crate::ids::SessionKey;
use crate::store::Due;
use std::collections::BTreeMap;

/// A session due for longer than this yields to the other sessions of its account.
///
/// Looks that are made move a session on, even when they fail; one that stays is of no use: its row
/// cannot be read, say. As the longest due, enough of them would take every place of their account
/// for good (I4, I8). A day, for no account gathers a backlog of a day: at a pace of 10 that would be
/// 14,400 sessions, and opening them alone costs the account more calls than looking at them.
const LATE: SignedDuration = SignedDuration::from_hours(24);

/// The places of each account that is paced.
pub(super) struct Paces<'a> {
    run: Run<'a>,
    shares: BTreeMap<AccountRef, Share>,
    held: usize,
}

/// One account's part of this run.
struct Share {
    /// Places left.
    left: usize,
    /// The longest of those due for too long, which get what is left in the end: never more than the pace.
    late: Vec<SessionKey>,
}

impl<'a> Paces<'a> {
    /// Every account has all its places.
    pub fn new(run: Run<'a>) -> Self {
        Self { run, shares: BTreeMap::new(), held: 0 }
    }

    /// The session, if it goes on the queue now. Sessions of unknown accounts do: the previous release
    /// wrote them, and did not pace them either (I14).
    pub fn admit(&mut self, due: Due) -> Option<SessionKey> {
        let paced = due.account.and_then(|account| Some(((self.run.pace)(account.provider)?, account)));
        let Some((pace, account)) = paced else {
            return Some(due.session);
        };
        let share = self.shares.entry(account).or_insert(Share { left: pace, late: Vec::new() });
        let late = self.run.now.duration_since(due.since) > LATE;
        match share.left.checked_sub(1) {
            Some(left) if !late => {
                share.left = left;
                return Some(due.session);
            }
            _ if late && share.late.len() < pace => share.late.push(due.session),
            _ => self.held = self.held.saturating_add(1),
        }
        None
    }

    /// Those due for too long that go on the queue after all, and how many sessions were held back.
    pub fn finish(self) -> (Vec<SessionKey>, usize) {
        let (mut late, mut held) = (Vec::new(), self.held);
        for share in self.shares.into_values() {
            let places = share.left.min(share.late.len());
            held = held.saturating_add(share.late.len().saturating_sub(places));
            late.extend(share.late.into_iter().take(places));
        }
        (late, held)
    }
}
