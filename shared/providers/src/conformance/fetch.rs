//! Reading a payment: every status, and answers that are not what they should be.

use super::bench::Bench;
use super::calls::{Call, Verb};
use super::doubts::{NONSENSE, cut, extended, replaced, without};
use super::subject::{Status, Subject};
use crate::http::MAX_BODY;
use bellhop_domain::attempt::Moved;
use bellhop_domain::provider::{Echo, Observation, Page, ProviderErrorKind as Kind};
use bellhop_domain::status::{AttemptStatus, Reading};
use serde_json::Value;

cases!(
    a_fetch_asks_once_for_that_payment,
    every_documented_status_has_its_reading,
    every_documented_status_moves_what_it_says,
    every_documented_end_has_its_reason,
    every_documented_status_says_whether_it_is_settled,
    a_payment_has_a_page_only_while_it_can_be_paid,
    i3_a_payment_that_names_no_amount_is_known_by_its_id_and_holds_no_money,
    i1_a_payment_that_was_tried_is_not_let_go_unasked,
    i3_a_new_status_is_unrecognized_and_moves_nothing,
    i11_a_hostile_status_is_made_safe,
    fields_of_tomorrow_are_let_through_in_a_fetch,
    i3_a_payment_without_a_required_field_is_unreadable,
    i3_a_payment_with_a_null_field_is_unreadable,
    i3_a_payment_that_is_nearly_right_is_unreadable,
    i3_nonsense_is_no_payment,
    a_payment_beyond_the_cap_is_unreadable,
    a_payment_as_large_as_the_cap_is_read,
);

fn call(subject: &Subject) -> Call {
    subject.call(Verb::Fetch).unwrap()
}

async fn seen(subject: &Subject, body: &str) -> Result<Observation, Kind> {
    let call = call(subject);
    let bench = Bench::spoiled(subject, &call, call.main.with(body)).await;
    let seen = bench.fetch(subject).await;
    assert_eq!(bench.wire.asked(&call.main).len(), 1, "{body}");
    seen.map_err(|error| error.kind)
}

async fn is_unreadable(subject: &Subject, body: &str) {
    assert_eq!(seen(subject, body).await, Err(Kind::Unreadable), "{body}");
}

/// Looks at every documented status.
async fn each(subject: &Subject, check: impl Fn(&Status, Observation)) {
    assert!(!subject.fetch.statuses.is_empty());
    for status in &subject.fetch.statuses {
        let seen = seen(subject, &status.body).await;
        check(status, seen.unwrap_or_else(|kind| panic!("{}: {kind}", status.name)));
    }
}

async fn a_fetch_asks_once_for_that_payment(subject: &Subject) {
    let call = call(subject);
    let bench = Bench::good(subject, &call).await;
    let seen = bench.fetch(subject).await.unwrap();
    assert_eq!(seen.payment, subject.payment());
    let asked = bench.wire.asked(&call.main);
    assert_eq!(asked.len(), 1);
    assert!(asked[0].text.contains(subject.named(Verb::Fetch)), "{}", asked[0].text);
}

async fn every_documented_status_has_its_reading(subject: &Subject) {
    each(subject, |status, seen| {
        assert_eq!(seen.reading, Reading::Known(status.reading), "{}", status.name);
        assert_eq!(seen.payment, subject.payment());
        let named = subject.habits.names_amount_unpaid.has().is_some() || seen.reading.holds_money();
        assert_eq!(seen.amount, named.then_some(subject.wish.amount), "{}", status.name);
    })
    .await;
}

async fn every_documented_status_moves_what_it_says(subject: &Subject) {
    each(subject, |status, seen| assert_eq!(seen.moved, status.moved, "{}", status.name)).await;
    let paid = |one: &Status| one.reading == AttemptStatus::Succeeded && one.moved.captured > 0;
    assert!(subject.fetch.statuses.iter().any(paid), "a success takes money");
}

async fn every_documented_end_has_its_reason(subject: &Subject) {
    each(subject, |status, seen| {
        assert_eq!(seen.failure, status.failure, "{}", status.name);
        let unpaid = status.reading.is_final() && status.reading != AttemptStatus::Succeeded;
        assert_eq!(seen.failure.is_some(), unpaid, "{}", status.name);
    })
    .await;
}

async fn every_documented_status_says_whether_it_is_settled(subject: &Subject) {
    each(subject, |status, seen| {
        assert_eq!(seen.settled, status.settled, "{}", status.name);
        assert!(!seen.settled || status.reading.is_final(), "{}", status.name);
    })
    .await;
}

async fn a_payment_has_a_page_only_while_it_can_be_paid(subject: &Subject) {
    let provider = subject.at("https://api.provider.example");
    let visits = provider.pages().is_some();
    each(subject, |status, seen| {
        let page = seen.page.as_ref().map(address);
        let payable = status.reading.is_payable();
        assert!(page.is_none() || payable, "{}: {page:?}", status.name);
        // Where a create keeps no page, only a look has one, or it is made for each visit.
        let kept = subject.create.keeps_page.has().is_some();
        assert!(page.is_some() || kept || visits || !payable, "{}", status.name);
        let begun = subject.fetch.begun.has().is_some();
        assert!(
            !visits || (!kept && (begun || page.is_none())),
            "{}: a page is made in one way",
            status.name
        );
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://127.0.0.1");
        assert!(page.iter().all(web), "{}: {page:?}", status.name);
    })
    .await;
}

