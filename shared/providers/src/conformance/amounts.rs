//! What a payment is said to be, told as the provider says it: the domain compares, not the adapter.

use super::bench::Bench;
use super::calls::{Ability, Call, Facts, Verb};
use super::subject::Subject;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Money;
use bellhop_domain::provider::Observation;
use bellhop_domain::wish::Wish;

cases!(
    the_amounts_reach_from_the_least_to_the_most,
    every_amount_is_written_exactly,
    every_amount_is_read_exactly,
    every_amount_of_a_created_payment_is_read_exactly,
    i3_another_amount_is_told_as_it_is,
    i3_another_currency_is_told_as_it_is,
    i3_another_reference_is_told_as_it_is,
    i3_another_attempt_is_told_as_it_is,
    i3_another_payment_is_told_as_it_is,
);

fn wish_of(subject: &Subject, amount: Money) -> Wish {
    Wish { amount, ..subject.wish.clone() }
}

fn facts_of(subject: &Subject, amount: Money) -> Facts {
    Facts { amount, ..subject.facts() }
}

async fn seen(subject: &Subject, facts: &Facts) -> Observation {
    let call = (subject.fetch.call)(facts);
    let expected = subject.call(Verb::Fetch).unwrap().main;
    let act = call.main.with(&call.main.body);
    let asked = Call { main: expected, ..call };
    let bench = Bench::spoiled(subject, &asked, act).await;
    bench.fetch(subject).await.unwrap()
}

async fn the_amounts_reach_from_the_least_to_the_most(subject: &Subject) {
    for (one, _) in &subject.amounts {
        let exponent = one.currency().exponent().unwrap();
        let same = subject.amounts.iter().map(|(money, _)| money);
        let same = same.filter(|money| money.currency().exponent() == Some(exponent));
        let minors: Vec<u64> = same.map(|money| money.minor()).collect();
        let major = 10_u64.pow(exponent.into());
        assert!(minors.contains(&major), "one major unit of {one}");
        assert!(minors.iter().any(|minor| *minor <= major && *minor < 10), "{minors:?}");
        assert!(minors.iter().any(|minor| *minor > major * 100), "{minors:?}");
    }
    assert!(subject.amounts.len() >= 3);
}

async fn every_amount_is_written_exactly(subject: &Subject) {
    let mut bodies = Vec::new();
    for (amount, written) in &subject.amounts {
        let call = (subject.create.call)(&facts_of(subject, *amount));
        let bench = Bench::good(subject, &call).await;
        bench.create(subject, &wish_of(subject, *amount)).await.unwrap();
        let asked = bench.wire.asked(&call.main);
        let text = &asked.first().unwrap().text;
        assert!(text.contains(written), "{amount}: {written} in {text}");
        let says = subject.habits.sends_amount.has().is_some();
        assert_ne!(written.is_empty(), says, "{amount}");
        bodies.push(text.split_once("\r\n\r\n").unwrap().1.to_owned());
    }
    if let Ability::Lacks(why) = subject.habits.sends_amount {
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{why}");
    }
}

async fn every_amount_is_read_exactly(subject: &Subject) {
    for (amount, _) in &subject.amounts {
        assert_eq!(seen(subject, &facts_of(subject, *amount)).await.amount, Some(*amount));
    }
}

/// The last unit is not lost on the way: the neighbor is another amount.
async fn every_amount_of_a_created_payment_is_read_exactly(subject: &Subject) {
    for (amount, _) in &subject.amounts {
        let above = amount.with_minor(amount.minor() + 1).unwrap();
        let call = (subject.create.call)(&facts_of(subject, above));
        let bench = Bench::good(subject, &call).await;
        let made = bench.create(subject, &wish_of(subject, *amount)).await;
        let tells = subject.create.tells_amount.has().is_some();
        assert_eq!(made.is_err(), tells, "{amount}");
    }
}

async fn i3_another_amount_is_told_as_it_is(subject: &Subject) {
    for minor in [1, 14499, 14501, 145_000, 1_450_000] {
        let amount = subject.wish.amount.with_minor(minor).unwrap();
        assert_eq!(seen(subject, &facts_of(subject, amount)).await.amount, Some(amount));
    }
}

async fn i3_another_currency_is_told_as_it_is(subject: &Subject) {
    let ours = subject.wish.amount;
    let currency = match subject.fetch.tells_currency {
        Ability::Has(other) => other,
        Ability::Lacks(_) => subject.foreign,
    };
    let other = Money::new(ours.minor(), currency).unwrap();
    let told = seen(subject, &facts_of(subject, other)).await.amount;
    match subject.fetch.tells_currency {
        Ability::Has(_) => assert_eq!(told, Some(other)),
        Ability::Lacks(why) => assert_eq!(told, Some(ours), "{why}"),
    }
}

async fn i3_another_reference_is_told_as_it_is(subject: &Subject) {
    for reference in ["OTHER-1", "res-12345"] {
        let facts = Facts { reference: reference.to_owned(), ..subject.facts() };
        let told = seen(subject, &facts).await.echo.reference;
        let wanted = subject.fetch.echoes_reference.has().map(|()| reference);
        assert_eq!(told.as_deref(), wanted);
    }
}

async fn i3_another_attempt_is_told_as_it_is(subject: &Subject) {
    for attempt in [[2; 16], [9; 16]].map(AttemptId::from_bytes) {
        let facts = Facts { attempt, ..subject.facts() };
        let told = seen(subject, &facts).await.echo.attempt;
        assert_eq!(told, subject.fetch.echoes_attempt.has().map(|()| attempt));
    }
}

async fn i3_another_payment_is_told_as_it_is(subject: &Subject) {
    let mut facts = subject.facts();
    facts.payment.pop();
    facts.payment.push('7');
    assert_ne!(facts.payment, subject.payment);
    let told = seen(subject, &facts).await.payment;
    assert_eq!(told.as_str(), facts.payment);
}
