//! Saving a session with everything that goes with it.

use super::DynamoStore;
use super::expression::Terms;
use super::item::{self, Item, text};
use super::keys;
use super::open::ABSENT;
use super::write::{Refusals, Single, Written};
use aws_sdk_dynamodb::types::TransactWriteItem;
use bellhop_domain::session::Session;
use bellhop_domain::store::{ClaimEnd, PaymentLink, ReferenceHold, Save, Saved, StoreError};

/// What a part of the transaction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Session,
    Event,
    Payment,
    Take,
    /// Frees the reference or ends the claim, if it is still this session's.
    Own,
}

type Parts = Vec<(Part, TransactWriteItem)>;

/// The row is this session's, or gone.
const OURS_OR_ABSENT: &str = "attribute_not_exists(#pk) OR #session = :session";

impl DynamoStore {
    /// A hold or a claim that is another session's is left alone: the transaction is tried again
    /// without it. Each round has fewer parts, so this ends.
    pub(super) async fn save_session(&self, save: &Save<'_>) -> Result<Saved, StoreError> {
        let mut parts = self.parts(save)?;
        loop {
            let refusals = match parts.len() {
                1 => return self.save_alone(save.session).await,
                _ => match self.transact(writes(&parts)).await? {
                    Written::Done => return Ok(Saved::Done),
                    Written::Refused(refusals) => refusals,
                },
            };
            if let Some(saved) = verdict(&parts, &refusals)? {
                return Ok(saved);
            }
            parts = without_refused(parts, &refusals);
        }
    }

    /// One row needs no transaction, at half the price.
    async fn save_alone(&self, session: &Session) -> Result<Saved, StoreError> {
        let row = item::session::write(session);
        Ok(match self.put(row, version_before(session)).await? {
            Single::Done => Saved::Done,
            Single::Refused(_) => Saved::Conflict,
        })
    }

    fn parts(&self, save: &Save<'_>) -> Result<Parts, StoreError> {
        let session = save.session;
        let row = item::session::write(session);
        let mut parts = vec![(Part::Session, self.put_part(row, version_before(session))?)];
        if let Some(event) = save.event {
            let row = item::event::write(session.key, event);
            parts.push((Part::Event, self.put_part(row, Terms::when(ABSENT))?));
        }
        if let Some(link) = save.payment {
            parts.push((Part::Payment, self.payment_part(session, link)?));
        }
        parts.extend(self.hold_part(session, save.reference)?);
        parts.extend(self.claim_end_part(session, save.claim)?);
        Ok(parts)
    }

    fn payment_part(
        &self,
        session: &Session,
        link: PaymentLink<'_>,
    ) -> Result<TransactWriteItem, StoreError> {
        const LINK: &str = "SET #v = :v, #merchant = :merchant, #session = :session REMOVE #ttl";
        const UNPARK: &str =
            "SET #v = :v, #merchant = :merchant, #session = :session REMOVE #ttl, #parked_at";
        let terms = if link.even_if_parked {
            Terms::when("attribute_not_exists(#session) OR #session = :session").update(UNPARK)
        } else {
            // A row that leads somewhere was never parked, or is so no more.
            Terms::when("attribute_not_exists(#pk) OR #session = :session").update(LINK)
        };
        let terms = terms
            .with(":v", item::format())
            .with(":merchant", text(session.key.merchant))
            .with(":session", text(session.key.session));
        self.update_part(keys::payment(&session.wish.account, link.payment), terms)
    }

    fn hold_part(
        &self,
        session: &Session,
        hold: ReferenceHold,
    ) -> Result<Option<(Part, TransactWriteItem)>, StoreError> {
        let terms = Terms::when(OURS_OR_ABSENT).with(":session", text(session.key.session));
        Ok(match hold {
            ReferenceHold::Keep => None,
            ReferenceHold::Free => {
                let key = keys::hold(session.key.merchant, session.mode, &session.wish.reference);
                Some((Part::Own, self.delete_part(key, terms)?))
            }
            ReferenceHold::Take => {
                let row = item::claim::write_hold(session);
                Some((Part::Take, self.put_part(row, terms)?))
            }
        })
    }

    fn claim_end_part(
        &self,
        session: &Session,
        end: ClaimEnd<'_>,
    ) -> Result<Option<(Part, TransactWriteItem)>, StoreError> {
        let merchant = session.key.merchant;
        let ours = text(session.key.session);
        Ok(match end {
            ClaimEnd::Keep => None,
            ClaimEnd::Answer(key, answer) => {
                let terms = Terms::when("#session = :session AND attribute_not_exists(#answer)")
                    .update("SET #answer = :answer")
                    .with(":answer", item::claim::write_answer(answer))
                    .with(":session", ours);
                let part = self.update_part(keys::claim(merchant, key), terms)?;
                Some((Part::Own, part))
            }
            ClaimEnd::Forget(key) => {
                let terms = Terms::when(OURS_OR_ABSENT).with(":session", ours);
                let part = self.delete_part(keys::claim(merchant, key), terms)?;
                Some((Part::Own, part))
            }
        })
    }
}

fn version_before(session: &Session) -> Terms<'static> {
    let before = item::number(session.version.saturating_sub(1));
    Terms::when("#version = :before").with(":before", before)
}

fn writes(parts: &Parts) -> Vec<TransactWriteItem> {
    parts.iter().map(|(_, write)| write.clone()).collect()
}

/// What a refusal means; `None` when it concerns only what is no longer this session's.
fn verdict(parts: &Parts, refusals: &Refusals) -> Result<Option<Saved>, StoreError> {
    let refused = |part: Part| {
        let at = parts.iter().position(|(of, _)| *of == part)?;
        refusals.of(at)
    };
    if refused(Part::Session).is_some() {
        return Ok(Some(Saved::Conflict));
    }
    if refused(Part::Event).is_some() {
        let message = "an event of a later version is already there";
        return Err(StoreError::Corrupt(message.to_owned()));
    }
    if let Some(row) = refused(Part::Take) {
        let holder = item::claim::read_session(&row)?;
        return Ok(Some(Saved::ReferenceTaken(holder)));
    }
    refused(Part::Payment).map(|row| payment_refused(&row)).transpose()
}

/// A payment's row leads somewhere, or somebody asked for it while it led nowhere.
fn payment_refused(row: &Item) -> Result<Saved, StoreError> {
    match item::payment::is_known(row) {
        true => item::payment::read(row).map(Saved::PaymentTaken),
        false => Ok(Saved::Parked),
    }
}

fn without_refused(parts: Parts, refusals: &Refusals) -> Parts {
    let kept = parts.into_iter().enumerate();
    kept.filter(|(at, _)| refusals.of(*at).is_none()).map(|(_, part)| part).collect()
}
