//! What holds after every step of every history.

use crate::given::{payment, session, start};
use crate::steps::{Lie, STRANGER, Step, any_step, apply};
use bellhop_domain::schedule::MAX_LOOKS;
use bellhop_domain::session::{Change, Session};
use bellhop_domain::status::{AttemptStatus, Reading, SessionStatus};
use bellhop_domain::{SignedDuration, Timestamp};
use proptest::prelude::*;

/// Plays a history and checks each step of it with `check`.
fn play(
    steps: &[Step],
    check: impl Fn(&Session, &Step, &Change, Timestamp) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let (mut at, mut now) = (session(), start());
    for step in steps {
        if let Step::Wait(minutes) = step {
            now += SignedDuration::from_mins(*minutes);
        }
        if let Some(change) = apply(&at, step, now) {
            check(&at, step, &change, now)?;
            at = change.session;
        }
    }
    Ok(())
}

fn histories() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(any_step(), 1..60)
}

fn count(session: &Session, wanted: impl Fn(AttemptStatus) -> bool) -> usize {
    let statuses = session.attempts.iter().map(|attempt| attempt.status);
    statuses.filter(|status| wanted(*status)).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn i1_at_most_one_attempt_can_be_paid(steps in histories()) {
        play(&steps, |before, step, change, _| {
            let open = |status: AttemptStatus| status.is_payable() || status.is_unanswered();
            prop_assert!(count(&change.session, open) <= 1);
            if matches!(step, Step::Retried) {
                prop_assert_eq!(count(before, |status| !status.is_final()), 0);
                prop_assert_eq!(count(before, AttemptStatus::holds_money), 0);
            }
            Ok(())
        })?;
    }

    #[test]
    fn i2_every_stored_change_is_an_edge_of_the_table(steps in histories()) {
        play(&steps, |before, _, change, _| {
            for (old, new) in before.attempts.iter().zip(&change.session.attempts) {
                prop_assert_eq!(old.id, new.id);
                let edge = old.status == new.status || old.status.may_become(new.status);
                prop_assert!(edge, "{} -> {}", old.status, new.status);
                prop_assert!(old.payment.is_none() || old.payment == new.payment);
            }
            prop_assert!(before.attempts.len() <= change.session.attempts.len());
            prop_assert!(change.session.closed || !before.closed);
            Ok(())
        })?;
    }

    #[test]
    fn i3_success_comes_only_from_a_true_answer_that_says_so(steps in histories()) {
        play(&steps, |before, step, change, _| {
            let more = count(&change.session, AttemptStatus::is_paid) > count(before, AttemptStatus::is_paid);
            let Step::Observed { back, reading, lie, .. } = step else {
                prop_assert!(!more);
                return Ok(());
            };
            let told = *reading == Reading::Known(AttemptStatus::Succeeded);
            let at = before.attempts.len() - 1 - back;
            let named = if *lie == Some(Lie::Payment) { STRANGER } else { at };
            let known = before.attempts[at].payment.as_ref();
            let ours = known.is_none_or(|known| *known == payment(named));
            let true_one = ours && matches!(lie, None | Some(Lie::Payment));
            prop_assert!(!more || (told && true_one));
            Ok(())
        })?;
    }

    #[test]
    fn i6_versions_and_sequences_have_no_gap(steps in histories()) {
        play(&steps, |before, _, change, now| {
            let after = &change.session;
            prop_assert_eq!(after.version, before.version + 1);
            let events = u64::from(change.event.is_some());
            prop_assert_eq!(after.sequence, before.sequence + events);
            prop_assert!(change.event.is_some() || after.status() == before.status());
            if let Some(event) = &change.event {
                prop_assert_eq!(event.sequence, after.sequence);
                prop_assert_eq!(event.status, after.status());
                prop_assert_eq!((event.at, after.updated_at), (now, now));
            }
            Ok(())
        })?;
    }

    #[test]
    fn i9_looks_have_a_cap_and_none_is_planned_beyond_it(steps in prop::collection::vec(any_step(), 1..200)) {
        play(&steps, |_, _, change, _| {
            for attempt in &change.session.attempts {
                prop_assert!(attempt.looks <= MAX_LOOKS);
                let planned = attempt.looks == MAX_LOOKS && attempt.look_at.is_some();
                prop_assert!(!planned, "a look is planned that may not be made");
            }
            Ok(())
        })?;
    }

    #[test]
    fn i4_nothing_open_is_ever_forgotten(steps in prop::collection::vec(any_step(), 1..200)) {
        play(&steps, |_, _, change, _| {
            let after = &change.session;
            let waiting = after.review.is_none() && !after.status().is_finished();
            prop_assert!(!waiting || after.due_at().is_some(), "{after:?}");
            let exhausted = |at: usize| after.attempts[at].looks == MAX_LOOKS;
            let open = (0..after.attempts.len()).any(|at| {
                !after.attempts[at].status.is_final() && exhausted(at)
            });
            prop_assert!(!open || after.status() == SessionStatus::Review, "{after:?}");
            Ok(())
        })?;
    }
}
