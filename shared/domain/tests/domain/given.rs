//! A session as it stands right after its intent was written, and what a provider may say about it.

use bellhop_domain::account::{AccountRef, Mode};
use bellhop_domain::attempt::{Attempt, Failure, FailureCode, Moved};
use bellhop_domain::event::Cause;
use bellhop_domain::ids::{AttemptId, MerchantId, SessionId, SessionKey};
use bellhop_domain::link::PayerToken;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::progress::Moment;
use bellhop_domain::provider::{Created, Echo, Observation, ProviderPaymentId};
use bellhop_domain::schedule::Schedule;
use bellhop_domain::service_key::ServiceKeys;
use bellhop_domain::session::Session;
use bellhop_domain::status::{AttemptStatus, Reading};
use bellhop_domain::text::{Description, Reference, ReturnUrl};
use bellhop_domain::wish::{Capture, Options, Payer, Wish};
use bellhop_domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

pub const SCHEDULE: Schedule = Schedule {
    page_life: SignedDuration::from_mins(90),
    hold_life: SignedDuration::from_hours(120),
    doubt_life: None,
    charges_alone: None,
    looks_a_minute: None,
    lookup_lag: SignedDuration::from_mins(10),
    open_looks: &[SignedDuration::from_mins(2), SignedDuration::from_mins(10), SignedDuration::from_mins(30)],
    held_looks: &[SignedDuration::from_hours(24)],
    final_looks: &[SignedDuration::from_hours(1), SignedDuration::from_hours(24)],
    never_pushed: &[],
};

pub fn start() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

pub fn minutes(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

pub fn keys() -> ServiceKeys {
    ServiceKeys::new(&[7; 32], None)
}

pub fn moment(now: Timestamp) -> Moment<'static> {
    Moment { now, cause: Cause::Schedule, schedule: &SCHEDULE }
}

pub fn wish() -> Wish {
    Wish {
        account: AccountRef::parse("govuk_pay/harbour-hotel").unwrap(),
        amount: Money::new(14_500, Currency::GBP).unwrap(),
        reference: Reference::parse("RES-12345").unwrap(),
        description: Description::parse("Two nights, double room").unwrap(),
        return_url: ReturnUrl::parse("https://booking.example/stay/RES-12345", false).unwrap(),
        locale: "en".to_owned(),
        capture: Capture::Automatic,
        payer: Payer::default(),
        metadata: BTreeMap::new(),
        options: Options::default(),
    }
}

/// A session of 30 minutes whose first attempt is only an intent.
pub fn session() -> Session {
    let key = SessionKey {
        merchant: MerchantId::generate(start()).unwrap(),
        session: SessionId::generate(start()).unwrap(),
    };
    let mut attempt = Attempt::intent(AttemptId::generate(start()).unwrap(), start());
    let expires_at = minutes(30);
    attempt.look_at = SCHEDULE.next_look(&attempt, false, &[expires_at], start());
    Session {
        key,
        wish: wish(),
        mode: Mode::Test,
        attempts: vec![attempt],
        closed: false,
        review: None,
        paid_late: false,
        paid_elsewhere: false,
        link: PayerToken::issue(key, &keys()).hash(),
        expires_at,
        created_at: start(),
        updated_at: start(),
        version: 1,
        sequence: 1,
    }
}

/// A session with attempts in these statuses, each with a payment of its own unless unanswered.
pub fn session_of(statuses: &[AttemptStatus]) -> Session {
    let mut session = session();
    session.attempts = (0..statuses.len()).map(|at| attempt(at, statuses[at])).collect();
    session
}

fn attempt(at: usize, status: AttemptStatus) -> Attempt {
    let mut attempt = Attempt::intent(AttemptId::generate(start()).unwrap(), start());
    attempt.status = status;
    attempt.payment = (status != AttemptStatus::Created).then(|| payment(at));
    attempt.failure = (status == AttemptStatus::Failed).then_some(declined());
    attempt
}

pub const fn declined() -> Failure {
    Failure { code: FailureCode::Declined, retry: true }
}

pub fn payment(at: usize) -> ProviderPaymentId {
    ProviderPaymentId::parse(&format!("pay{at}")).unwrap()
}

pub fn created(at: usize) -> Created {
    Created::payable(payment(at), None)
}

/// A truthful answer about the attempt at `at`.
pub fn seen(session: &Session, at: usize, status: AttemptStatus) -> Observation {
    let paid = status == AttemptStatus::Succeeded;
    Observation {
        payment: payment(at),
        amount: Some(session.wish.amount),
        echo: Echo {
            reference: Some(session.wish.reference.as_str().to_owned()),
            attempt: Some(session.attempts[at].id),
            ours_by_id: false,
        },
        reading: Reading::Known(status),
        moved: Moved {
            authorized: 0,
            captured: if paid { session.wish.amount.minor() } else { 0 },
            refunded: 0,
        },
        failure: (status == AttemptStatus::Failed).then_some(declined()),
        page: None,
        settled: false,
        awaits_confirmation: false,
        charged_as: None,
        not_before: None,
    }
}