/// Then nothing but the id, which came with the answer to our own create, says that it is ours.
async fn i3_a_payment_that_names_no_amount_is_known_by_its_id_and_holds_no_money(subject: &Subject) {
    for status in subject.fetch.unnamed.has().into_iter().flatten() {
        let seen = seen(subject, &status.body).await.unwrap();
        assert_eq!(seen.reading, Reading::Known(status.reading), "{}", status.name);
        assert_eq!((seen.amount, seen.moved), (None, Moved::default()), "{}", status.name);
        let known = Echo { ours_by_id: true, ..Echo::default() };
        assert_eq!((seen.payment, seen.echo), (subject.payment(), known), "{}", status.name);
        assert_eq!((seen.failure, seen.settled), (status.failure, status.settled), "{}", status.name);
        assert!(!seen.reading.holds_money() && !seen.awaits_confirmation, "{}", status.name);
    }
}

async fn i1_a_payment_that_was_tried_is_not_let_go_unasked(subject: &Subject) {
    let provider = subject.at("https://api.provider.example");
    each(subject, |status, seen| assert_eq!(provider.lingers(&seen), None, "{}", status.name)).await;
}

async fn word(subject: &Subject, word: &str) -> Observation {
    let body = (subject.fetch.with_word)(word);
    seen(subject, &body).await.unwrap_or_else(|kind| panic!("{word}: {kind}"))
}

async fn i3_a_new_status_is_unrecognized_and_moves_nothing(subject: &Subject) {
    for odd in ["of_tomorrow", "successful_ish", "paidd", "null", "0"] {
        let seen = word(subject, odd).await;
        assert_eq!(seen.reading, Reading::Unrecognized(odd.to_owned()));
        let rest = (seen.moved, seen.settled, seen.page, seen.failure);
        assert_eq!(rest, (Moved::default(), false, None, None), "{odd}");
    }
}

async fn i11_a_hostile_status_is_made_safe(subject: &Subject) {
    let long = "x".repeat(5000);
    for odd in ["<b>new\nword</b>", "a\u{1b}[31mb", "{\"a\":1}", "\u{202e}evil", &long] {
        let Reading::Unrecognized(kept) = word(subject, odd).await.reading else {
            panic!("{odd} is no status")
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        assert!(kept.len() <= 64 && kept.chars().all(plain), "{kept}");
    }
}

async fn fields_of_tomorrow_are_let_through_in_a_fetch(subject: &Subject) {
    for status in &subject.fetch.statuses {
        let body = extended(&status.body, subject.keyed);
        let seen = seen(subject, &body).await.unwrap();
        assert_eq!(seen.reading, Reading::Known(status.reading), "{}", status.name);
        assert_eq!(seen.moved, status.moved, "{}", status.name);
    }
}

async fn i3_a_payment_without_a_required_field_is_unreadable(subject: &Subject) {
    assert!(!subject.fetch.required.is_empty());
    let main = call(subject).main;
    for pointer in subject.fetch.required {
        is_unreadable(subject, &without(&main.body, pointer)).await;
    }
}

async fn i3_a_payment_with_a_null_field_is_unreadable(subject: &Subject) {
    let main = call(subject).main;
    for pointer in subject.fetch.required {
        is_unreadable(subject, &replaced(&main.body, pointer, Value::Null)).await;
    }
}

async fn i3_a_payment_that_is_nearly_right_is_unreadable(subject: &Subject) {
    assert!(!subject.fetch.near_misses.is_empty());
    for body in &subject.fetch.near_misses {
        is_unreadable(subject, body).await;
    }
}

async fn i3_nonsense_is_no_payment(subject: &Subject) {
    let half = cut(&call(subject).main.body);
    for body in NONSENSE.into_iter().chain(["null", "[]", "{}", &half]) {
        is_unreadable(subject, body).await;
    }
}

fn padded(subject: &Subject, length: usize) -> String {
    let body = call(subject).main.body;
    let padding = " ".repeat(length - body.len());
    body + &padding
}

async fn a_payment_beyond_the_cap_is_unreadable(subject: &Subject) {
    is_unreadable(subject, &padded(subject, MAX_BODY + 1)).await;
}

async fn a_payment_as_large_as_the_cap_is_read(subject: &Subject) {
    assert!(seen(subject, &padded(subject, MAX_BODY)).await.is_ok());
}

/// Where a page of a look leads.
fn address(page: &Page) -> String {
    match page {
        Page::To(url) | Page::Scan(url) => url.to_string(),
        Page::Post(form) => form.action.to_string(),
        Page::Widget(widget) => widget.script.to_string(),
    }
}
