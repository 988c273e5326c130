//! A booking site's call, and what is written down before any provider is asked.

use super::Desk;
use crate::account::Mode;
use crate::attempt::Attempt;
use crate::event::{Cause, Event, EventKind};
use crate::idempotency::{Claim, KeyHash};
use crate::ids::{AttemptId, EventId, MerchantId, NoRandomness, SessionId, SessionKey};
use crate::link::PayerToken;
use crate::schedule::{Schedule, after};
use crate::session::Session;
use crate::wish::Wish;
use crate::{SignedDuration, Timestamp};

/// A booking site's call.
#[derive(Debug, Clone)]
pub struct CreateOrder {
    /// Who calls.
    pub merchant: MerchantId,
    /// Whether real money moves.
    pub mode: Mode,
    /// What it wishes for.
    pub wish: Wish,
    /// How long the payer has.
    pub expires_in: SignedDuration,
    /// A live session of the same booking is stopped first.
    pub supersede: bool,
    /// Hash of its idempotency key.
    pub key: KeyHash,
    /// Fingerprint of its request.
    pub fingerprint: [u8; 32],
}

impl CreateOrder {
    pub(super) fn intent(
        &self,
        desk: &Desk,
        schedule: &Schedule,
        now: Timestamp,
    ) -> Result<(Session, Event), NoRandomness> {
        let key = SessionKey { merchant: self.merchant, session: SessionId::generate(now)? };
        let expires_at = after(now, self.expires_in);
        let mut attempt = Attempt::intent(AttemptId::generate(now)?, now);
        attempt.look_at = schedule.next_look(&attempt, false, &[expires_at], now);
        let session = Session {
            key,
            wish: self.wish.clone(),
            mode: self.mode,
            attempts: vec![attempt],
            closed: false,
            review: None,
            paid_late: false,
            paid_elsewhere: false,
            link: PayerToken::issue(key, &desk.keys).hash(),
            expires_at,
            created_at: now,
            updated_at: now,
            version: 1,
            sequence: 1,
        };
        let event = Event {
            id: EventId::generate(now)?,
            sequence: 1,
            kind: EventKind::Created,
            status: session.status(),
            attempt: session.current().map(|attempt| attempt.id),
            cause: Cause::Create,
            at: now,
        };
        Ok((session, event))
    }

    pub(super) const fn claim(&self, session: &Session, now: Timestamp) -> Claim {
        Claim {
            key: self.key,
            fingerprint: self.fingerprint,
            session: session.key.session,
            claimed_at: now,
            answer: None,
        }
    }
}
