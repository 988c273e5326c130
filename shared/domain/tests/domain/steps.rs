//! A little language of what can happen to a session, and what each word does.

use crate::given::{SCHEDULE, created, declined, payment, seen};
use bellhop_domain::attempt::{Failure, FailureCode};
use bellhop_domain::event::Cause;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::progress::{self, Moment};
use bellhop_domain::provider::{Echo, Observation};
use bellhop_domain::schedule::MAX_LOOKS;
use bellhop_domain::session::{Change, Session};
use bellhop_domain::status::{AttemptStatus, Reading};
use bellhop_domain::{SignedDuration, Timestamp};
use proptest::prelude::*;

/// The number of a payment that no attempt of ours was opened with.
pub const STRANGER: usize = 99;

/// What an answer gets wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    Amount,
    Currency,
    Reference,
    Attempt,
    Payment,
    Silence,
}

#[derive(Debug, Clone)]
pub enum Step {
    /// The create call answers for the newest attempt.
    Opened,
    NotOpened(FailureCode),
    /// A look at an attempt, counted round from the newest.
    Observed {
        back: usize,
        reading: Reading,
        retry: bool,
        settled: bool,
        lie: Option<Lie>,
    },
    NotShown(usize),
    NoAnswer(usize, SignedDuration),
    Unknowable,
    Retried,
    Closed,
    Wait(i64),
}

pub fn any_step() -> impl Strategy<Value = Step> {
    let code = prop::sample::select(FailureCode::ALL.to_vec());
    let back = 0..3_usize;
    prop_oneof![
        3 => Just(Step::Opened),
        2 => code.prop_map(Step::NotOpened),
        12 => any_observation(),
        1 => back.clone().prop_map(Step::NotShown),
        2 => (back, 0..100_000_i64)
            .prop_map(|(back, secs)| Step::NoAnswer(back, SignedDuration::from_secs(secs))),
        1 => Just(Step::Unknowable),
        4 => Just(Step::Retried),
        1 => Just(Step::Closed),
        4 => (0..40_i64).prop_map(Step::Wait),
    ]
}

fn any_observation() -> impl Strategy<Value = Step> {
    let reading = prop_oneof![
        9 => prop::sample::select(AttemptStatus::ALL.to_vec()).prop_map(Reading::Known),
        1 => "[a-z]{1,8}".prop_map(Reading::Unrecognized),
    ];
    let lies = vec![Lie::Amount, Lie::Currency, Lie::Reference, Lie::Attempt, Lie::Payment, Lie::Silence];
    let lie = prop::option::weighted(0.1, prop::sample::select(lies));
    (0..3_usize, reading, any::<bool>(), any::<bool>(), lie).prop_map(
        |(back, reading, retry, settled, lie)| Step::Observed { back, reading, retry, settled, lie },
    )
}

/// What a step comes to at `now`; `None` where the flows would not take it.
pub fn apply(session: &Session, step: &Step, now: Timestamp) -> Option<Change> {
    let moment = Moment { now, cause: Cause::Schedule, schedule: &SCHEDULE };
    let newest = session.attempts.len() - 1;
    let looked = |back: usize| Some(newest.checked_sub(back)?).filter(|at| may_look(session, *at));
    let change = match step {
        Step::Opened => progress::opened(session, newest, &created(newest), moment),
        Step::NotOpened(code) => progress::not_opened(session, newest, *code, moment),
        Step::Observed { back, .. } => {
            let at = looked(*back)?;
            progress::observed(session, at, &answer(session, at, step), moment)
        }
        Step::NotShown(back) => progress::not_shown(session, looked(*back)?, moment),
        Step::NoAnswer(back, wait) => progress::no_answer(session, looked(*back)?, *wait, moment),
        Step::Unknowable if session.attempts[newest].payment.is_none() => {
            progress::unknowable(session, looked(0)?, moment)
        }
        Step::Retried if session.allows_retry() && !session.is_over(now) => {
            progress::retried(session, moment)
        }
        Step::Closed if session.due_at().is_some_and(|due| due <= now) => progress::closed(session, moment),
        Step::Unknowable | Step::Retried | Step::Closed | Step::Wait(_) => return None,
    };
    Some(change.unwrap())
}

fn may_look(session: &Session, at: usize) -> bool {
    let attempt = &session.attempts[at];
    let known = attempt.payment.is_some() || attempt.status.is_unanswered();
    attempt.looks < MAX_LOOKS && known
}

fn answer(session: &Session, at: usize, step: &Step) -> Observation {
    let Step::Observed { reading, retry, settled, lie, .. } = step else {
        panic!("only an observation has an answer");
    };
    let mut answer = seen(session, at, AttemptStatus::Pending);
    let retry = *retry;
    answer.failure =
        (*reading == Reading::Known(AttemptStatus::Failed)).then_some(Failure { retry, ..declined() });
    answer.reading = reading.clone();
    answer.settled = *settled;
    lie.iter().for_each(|lie| tell(*lie, &mut answer));
    answer
}

fn tell(lie: Lie, answer: &mut Observation) {
    let amount = answer.amount.unwrap();
    let minor = amount.minor();
    match lie {
        Lie::Amount => answer.amount = Some(amount.with_minor(minor + 1).unwrap()),
        Lie::Currency => answer.amount = Some(Money::new(minor, Currency::EUR).unwrap()),
        Lie::Reference => answer.echo.reference = Some("RES-54321".to_owned()),
        Lie::Attempt => answer.echo.attempt = Some(AttemptId::from_bytes([1; 16])),
        Lie::Payment => answer.payment = payment(STRANGER),
        Lie::Silence => answer.echo = Echo::default(),
    }
}
