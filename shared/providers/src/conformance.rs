//! What every provider must do: one suite of cases for all of them, on the wire and in our words.
//!
//! A provider hands in a [`Subject`]: its documented answers and what it is able to do. Each case
//! runs alone, in a runtime of its own, against a server that answers by method and target.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

mod bench;
mod calls;
mod doubts;
mod habits;
mod message;
mod message_tests;
mod subject;
mod wire;

pub(crate) use calls::{Ability, Call, Facts, Step, Verb, Wrong};
pub(crate) use doubts::patched;
pub(crate) use habits::{Habits, Resolved};
pub(crate) use message::{Covers, Message, Notify, Place, Signer};
pub(crate) use subject::{Captured, Create, Fetch, Refunded, Status, Subject};

/// What a case does.
type Trial = for<'s> fn(&'s Subject) -> Pin<Box<dyn Future<Output = ()> + 's>>;

/// A case: its name, which says what must hold, and how to find out.
type Case = (&'static str, Trial);

/// The cases of a module.
macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        pub(super) const CASES: &[super::Case] =
            &[$((stringify!($case), |subject| Box::pin($case(subject)))),+];
    };
}

mod amounts;
mod answers;
mod create;
mod facets;
mod faults;
mod fetch;
mod opening;
mod proof;
mod refunds;
mod told;
mod unlike;
mod wishes;

const ALL: [&[Case]; 12] = [
    opening::CASES,
    wishes::CASES,
    create::CASES,
    fetch::CASES,
    amounts::CASES,
    faults::CASES,
    answers::CASES,
    proof::CASES,
    told::CASES,
    facets::CASES,
    refunds::CASES,
    unlike::CASES,
];

/// Fewer than this is not the suite.
const LEAST: usize = 40;

/// Runs every case against `subject`, and says how many there were and what it declares to lack.
///
/// # Panics
/// When any case fails, with the names of all that did.
pub(crate) fn run(subject: &Subject) {
    let cases = ALL.concat();
    let failed = cases.iter().filter(|(_, trial)| !holds(subject, *trial));
    let failed: Vec<&str> = failed.map(|(name, _)| *name).collect();
    tell(subject, cases.len());
    assert!(failed.is_empty(), "{}: {failed:#?}", subject.name);
    assert!(cases.len() >= LEAST, "{} cases", cases.len());
}

/// Whether `subject` passes the case of this name.
pub(crate) fn passes(subject: &Subject, name: &str) -> bool {
    let cases = ALL.concat();
    let (_, trial) = cases.iter().find(|(one, _)| *one == name).unwrap();
    holds(subject, *trial)
}

fn holds(subject: &Subject, trial: Trial) -> bool {
    catch_unwind(AssertUnwindSafe(|| alone(subject, trial))).is_ok()
}

fn alone(subject: &Subject, trial: Trial) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    runtime.block_on(trial(subject));
}

/// To standard error as it is, so that the count shows in an ordinary run too.
fn tell(subject: &Subject, count: usize) {
    let lacks = subject.lacks();
    let mut text = format!("{}: {count} cases, {} declared absences\n", subject.name, lacks.len());
    for (ability, why) in lacks {
        text.push_str(&format!("  lacks {ability}: {why}\n"));
    }
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}
