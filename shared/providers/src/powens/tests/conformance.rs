//! Powens in the suite that every provider passes.

use super::messages::{id_of, notify};
use super::statuses::statuses;
use super::{CLIENT_SECRET, CURRENT, ECHO, ID, PREVIOUS, euros, golden, pounds, secret, wish};
use crate::conformance::{self, Ability, Call, Create, Facts, Fetch, Habits, Step, Subject, Verb, Wrong};
use crate::powens::order::reference_id;
use bellhop_domain::money::Currency;
use bellhop_domain::provider::{ProviderErrorKind as Kind, ProviderName, Refusal, RefusalCode};
use serde_json::json;
use std::time::Duration;

/// What every payment has that is read.
const REQUIRED: &[&str] = &[
    "/id",
    "/state",
    "/instructions",
    "/instructions/0",
    "/instructions/0/amount",
    "/instructions/0/currency",
    "/instructions/0/currency/id",
];

#[test]
fn conformance_of_powens() {
    conformance::run(&subject());
}

fn subject() -> Subject {
    Subject {
        name: ProviderName::Powens,
        settings: |base| json!({"base_url": base}),
        secret: secret(),
        optional: &[],
        hidden: [CLIENT_SECRET, CURRENT, PREVIOUS, "service_token_of_today"].map(str::to_owned).to_vec(),
        payment: ID,
        wish: wish(),
        foreign: Currency::NOK,
        amounts: vec![
            (euros(1), r#""amount":0.01,"#),
            (euros(100), r#""amount":1.00,"#),
            (euros(99_999_999), r#""amount":999999.99,"#),
            (euros(99_999_999_999), r#""amount":999999999.99,"#),
            (pounds(10), r#""amount":0.10,"#),
        ],
        faults: vec![("/options/powens/execution_date", |wish| {
            wish.options.0.insert("execution_date".to_owned(), json!("2027-01-04"));
        })],
        create: create(),
        fetch: fetch(),
        notify: Ability::Has(notify()),
        lookup: Ability::Has(|found| {
            let payments: Vec<String> = found.iter().map(|one| saying(golden!("created"), one)).collect();
            let body = format!("{{\"payments\": [{}]}}", payments.join(", "));
            with_token(step("GET", "", &body))
        }),
        harmless: Ability::Lacks("a lost create can be paid"),
        confirms: Ability::Lacks("no payment waits for our word"),
        cancels: Ability::Has(with_token(step("POST", &format!("/{ID}"), golden!("cancelled_by_client")))),
        captures: Ability::Lacks("a transfer cannot be held"),
        refunds: Ability::Lacks("a transfer is given back by another transfer"),
        wrongs: wrongs(),
        too_many: (r#"{"code": "tooManyRequests"}"#.to_owned(), Some(Duration::from_secs(60))),
        never_pushes: Ability::Has(()),
        keyed: &[],
        habits: Habits::default(),
    }
}

fn step(method: &'static str, below: &str, body: &str) -> Step {
    Step { method, target: format!("/payments{below}"), status: "200 OK", body: body.to_owned() }
}

/// A call of an account that has no service token yet.
fn with_token(main: Step) -> Call {
    let (target, body) = ("/auth/token".to_owned(), golden!("token").to_owned());
    let token = Step { method: "POST", target, status: "200 OK", body };
    Call { before: vec![token], ..Call::of(main) }
}

/// A golden payment that says these facts, its amount to the tenth decimal as theirs are.
fn saying(golden: &str, facts: &Facts) -> String {
    let currency = facts.amount.currency();
    golden
        .replace("\"id\": 1975,", &format!("\"id\": {},", id_of(&facts.payment)))
        .replace("145.0000000000", &format!("{}00000000", facts.amount.to_decimal()))
        .replace("\"EUR\"", &format!("\"{}\"", currency.code()))
        .replace(ECHO, &reference_id(facts.attempt, currency))
}

fn create() -> Create {
    Create {
        call: |facts| with_token(step("POST", "", &saying(golden!("created"), facts))),
        sends_session: Ability::Lacks("no field of theirs is for it"),
        sends_attempt: Ability::Lacks("banks do not carry the underscore of its prefix: the rest is sent"),
        sends_landing: Ability::Has(()),
        tells_amount: Ability::Has(()),
        tells_reference: Ability::Lacks("the end-to-end id is the attempt's"),
        tells_attempt: Ability::Has(()),
        keeps_page: Ability::Lacks("its token lets anyone pay for seven days, and is never kept"),
        required: REQUIRED,
    }
}

fn fetch() -> Fetch {
    let odd = |from: &str, to: &str| golden!("done").replace(from, to);
    Fetch {
        call: |facts| with_token(step("GET", &format!("/{ID}"), &saying(golden!("created"), facts))),
        statuses: statuses(),
        unnamed: Ability::Lacks("its amount is named from the start"),
        begun: Ability::Lacks("a page is made in one way"),
        with_word: |word| golden!("done").replace("\"done\"", &json!(word).to_string()),
        tells_currency: Ability::Has(Currency::GBP),
        echoes_reference: Ability::Lacks("the end-to-end id is the attempt's"),
        echoes_attempt: Ability::Has(()),
        required: REQUIRED,
        near_misses: vec![
            odd("145.0000000000", "\"145.0000000000\""),
            odd("145.0000000000", "145.0000000001"),
            odd("145.0000000000", "1.45e2"),
            odd("145.0000000000", "-145.0000000000"),
            odd("145.0000000000", "10000000000.00"),
            odd("\"id\": 1975", "\"id\": \"1975\""),
            odd("\"id\": 1975", "\"id\": -1975"),
            odd("\"id\": 1975", "\"id\": 1975.0"),
            odd("\"id\": \"EUR\"", "\"id\": \"eur\""),
            odd("\"id\": \"EUR\"", "\"id\": \"XAU\""),
            odd("\"done\"", "1"),
        ],
    }
}

/// One of each kind for each verb; every code stands in the tests of codes.
fn wrongs() -> Vec<Wrong> {
    let refused = |code, word: &str, pointer: Option<&str>| {
        let pointer = pointer.map(str::to_owned);
        Kind::Refused(Refusal { code, provider_code: word.to_owned(), pointer, message: None })
    };
    let row = |(verb, status, word, kind): (_, _, &str, _)| Wrong {
        verb,
        status,
        body: json!({"code": word, "description": "words", "request_id": "3f1c"}).to_string(),
        kind,
    };
    let label = refused(RefusalCode::InvalidField, "invalidLabel", Some("/description"));
    let scope = refused(RefusalCode::AccountNotAllowed, "insufficientScope", None);
    let cannot = refused(RefusalCode::WrongState, "notSupported", None);
    let rows = [
        (Verb::Create, "400 Bad Request", "invalidLabel", label),
        (Verb::Create, "403 Forbidden", "insufficientScope", scope.clone()),
        (Verb::Fetch, "404 Not Found", "notFound", Kind::NotFound),
        (Verb::Find, "403 Forbidden", "insufficientScope", scope),
        (Verb::Cancel, "404 Not Found", "notFound", Kind::NotFound),
        (Verb::Cancel, "400 Bad Request", "notSupported", cannot),
    ];
    rows.into_iter().map(row).collect()
}
