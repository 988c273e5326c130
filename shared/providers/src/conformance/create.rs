//! Opening a payment.

use super::bench::Bench;
use super::calls::{Ability, Call, Facts, Verb};
use super::doubts::{NONSENSE, cut, extended, replaced, without};
use super::subject::Subject;
use crate::http::MAX_BODY;
use crate::test_server::Act;
use bellhop_domain::ids::AttemptId;
use bellhop_domain::provider::{Created, ProviderErrorKind as Kind};
use serde_json::Value;

cases!(
    a_payment_is_opened_once_and_named,
    our_session_is_sent_where_they_echo_it,
    our_attempt_is_sent_where_they_echo_it,
    the_payer_is_sent_back_to_our_landing,
    i1_an_answer_for_another_amount_is_no_success,
    i1_an_answer_for_another_reference_is_no_success,
    i1_an_answer_for_another_attempt_is_no_success,
    i1_a_created_payment_with_an_odd_id_is_no_success,
    i1_nonsense_is_no_created_payment,
    i1_a_created_payment_without_a_required_field_is_no_success,
    i1_a_created_payment_with_a_null_field_is_no_success,
    i1_an_answer_beyond_the_cap_is_no_created_payment,
    fields_of_tomorrow_are_let_through_in_a_create,
);

fn call(subject: &Subject) -> Call {
    subject.call(Verb::Create).unwrap()
}

async fn made(subject: &Subject, act: Act) -> Result<Created, Kind> {
    let bench = Bench::spoiled(subject, &call(subject), act).await;
    let made = bench.create(subject, &subject.wish).await;
    made.map_err(|error| error.kind)
}

/// I1: after such an answer a payment may be there, so it is looked for and not just made again.
async fn is_doubt(subject: &Subject, act: Act, what: &str) {
    let made = made(subject, act).await;
    let doubt = matches!(made, Err(Kind::Unreadable | Kind::OutcomeUnknown));
    assert!(doubt, "{what}: {made:?}");
}

async fn a_payment_is_opened_once_and_named(subject: &Subject) {
    let call = call(subject);
    let bench = Bench::good(subject, &call).await;
    let made = bench.create(subject, &subject.wish).await.unwrap();
    assert_eq!(made.payment, subject.payment());
    let kept = subject.create.keeps_page.has().is_some();
    assert_eq!(made.page.is_some(), kept);
    assert_eq!(bench.wire.asked(&call.main).len(), 1);
}

/// Everything that a create sends.
async fn sent(subject: &Subject) -> String {
    let bench = Bench::good(subject, &call(subject)).await;
    bench.create(subject, &subject.wish).await.unwrap();
    let all = bench.wire.all().into_iter();
    all.map(|asked| asked.text).collect()
}

async fn our_session_is_sent_where_they_echo_it(subject: &Subject) {
    let there = sent(subject).await.contains(&subject.facts().session.to_string());
    assert_eq!(there, subject.create.sends_session.has().is_some());
}

async fn our_attempt_is_sent_where_they_echo_it(subject: &Subject) {
    let there = sent(subject).await.contains(&subject.facts().attempt.to_string());
    assert_eq!(there, subject.create.sends_attempt.has().is_some());
}

async fn the_payer_is_sent_back_to_our_landing(subject: &Subject) {
    let sent = sent(subject).await;
    let there = sent.contains("landing-token");
    assert_eq!(there, subject.create.sends_landing.has().is_some());
    let theirs = subject.wish.return_url.url().as_str();
    assert!(!sent.contains(theirs), "the booking site comes after our landing");
}

/// An answer about other facts: no success where it tells, and no matter where it does not.
async fn judges(subject: &Subject, tells: &Ability, other: &Facts) {
    let main = (subject.create.call)(other).main;
    let act = main.with(&main.body);
    match tells {
        Ability::Has(()) => is_doubt(subject, act, &main.body).await,
        Ability::Lacks(why) => assert!(made(subject, act).await.is_ok(), "{why}"),
    }
}

async fn i1_an_answer_for_another_amount_is_no_success(subject: &Subject) {
    let minor = subject.wish.amount.minor();
    for other in [minor + 1, minor * 10, minor * 100, minor / 10] {
        let mut facts = subject.facts();
        facts.amount = facts.amount.with_minor(other).unwrap();
        judges(subject, &subject.create.tells_amount, &facts).await;
    }
}

async fn i1_an_answer_for_another_reference_is_no_success(subject: &Subject) {
    let ours = subject.facts();
    for reference in ["OTHER-1".to_owned(), format!("{}1", ours.reference), ours.reference.to_lowercase()] {
        let other = Facts { reference, ..ours.clone() };
        judges(subject, &subject.create.tells_reference, &other).await;
    }
}

async fn i1_an_answer_for_another_attempt_is_no_success(subject: &Subject) {
    let other = Facts { attempt: AttemptId::from_bytes([9; 16]), ..subject.facts() };
    judges(subject, &subject.create.tells_attempt, &other).await;
}

/// The id goes into the address of later calls, and into keys of the table.
async fn i1_a_created_payment_with_an_odd_id_is_no_success(subject: &Subject) {
    let long = "1".repeat(129);
    for payment in ["", "../x", "a/b", "a?b=c", "a b", "a\nb", &long] {
        let facts = Facts { payment: payment.to_owned(), ..subject.facts() };
        let main = (subject.create.call)(&facts).main;
        is_doubt(subject, main.with(&main.body), payment).await;
    }
}

async fn i1_nonsense_is_no_created_payment(subject: &Subject) {
    let main = call(subject).main;
    let half = cut(&main.body);
    for body in NONSENSE.into_iter().chain(["null", "[]", "{}", &half]) {
        is_doubt(subject, main.with(body), body).await;
    }
}

async fn i1_a_created_payment_without_a_required_field_is_no_success(subject: &Subject) {
    assert!(!subject.create.required.is_empty());
    let main = call(subject).main;
    for pointer in subject.create.required {
        let body = without(&main.body, pointer);
        is_doubt(subject, main.with(&body), pointer).await;
    }
}

async fn i1_a_created_payment_with_a_null_field_is_no_success(subject: &Subject) {
    let main = call(subject).main;
    for pointer in subject.create.required {
        let body = replaced(&main.body, pointer, Value::Null);
        is_doubt(subject, main.with(&body), pointer).await;
    }
}

async fn i1_an_answer_beyond_the_cap_is_no_created_payment(subject: &Subject) {
    let main = call(subject).main;
    let body = format!("{}{}", main.body, " ".repeat(MAX_BODY));
    is_doubt(subject, main.with(&body), "padded").await;
}

async fn fields_of_tomorrow_are_let_through_in_a_create(subject: &Subject) {
    let main = call(subject).main;
    let body = extended(&main.body, subject.keyed);
    assert!(made(subject, main.with(&body)).await.is_ok(), "{body}");
}
