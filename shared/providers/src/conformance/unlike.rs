//! What only some providers do: they do it right, and the others do not do it.

use super::bench::Bench;
use super::calls::{Ability, Verb};
use super::habits::Resolved;
use super::subject::Subject;
use crate::test_server::{Act, answer};
use bellhop_domain::provider::{
    Echo, Operation, ProviderError, ProviderErrorKind as Kind, ProviderPaymentId,
};

cases!(
    i3_a_payment_that_carries_nothing_of_ours_is_known_by_its_id_alone,
    what_a_message_names_leads_to_the_payment,
    what_a_message_names_is_asked_for_once_and_again_later,
);

async fn echo(subject: &Subject, body: &str) -> Echo {
    let call = subject.call(Verb::Fetch).unwrap();
    let bench = Bench::spoiled(subject, &call, call.main.with(body)).await;
    bench.fetch(subject).await.unwrap().echo
}

async fn i3_a_payment_that_carries_nothing_of_ours_is_known_by_its_id_alone(subject: &Subject) {
    for status in &subject.fetch.statuses {
        let echo = echo(subject, &status.body).await;
        assert!(!echo.ours_by_id, "{}", status.name);
        assert!(echo.attempt.is_some() || echo.reference.is_some(), "{}", status.name);
    }
    if let Ability::Has(body) = &subject.habits.ours_by_id {
        assert_eq!(echo(subject, body).await, Echo { ours_by_id: true, ..Echo::default() });
    }
}

/// What is known of it, or the proof that there is nothing to resolve.
fn resolved(subject: &Subject) -> Option<&Resolved> {
    let resolves = subject.at("https://api.provider.example").resolves().is_some();
    assert_eq!(resolves, subject.habits.resolves.has().is_some());
    subject.habits.resolves.has()
}

async fn resolve(
    subject: &Subject,
    known: &Resolved,
    act: Act,
) -> Result<Option<ProviderPaymentId>, ProviderError> {
    let bench = Bench::spoiled(subject, &known.call, act).await;
    let named = ProviderPaymentId::parse(known.named).unwrap();
    let found = bench.provider.resolves().unwrap().resolve(&named).await;
    let asked = bench.wire.asked(&known.call.main);
    assert_eq!(asked.len(), 1);
    assert!(asked[0].text.contains(known.named), "{}", asked[0].text);
    assert!(bench.wire.strays().is_empty(), "{:?}", bench.wire.strays());
    found
}

async fn what_a_message_names_leads_to_the_payment(subject: &Subject) {
    let Some(known) = resolved(subject) else { return };
    let main = &known.call.main;
    let found = resolve(subject, known, main.with(&main.body)).await;
    assert_eq!(found.unwrap(), Some(subject.payment()));
    assert!(!known.elsewhere.is_empty());
    for body in &known.elsewhere {
        assert_eq!(resolve(subject, known, main.with(body)).await.unwrap(), None, "{body}");
    }
}

/// Whoever brings the message brings it again, so nothing is lost by an error.
async fn what_a_message_names_is_asked_for_once_and_again_later(subject: &Subject) {
    let Some(known) = resolved(subject) else { return };
    let unavailable = || Kind::Unavailable { after: None };
    for (act, kind) in [
        (Act::Close, unavailable()),
        (answer("503 Service Unavailable", "", "<html>"), unavailable()),
        (answer("401 Unauthorized", "", ""), Kind::Unauthorized),
        (known.call.main.with("[]"), Kind::Unreadable),
    ] {
        let error = resolve(subject, known, act).await.unwrap_err();
        assert_eq!((error.kind, error.operation), (kind, Operation::Resolve));
    }
}
