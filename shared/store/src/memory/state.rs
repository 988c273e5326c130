//! What the store in memory keeps, and the steps of its writes.

use bellhop_domain::account::{Account, AccountRef, KeyRecord, Merchant, Mode};
use bellhop_domain::event::Event;
use bellhop_domain::idempotency::{Claim, KeyHash};
use bellhop_domain::ids::{KeyId, MerchantId, SessionId, SessionKey};
use bellhop_domain::provider::ProviderPaymentId;
use bellhop_domain::session::Session;
use bellhop_domain::store::{ClaimEnd, ReferenceHold, Save, Saved};
use bellhop_domain::text::Reference;
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) sessions: BTreeMap<SessionKey, Session>,
    pub(super) events: BTreeMap<(SessionKey, u64), Event>,
    pub(super) claims: HashMap<(MerchantId, KeyHash), Claim>,
    pub(super) holds: HashMap<(MerchantId, Mode, Reference), SessionId>,
    /// Parked while there is no session.
    pub(super) payments: HashMap<(AccountRef, ProviderPaymentId), Option<SessionKey>>,
    pub(super) merchants: HashMap<MerchantId, Merchant>,
    pub(super) accounts: HashMap<AccountRef, Account>,
    pub(super) keys: BTreeMap<(MerchantId, KeyId), KeyRecord>,
}

impl State {
    pub(super) fn holder(&self, session: &Session) -> Option<SessionId> {
        let hold = (session.key.merchant, session.mode, session.wish.reference.clone());
        self.holds.get(&hold).copied()
    }

    /// The claim, unless its time is up.
    pub(super) fn claim(&self, session: &Session, key: &KeyHash) -> Option<&Claim> {
        let now = session.created_at.as_second();
        let claim = self.claims.get(&(session.key.merchant, *key))?;
        (claim.expires_at().as_second() >= now).then_some(claim)
    }

    pub(super) fn put(&mut self, session: &Session, event: Option<&Event>) {
        self.sessions.insert(session.key, session.clone());
        if let Some(event) = event {
            self.events.insert((session.key, event.sequence), event.clone());
        }
    }

    /// What stands in the way of a save.
    pub(super) fn obstacle(&self, save: &Save<'_>) -> Option<Saved> {
        let session = save.session;
        let before = self.sessions.get(&session.key);
        if before.is_none_or(|before| before.version.saturating_add(1) != session.version) {
            return Some(Saved::Conflict);
        }
        let holder = self.holder(session).filter(|id| *id != session.key.session);
        if let (ReferenceHold::Take, Some(holder)) = (save.reference, holder) {
            return Some(Saved::ReferenceTaken(holder));
        }
        let link = save.payment?;
        match self.payments.get(&(session.wish.account.clone(), link.payment.clone())) {
            Some(Some(other)) if *other != session.key => Some(Saved::PaymentTaken(*other)),
            Some(None) if !link.even_if_parked => Some(Saved::Parked),
            _ => None,
        }
    }

    pub(super) fn hold(&mut self, session: &Session, hold: ReferenceHold) {
        let at = (session.key.merchant, session.mode, session.wish.reference.clone());
        match hold {
            ReferenceHold::Keep => {}
            ReferenceHold::Free if self.holder(session) == Some(session.key.session) => {
                self.holds.remove(&at);
            }
            ReferenceHold::Free => {}
            ReferenceHold::Take => {
                self.holds.insert(at, session.key.session);
            }
        }
    }

    /// Ends the claim if it is still this session's.
    pub(super) fn end_claim(&mut self, key: SessionKey, end: ClaimEnd<'_>) {
        let (ClaimEnd::Answer(hash, _) | ClaimEnd::Forget(hash)) = end else {
            return;
        };
        let at = (key.merchant, *hash);
        let Some(claim) = self.claims.get_mut(&at) else {
            return;
        };
        match end {
            _ if claim.session != key.session => {}
            ClaimEnd::Answer(_, answer) => {
                claim.answer.get_or_insert_with(|| answer.clone());
            }
            ClaimEnd::Keep | ClaimEnd::Forget(_) => {
                self.claims.remove(&at);
            }
        }
    }
}
