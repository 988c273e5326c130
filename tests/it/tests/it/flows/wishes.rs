//! What the booking site wishes for, and how its answers look.

use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::flows::{Answers, CreateOrder};
use bellhop_domain::idempotency::{StoredAnswer, fingerprint, hash_key};
use bellhop_domain::ids::MerchantId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::Refusal;
use bellhop_domain::session::Session;
use bellhop_domain::store::SessionFilter;
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

pub fn start() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

pub fn minutes(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

pub fn seconds(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

pub fn account_at() -> AccountRef {
    AccountRef::parse("govuk_pay/harbour-hotel").unwrap()
}

pub fn wish(reference: &str) -> Wish {
    Wish {
        account: account_at(),
        amount: Money::new(14_500, Currency::GBP).unwrap(),
        reference: Reference::parse(reference).unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay", false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::new(),
        options: Options::default(),
    }
}

/// A session of half an hour for a booking, asked for with this key.
pub fn order(merchant: MerchantId, reference: &str, key: &str) -> CreateOrder {
    CreateOrder {
        merchant,
        mode: Mode::Test,
        wish: wish(reference),
        expires_in: SignedDuration::from_mins(30),
        supersede: false,
        key: hash_key(key).unwrap(),
        fingerprint: fingerprint("create", reference.as_bytes()),
    }
}

/// Answers that say which of the three they are, and how the session stood.
pub struct Plain;

impl Answers for Plain {
    fn opened(&self, session: &Session) -> StoredAnswer {
        answer(201, session)
    }

    fn unknown(&self, session: &Session) -> StoredAnswer {
        answer(202, session)
    }

    fn refused(&self, session: &Session, _: &Refusal) -> StoredAnswer {
        answer(422, session)
    }
}

fn answer(status: u16, session: &Session) -> StoredAnswer {
    StoredAnswer {
        status,
        headers: vec![("location".to_owned(), session.key.session.to_string())],
        body: format!("{} {}", session.key.session, session.status()),
    }
}

/// Every session of the booking that tests use.
pub fn all() -> SessionFilter {
    SessionFilter {
        mode: Mode::Test,
        reference: Reference::parse("RES-12345").unwrap(),
        status: None,
        created_after: None,
        after: None,
        limit: 100,
    }
}
