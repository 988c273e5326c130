//! Search, confirm, cancel and capture. What a provider lacks, asking answers `None`.

use super::bench::Bench;
use super::calls::{Ability, Call, Facts, Verb};
use super::subject::{Captured, Subject};
use crate::http::CALL_TIMEOUT;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Observation, ProviderErrorKind as Kind, RefusalCode};

cases!(
    a_lost_payment_is_found_by_its_attempt,
    i12_payments_of_other_attempts_are_not_found,
    a_search_that_shows_nothing_is_no_error,
    every_payment_of_an_attempt_is_found,
    a_create_that_may_be_lost_is_looked_for_unasked,
    a_confirm_is_sent_once_about_that_payment,
    a_payment_waits_for_a_word_only_where_one_can_be_given,
    a_cancel_is_sent_once_about_that_payment,
    a_capture_is_sent_once_about_that_payment,
    a_capture_of_a_part_does_what_is_declared,
    i3_a_facet_that_was_taken_says_nothing_about_money,
);

type Search = fn(&[Facts]) -> Call;

/// The search, or the proof that there is none.
fn search(subject: &Subject) -> Option<Search> {
    let looks_up = subject.at("https://api.provider.example").lookup(&subject.wish).is_some();
    assert_eq!(looks_up, subject.looks_up());
    subject.lookup.has().copied()
}

async fn found(subject: &Subject, call: &Call) -> Vec<Observation> {
    let bench = Bench::good(subject, call).await;
    let lookup = bench.provider.lookup(&subject.wish).unwrap();
    let found = lookup.find(&subject.wish, subject.facts().attempt).await;
    assert!(bench.wire.strays().is_empty(), "{:?}", bench.wire.strays());
    found.unwrap()
}

fn other(subject: &Subject) -> Facts {
    let mut facts = subject.facts();
    facts.attempt = AttemptId::from_bytes([9; 16]);
    facts.payment.pop();
    facts.payment.push('7');
    facts
}

async fn a_lost_payment_is_found_by_its_attempt(subject: &Subject) {
    let Some(search) = search(subject) else {
        return;
    };
    let ours = subject.facts();
    for shown in [vec![ours.clone()], vec![ours.clone(), other(subject)], vec![other(subject), ours.clone()]]
    {
        let found = found(subject, &search(&shown)).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].payment, subject.payment());
        assert_eq!(found[0].amount, Some(ours.amount));
    }
}

async fn i12_payments_of_other_attempts_are_not_found(subject: &Subject) {
    let Some(search) = search(subject) else {
        return;
    };
    assert_eq!(found(subject, &search(&[other(subject)])).await, []);
}

async fn a_search_that_shows_nothing_is_no_error(subject: &Subject) {
    let Some(search) = search(subject) else {
        return;
    };
    assert_eq!(found(subject, &search(&[])).await, []);
}

async fn every_payment_of_an_attempt_is_found(subject: &Subject) {
    let Some(search) = search(subject) else {
        return;
    };
    let mut twin = other(subject);
    twin.attempt = subject.facts().attempt;
    let shown = search(&[subject.facts(), twin.clone()]);
    let mut ids: Vec<String> =
        found(subject, &shown).await.into_iter().map(|one| one.payment.as_str().to_owned()).collect();
    ids.sort();
    let mut wanted = vec![subject.payment.to_owned(), twin.payment];
    wanted.sort();
    assert_eq!(ids, wanted);
}

/// Then a search that shows nothing proves that there is nothing.
async fn a_create_that_may_be_lost_is_looked_for_unasked(subject: &Subject) {
    if subject.harmless.has().is_none() {
        return;
    }
    assert!(subject.lookup.has().is_none());
    let bench = Bench::idle(subject).await;
    let lookup = bench.provider.lookup(&subject.wish).unwrap();
    let found = lookup.find(&subject.wish, subject.facts().attempt).await;
    assert_eq!(found.unwrap(), []);
    assert!(bench.wire.all().is_empty());
    let provider = subject.at("https://api.provider.example");
    assert!(provider.schedule().lookup_lag > CALL_TIMEOUT.try_into().unwrap(), "the call is over by then");
}

