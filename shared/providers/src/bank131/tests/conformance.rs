//! Bank 131 in the suite that every provider passes: the widget, by version 2 of the API.

use super::messages::notify;
use super::statuses::{statuses, unnamed};
use super::{ID, golden, refusal, roubles, secret, settings, wish};
use crate::conformance::{
    self, Ability, Call, Captured, Create, Facts, Fetch, Habits, Refunded, Step, Subject, Verb, Wrong,
};
use bellhop_domain::money::{Currency, Money};
use bellhop_domain::provider::{
    ProviderErrorKind as Kind, ProviderName, Refund, RefundOrder, RefundStatus, Refusal, RefusalCode,
};
use serde_json::{Value, json};

const REQUIRED: &[&str] = &["/status", "/session", "/session/id", "/session/status"];

/// What every payment has that is read.
const REQUIRED_PAID: &[&str] = &[
    "/status",
    "/session",
    "/session/id",
    "/session/status",
    "/session/payment_list/0/status",
    "/session/payment_list/0/amount_details",
    "/session/payment_list/0/amount_details/amount",
    "/session/payment_list/0/amount_details/currency",
];

#[test]
fn conformance_of_bank131() {
    conformance::run(&subject());
}

pub(super) fn subject() -> Subject {
    Subject {
        name: ProviderName::Bank131,
        settings,
        secret: secret(),
        optional: &[],
        hidden: hidden(),
        payment: ID,
        wish: wish(),
        foreign: Currency::NOK,
        amounts: vec![
            (roubles(1), r#""amount":1,"currency":"rub""#),
            (roubles(100), r#""amount":100,"currency":"rub""#),
            (roubles(99_999_999_999), r#""amount":99999999999,"currency":"rub""#),
            (Money::new(1, Currency::EUR).unwrap(), r#""amount":1,"currency":"eur""#),
            (Money::new(100, Currency::USD).unwrap(), r#""amount":100,"currency":"usd""#),
        ],
        faults: vec![
            ("/options/bank131/card", |wish| {
                wish.options.0.insert("card".to_owned(), json!({"number": "4242424242424242"}));
            }),
            ("/options/bank131/flow", |wish| {
                wish.options.0.insert("flow".to_owned(), json!("hosted"));
            }),
        ],
        create: create(),
        fetch: fetch(),
        notify: Ability::Has(notify()),
        lookup: Ability::Lacks("there is no search"),
        habits: Habits::default(),
        harmless: Ability::Has(()),
        confirms: Ability::Has(Call::of(step("confirm", golden!("in_progress")))),
        cancels: Ability::Has(Call::of(step("cancel", golden!("cancelled")))),
        captures: Ability::Has(Captured {
            call: Call::of(step("capture", golden!("in_progress"))),
            part: Ability::Has((roubles(10000), r#""amount_details":{"amount":10000,"currency":"rub"}"#)),
        }),
        refunds: Ability::Has(refunds()),
        wrongs: wrongs(),
        too_many: (refusal("too_many_requests"), None),
        never_pushes: Ability::Has(()),
        keyed: &[],
    }
}

/// Every line of our key, and the token of the answers.
pub(super) fn hidden() -> Vec<String> {
    let key = super::key!("partner").lines().filter(|line| line.len() == 64 && !line.contains(' '));
    key.map(str::to_owned).chain(["0eb43bd1b6f5c7ed83903d7acd774179621018a2".to_owned()]).collect()
}

fn step(path: &str, body: &str) -> Step {
    Step {
        method: "POST",
        target: format!("/api/v2/session/{path}"),
        status: "200 OK",
        body: body.to_owned(),
    }
}

/// A golden answer that says these facts.
pub(super) fn saying(golden: &str, facts: &Facts) -> String {
    let mut body: Value = serde_json::from_str(golden).unwrap();
    body["session"]["id"] = facts.payment.as_str().into();
    for list in ["payment_list", "acquiring_payments"] {
        let Some(payment) = body["session"].get_mut(list).and_then(|list| list.get_mut(0)) else {
            continue;
        };
        let currency = facts.amount.currency().code().to_lowercase();
        payment["amount_details"] = json!({"amount": facts.amount.minor(), "currency": currency});
        payment["metadata"]["bellhop_session"] = facts.session.to_string().into();
        payment["metadata"]["bellhop_attempt"] = facts.attempt.to_string().into();
        payment["metadata"]["bellhop_reference"] = facts.reference.as_str().into();
    }
    body.to_string()
}

fn create() -> Create {
    let unsaid = || Ability::Lacks("a session that nobody has tried to pay names its id alone");
    Create {
        call: |facts| Call::of(step("create", &saying(golden!("created"), facts))),
        sends_session: Ability::Has(()),
        sends_attempt: Ability::Has(()),
        sends_landing: Ability::Lacks("the token of each visit's widget names it"),
        tells_amount: unsaid(),
        tells_reference: unsaid(),
        tells_attempt: unsaid(),
        keeps_page: Ability::Lacks("a token pays once, and is never kept"),
        required: REQUIRED,
    }
}

fn fetch() -> Fetch {
    let odd = |from: &str, to: &str| golden!("succeeded").replace(from, to);
    Fetch {
        call: |facts| Call::of(step("status", &saying(golden!("in_progress"), facts))),
        statuses: statuses(),
        unnamed: Ability::Has(unnamed()),
        begun: Ability::Has(()),
        with_word: |word| golden!("succeeded").replace("\"succeeded\"", &json!(word).to_string()),
        tells_currency: Ability::Has(Currency::USD),
        echoes_reference: Ability::Has(()),
        echoes_attempt: Ability::Has(()),
        required: REQUIRED_PAID,
        near_misses: vec![
            odd("14500", "\"14500\""),
            odd("14500", "14500.0"),
            odd("14500", "-14500"),
            odd("14500", "1000000000000"),
            odd("\"rub\"", "\"tonc\""),
            odd("\"rub\"", "643"),
            odd("\"ps_3230\"", "3230"),
            odd("\"ps_3230\"", "\"ps/3230\""),
            odd("\"succeeded\"", "1"),
            odd("\"ok\"", "\"okay\""),
            golden!("refunds").replace("\"amount\": 1000,", "\"amount\": 14501,"),
        ],
    }
}

fn refunds() -> Refunded {
    let refund = |id: &str, amount, status| Refund { id: id.to_owned(), amount: roubles(amount), status };
    let status = step("status", golden!("succeeded"));
    let call = Call { before: vec![status], ..Call::of(step("refund", golden!("refunding"))) };
    Refunded {
        call,
        order: RefundOrder { amount: roubles(1000), available: roubles(14500) },
        made: refund("rf_101", 1000, Some(RefundStatus::Pending)),
        list: Call::of(step("status", golden!("refunds"))),
        listed: vec![
            refund("rf_101", 1000, Some(RefundStatus::Succeeded)),
            refund("rf_102", 500, Some(RefundStatus::Failed)),
            refund("rf_103", 10, None),
        ],
    }
}

/// One of each kind for each verb; every code stands in the tests of codes.
pub(super) fn wrongs() -> Vec<Wrong> {
    use RefusalCode::{AccountNotAllowed, AmountTooLarge, InvalidField, Other, WrongState};
    let refused = |code, word: &str| {
        Kind::Refused(Refusal { code, provider_code: word.to_owned(), pointer: None, message: None })
    };
    let row = |(verb, status, word, kind): (_, _, &str, _)| Wrong { verb, status, body: refusal(word), kind };
    let (bad, fine) = ("400 Bad Request", "200 OK");
    let state = refused(WrongState, "session_wrong_state");
    let rows = [
        (Verb::Create, bad, "invalid_request", refused(InvalidField, "invalid_request")),
        (Verb::Create, bad, "authentication_error", Kind::Unauthorized),
        (Verb::Create, bad, "idempotency_key_already_exists", Kind::OutcomeUnknown),
        (Verb::Create, bad, "internal_error", Kind::OutcomeUnknown),
        (Verb::Create, fine, "provider_timeout", Kind::OutcomeUnknown),
        (Verb::Create, fine, "of_tomorrow", refused(Other, "of_tomorrow")),
        (
            Verb::Create,
            "403 Forbidden",
            "authorization_error",
            refused(AccountNotAllowed, "authorization_error"),
        ),
        (Verb::Fetch, bad, "internal_error", Kind::Unavailable { after: None }),
        (Verb::Fetch, fine, "provider_timeout", Kind::Unavailable { after: None }),
        (Verb::Fetch, "404 Not Found", "session_not_found", Kind::NotFound),
        (Verb::Confirm, bad, "session_wrong_state", state.clone()),
        (Verb::Cancel, bad, "session_wrong_state", state.clone()),
        (Verb::Cancel, "404 Not Found", "session_not_found", Kind::NotFound),
        (Verb::Capture, fine, "capture_timeout", refused(WrongState, "capture_timeout")),
        (Verb::Capture, bad, "session_wrong_state", state),
        (Verb::Refund, bad, "refund_amount_too_large", refused(AmountTooLarge, "refund_amount_too_large")),
        (Verb::List, "404 Not Found", "session_not_found", Kind::NotFound),
    ];
    rows.into_iter().map(row).collect()
}
