//! GOV.UK Pay in the suite that every provider passes.

use super::messages::notify;
use super::statuses::statuses;
use super::{CURRENT, ID, KEY, PREVIOUS, golden, pounds, secret, wish};
use crate::conformance::{
    self, Ability, Call, Captured, Create, Facts, Fetch, Habits, Refunded, Step, Subject, Verb, Wrong,
    patched,
};
use bellhop_domain::money::Currency;
use bellhop_domain::provider::{
    ProviderErrorKind as Kind, ProviderName, Refund, RefundOrder, RefundStatus, Refusal, RefusalCode,
};
use serde_json::{Value, json};
use std::time::Duration;

/// What every payment has that is read.
const REQUIRED: &[&str] = &["/payment_id", "/amount", "/reference", "/state", "/state/status"];

#[test]
fn conformance_of_govuk_pay() {
    conformance::run(&subject());
}

pub(super) fn subject() -> Subject {
    Subject {
        name: ProviderName::GovukPay,
        settings: |base| json!({"base_url": base}),
        secret: secret(),
        optional: &[],
        hidden: vec![KEY.to_owned(), CURRENT.to_owned(), PREVIOUS.to_owned()],
        payment: ID,
        wish: wish(),
        foreign: Currency::EUR,
        amounts: vec![
            (pounds(1), r#""amount":1,"#),
            (pounds(100), r#""amount":100,"#),
            (pounds(10_000_000), r#""amount":10000000,"#),
        ],
        faults: vec![("/metadata/sign", |wish| {
            wish.metadata.insert("sign".to_owned(), "a<b".to_owned());
        })],
        create: create(),
        fetch: fetch(),
        notify: Ability::Has(notify()),
        lookup: Ability::Has(search),
        harmless: Ability::Lacks("a lost create can be paid"),
        confirms: Ability::Lacks("no payment waits for our word"),
        cancels: Ability::Has(Call::of(no_content("/cancel"))),
        captures: Ability::Has(Captured {
            call: Call::of(no_content("/capture")),
            part: Ability::Lacks("the call takes no amount"),
        }),
        refunds: Ability::Has(refunds()),
        wrongs: wrongs(),
        too_many: (
            r#"{"code":"P0900","description":"Too many requests"}"#.to_owned(),
            Some(Duration::from_secs(1)),
        ),
        never_pushes: Ability::Has(()),
        keyed: &[],
        habits: Habits::default(),
    }
}

fn step(method: &'static str, below: &str, status: &'static str, body: &str) -> Step {
    Step { method, target: format!("/v1/payments{below}"), status, body: body.to_owned() }
}

fn no_content(below: &str) -> Step {
    step("POST", &format!("/{ID}{below}"), "204 No Content", "")
}

/// A golden payment that says these facts.
fn saying(golden: &str, facts: &Facts) -> String {
    let ids =
        json!({"bellhop_session": facts.session.to_string(), "bellhop_attempt": facts.attempt.to_string()});
    let patch = json!({
        "payment_id": facts.payment, "amount": facts.amount.minor(),
        "reference": facts.reference, "metadata": ids,
    });
    patched(golden, &patch)
}

fn create() -> Create {
    Create {
        call: |facts| {
            let body = saying(golden!("created"), facts);
            Call::of(step("POST", "", "201 Created", &body))
        },
        sends_session: Ability::Has(()),
        sends_attempt: Ability::Has(()),
        sends_landing: Ability::Has(()),
        tells_amount: Ability::Has(()),
        tells_reference: Ability::Has(()),
        tells_attempt: Ability::Has(()),
        keeps_page: Ability::Lacks("a page serves one visit, and each fetch gives a fresh one"),
        required: REQUIRED,
    }
}

fn fetch() -> Fetch {
    let odd = |patch: Value| patched(golden!("started"), &patch);
    Fetch {
        call: |facts| {
            let body = saying(golden!("started"), facts);
            Call::of(step("GET", &format!("/{ID}"), "200 OK", &body))
        },
        statuses: statuses(),
        unnamed: Ability::Lacks("its amount is named from the start"),
        begun: Ability::Lacks("a page is made in one way"),
        with_word: |word| patched(golden!("success"), &json!({"state": {"status": word}})),
        tells_currency: Ability::Lacks("amounts are pence"),
        echoes_reference: Ability::Has(()),
        echoes_attempt: Ability::Has(()),
        required: REQUIRED,
        near_misses: vec![
            odd(json!({"amount": "14500"})),
            odd(json!({"amount": 14500.0})),
            odd(json!({"amount": -1})),
            odd(json!({"amount": 1_000_000_000_000_u64})),
            odd(json!({"payment_id": 7})),
            odd(json!({"payment_id": "a/b"})),
            odd(json!({"state": {"status": 1}})),
        ],
    }
}

fn search(found: &[Facts]) -> Call {
    let read = |facts| serde_json::from_str(&saying(golden!("started"), facts)).unwrap();
    let results: Vec<Value> = found.iter().map(read).collect();
    let body = patched(golden!("search_empty"), &json!({"results": results}));
    Call::of(step("GET", "", "200 OK", &body))
}

fn refunds() -> Refunded {
    let refund = |id: &str, amount, status| Refund { id: id.to_owned(), amount: pounds(amount), status };
    let below = format!("/{ID}/refunds");
    Refunded {
        call: Call::of(step("POST", &below, "202 Accepted", golden!("refund"))),
        order: RefundOrder { amount: pounds(1000), available: pounds(14500) },
        made: refund("4jfabcee0ev36so050kooajabk", 1000, Some(RefundStatus::Pending)),
        list: Call::of(step("GET", &below, "200 OK", golden!("refunds"))),
        listed: vec![
            refund("fvtj4naca8nstj2u0roq3t4p6r", 5000, Some(RefundStatus::Succeeded)),
            refund("4jfabcee0ev36so050kooajabk", 1000, Some(RefundStatus::Failed)),
            refund("j6se0f2o427g28g8yg3u3i", 10, None),
        ],
    }
}

/// One of each kind for each verb; every code stands in the tests of codes.
fn wrongs() -> Vec<Wrong> {
    use RefusalCode::{AccountNotAllowed, AmountChanged, InvalidField, WrongState};
    let refused = |code, word: &str, pointer: Option<&str>| {
        Kind::Refused(Refusal {
            code,
            provider_code: word.to_owned(),
            pointer: pointer.map(str::to_owned),
            message: None,
        })
    };
    let invalid = refused(InvalidField, "P0102", Some("/amount/value"));
    let forbidden = refused(AccountNotAllowed, "P0940", Some("/amount/value"));
    let row = |(verb, status, word, kind): (_, _, &str, _)| Wrong {
        verb,
        status,
        body: json!({"code": word, "field": "amount", "description": "words"}).to_string(),
        kind,
    };
    let rows = [
        (Verb::Create, "422 Unprocessable Entity", "P0102", invalid),
        (Verb::Create, "403 Forbidden", "P0940", forbidden),
        (Verb::Fetch, "404 Not Found", "P0200", Kind::NotFound),
        (Verb::Cancel, "404 Not Found", "P0500", Kind::NotFound),
        (Verb::Cancel, "400 Bad Request", "P0501", refused(WrongState, "P0501", None)),
        (Verb::Capture, "409 Conflict", "P1003", refused(WrongState, "P1003", None)),
        (Verb::Refund, "412 Precondition Failed", "P0604", refused(AmountChanged, "P0604", Some("/amount"))),
        (Verb::List, "404 Not Found", "P0700", Kind::NotFound),
    ];
    rows.into_iter().map(row).collect()
}