/// Asks for what `verb` says: once, and naming the payment.
async fn sent(subject: &Subject, verb: Verb, call: &Call) {
    let bench = Bench::good(subject, call).await;
    bench.ask(subject, verb).await.unwrap();
    let asked = bench.wire.asked(&call.main);
    assert_eq!(asked.len(), 1, "{verb:?}");
    assert!(asked[0].text.contains(subject.named(verb)), "{}", asked[0].text);
}

async fn a_confirm_is_sent_once_about_that_payment(subject: &Subject) {
    match &subject.confirms {
        Ability::Has(call) => sent(subject, Verb::Confirm, call).await,
        Ability::Lacks(why) => {
            let provider = subject.at("https://api.provider.example");
            assert!(provider.confirms().is_none(), "{why}");
        }
    }
}

async fn a_payment_waits_for_a_word_only_where_one_can_be_given(subject: &Subject) {
    let call = subject.call(Verb::Fetch).unwrap();
    let mut waiting = 0;
    for status in subject.fetch.statuses.iter().chain(subject.fetch.unnamed.has().into_iter().flatten()) {
        let bench = Bench::spoiled(subject, &call, call.main.with(&status.body)).await;
        let seen = bench.fetch(subject).await.unwrap();
        waiting += usize::from(seen.awaits_confirmation);
        assert!(!(seen.awaits_confirmation && status.reading.is_final()), "{}", status.name);
    }
    assert_eq!(waiting > 0, subject.confirms.has().is_some());
}

async fn a_cancel_is_sent_once_about_that_payment(subject: &Subject) {
    match &subject.cancels {
        Ability::Has(call) => sent(subject, Verb::Cancel, call).await,
        Ability::Lacks(why) => {
            let provider = subject.at("https://api.provider.example");
            assert!(provider.cancels().is_none(), "{why}");
        }
    }
}

/// What is known of captures, or the proof that there are none.
fn captured(subject: &Subject) -> Option<&Captured> {
    let lacks = subject.at("https://api.provider.example").captures().is_none();
    assert_eq!(lacks, subject.captures.lack().is_some());
    subject.captures.has()
}

async fn a_capture_is_sent_once_about_that_payment(subject: &Subject) {
    let Some(captured) = captured(subject) else {
        return;
    };
    sent(subject, Verb::Capture, &captured.call).await;
}

async fn a_capture_of_a_part_does_what_is_declared(subject: &Subject) {
    let Some(captured) = captured(subject) else {
        return;
    };
    let bench = Bench::good(subject, &captured.call).await;
    let captures = bench.provider.captures().unwrap();
    assert_eq!(captures.takes_part(), captured.part.has().is_some());
    match captured.part {
        Ability::Has((part, written)) => {
            captures.capture(&subject.payment(), Some(part)).await.unwrap();
            let asked = bench.wire.asked(&captured.call.main);
            assert!(asked[0].text.contains(written), "{}", asked[0].text);
        }
        Ability::Lacks(why) => {
            let part = subject.wish.amount.with_minor(1).unwrap();
            let done = captures.capture(&subject.payment(), Some(part)).await;
            let Kind::Refused(refusal) = done.unwrap_err().kind else { panic!("{why}") };
            assert_eq!(refusal.code, RefusalCode::InvalidField);
            assert!(bench.wire.all().is_empty(), "{why}");
        }
    }
}

/// Only a fetch tells: a cancel or capture that was taken leaves the next reading to the provider.
async fn i3_a_facet_that_was_taken_says_nothing_about_money(subject: &Subject) {
    for verb in [Verb::Confirm, Verb::Cancel, Verb::Capture] {
        let Some(mut call) = subject.call(verb) else {
            continue;
        };
        let fetch = subject.call(Verb::Fetch).unwrap();
        call.after.extend([fetch.main].into_iter().chain(fetch.after));
        let bench = Bench::good(subject, &call).await;
        let before = bench.fetch(subject).await.unwrap();
        bench.ask(subject, verb).await.unwrap();
        assert_eq!(bench.fetch(subject).await.unwrap(), before, "{verb:?}");
    }
}
