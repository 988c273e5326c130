//! What the cases are made of: a merchant of their own and sessions for it.

use super::{Outcome, Subject, equal};
use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::attempt::Attempt;
use bellhop_domain::event::{Cause, Event, EventKind};
use bellhop_domain::idempotency::{Claim, KeyHash, StoredAnswer};
use bellhop_domain::ids::{AttemptId, EventId, MerchantId, SessionId, SessionKey, random_bytes};
use bellhop_domain::money::Money;
use bellhop_domain::provider::{ProviderName, ProviderPaymentId};
use bellhop_domain::session::{Change, Session};
use bellhop_domain::status::AttemptStatus;
use bellhop_domain::store::{Opened, ReferenceHold, Save, Saved};
use bellhop_domain::text::{AccountName, Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A merchant of its own in the store under test.
#[derive(Clone)]
pub(super) struct World {
    pub(super) store: Subject,
    pub(super) merchant: MerchantId,
    pub(super) account: AccountRef,
    pub(super) now: Timestamp,
}

impl World {
    pub(super) fn new(store: Subject) -> Outcome<Self> {
        // 2026-11-20T12:00:00Z
        let now = Timestamp::from_millisecond(1_795_176_000_000)?;
        let merchant = MerchantId::generate(now)?;
        let name = AccountName::parse(&merchant.to_string().replace('_', "-"))?;
        let account = AccountRef { provider: ProviderName::GovukPay, name };
        Ok(Self { store, merchant, account, now })
    }

    /// The same store, another merchant.
    pub(super) fn neighbor(&self) -> Outcome<Self> {
        Self::new(Arc::clone(&self.store))
    }

    /// The same merchant, some minutes on.
    pub(super) fn later(&self, minutes: i64) -> Outcome<Self> {
        let now = self.at(minutes)?;
        Ok(Self { now, ..self.clone() })
    }

    /// The moment so many minutes on.
    pub(super) fn at(&self, minutes: i64) -> Outcome<Timestamp> {
        Ok(self.now.checked_add(SignedDuration::from_mins(minutes))?)
    }

    /// A new session, not yet opened: one attempt, due for a look in a minute.
    pub(super) fn session(&self, reference: &str) -> Outcome<Session> {
        let mut attempt = Attempt::intent(AttemptId::generate(self.now)?, self.now);
        attempt.look_at = Some(self.at(1)?);
        let key = SessionKey { merchant: self.merchant, session: SessionId::generate(self.now)? };
        Ok(Session {
            key,
            wish: self.wish(reference)?,
            mode: Mode::Test,
            attempts: vec![attempt],
            closed: false,
            review: None,
            paid_late: false,
            paid_elsewhere: false,
            link: random_bytes()?,
            expires_at: self.at(30)?,
            created_at: self.now,
            updated_at: self.now,
            version: 1,
            sequence: 1,
        })
    }

    fn wish(&self, reference: &str) -> Outcome<Wish> {
        Ok(Wish {
            account: self.account.clone(),
            amount: Money::new(14_500, Money::currency_of("GBP")?)?,
            reference: Reference::parse(reference)?,
            description: Description::parse("Two nights, double room")?,
            return_url: ReturnUrl::parse("https://booking.example/stay", true)?,
            locale: "en".to_owned(),
            capture: Capture::Automatic,
            payer: Payer::default(),
            metadata: BTreeMap::new(),
            options: Options::default(),
        })
    }

    pub(super) fn payment(&self, id: &str) -> Outcome<ProviderPaymentId> {
        ProviderPaymentId::parse(id).ok_or_else(|| "not a payment".into())
    }

    /// Opens a new session with a new key.
    pub(super) async fn opened(&self, reference: &str) -> Outcome<Session> {
        self.opened_with(random_bytes()?, reference).await
    }

    /// Opens a new session.
    pub(super) async fn opened_with(&self, key: KeyHash, reference: &str) -> Outcome<Session> {
        let session = self.session(reference)?;
        equal("open", self.open(&session, key).await?, Opened::Done)?;
        Ok(session)
    }

    pub(super) async fn open(&self, session: &Session, key: KeyHash) -> Outcome<Opened> {
        let (event, claim) = (first_event(session)?, claim(session, key));
        Ok(self.store.open(session, &event, &claim).await?)
    }

    /// Saves with nothing else but the event.
    pub(super) async fn save(&self, change: &Change) -> Outcome<Saved> {
        let save = Save::only(&change.session, change.event.as_ref());
        Ok(self.store.save(save).await?)
    }

    /// Saves, and expects that it is done.
    pub(super) async fn saved(&self, session: &Session, save: Save<'_>) -> Outcome<Session> {
        let next = save.session.clone();
        equal("version", next.version, session.version.saturating_add(1))?;
        equal("save", self.store.save(save).await?, Saved::Done)?;
        Ok(next)
    }

    /// Opens a session whose only attempt then ends as `status`, the reference free again.
    pub(super) async fn ended(&self, reference: &str, status: AttemptStatus) -> Outcome<Session> {
        let session = self.opened(reference).await?;
        let change = ended(&session, status)?;
        let mut save = Save::only(&change.session, change.event.as_ref());
        save.reference = ReferenceHold::Free;
        self.saved(&session, save).await
    }

    pub(super) async fn stored(&self, session: &Session) -> Outcome<Option<Session>> {
        Ok(self.store.session(session.key).await?)
    }

    /// The sequence numbers of a session's events.
    pub(super) async fn sequences(&self, session: &Session) -> Outcome<Vec<u64>> {
        let page = self.store.events(session.key, 0, 100).await?;
        Ok(page.items.iter().map(|event| event.sequence).collect())
    }
}

/// The claim with which a session is opened.
pub(super) fn claim(session: &Session, key: KeyHash) -> Claim {
    Claim {
        key,
        fingerprint: [7; 32],
        session: session.key.session,
        claimed_at: session.created_at,
        answer: None,
    }
}

/// The first event of a session.
pub(super) fn first_event(session: &Session) -> Outcome<Event> {
    Ok(Event {
        id: EventId::generate(session.created_at)?,
        sequence: 1,
        kind: EventKind::Created,
        status: session.status(),
        attempt: session.current().map(|attempt| attempt.id),
        cause: Cause::Create,
        at: session.created_at,
    })
}

/// The session after a look that changed nothing but the time of the next one.
pub(super) fn looked(session: &Session, next: Option<Timestamp>) -> Outcome<Change> {
    edited(session, |session| {
        for attempt in &mut session.attempts {
            attempt.look_at = next;
        }
    })
}

/// The session after its last attempt came to `status`.
pub(super) fn moved(session: &Session, status: AttemptStatus) -> Outcome<Change> {
    edited(session, |session| {
        if let Some(attempt) = session.attempts.last_mut() {
            attempt.status = status;
        }
    })
}

/// The session after its last attempt ended, nothing left to look for.
pub(super) fn ended(session: &Session, status: AttemptStatus) -> Outcome<Change> {
    edited(session, |session| {
        session.closed = true;
        if let Some(attempt) = session.attempts.last_mut() {
            (attempt.status, attempt.look_at) = (status, None);
        }
    })
}

fn edited(session: &Session, edit: impl FnOnce(&mut Session)) -> Outcome<Change> {
    let change = session.change((session.created_at, Cause::Schedule), |session| {
        edit(session);
        None
    })?;
    Ok(change)
}

/// An answer with everything in it.
pub(super) fn answer(body: &str) -> StoredAnswer {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    StoredAnswer {
        status: 201,
        headers: vec![header("location", "/v1/sessions/x"), header("location", "again, and \"quoted\"")],
        body: body.to_owned(),
    }
}
