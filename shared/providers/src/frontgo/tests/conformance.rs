//! Front Payment in the suite that every provider passes.

use super::messages::notify;
use super::reading::statuses;
use super::{CURRENT, ID, KEY, PREVIOUS, golden, kroner, options, secret, wish};
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

/// What every reservation has that is read.
const REQUIRED: &[&str] = &[
    "/status_code",
    "/data",
    "/data/reservationUuid",
    "/data/status",
    "/data/grandTotal",
    "/data/referenceNumber",
];

#[test]
fn conformance_of_frontgo() {
    conformance::run(&subject());
}

fn subject() -> Subject {
    Subject {
        name: ProviderName::Frontgo,
        settings: |base| json!({"base_url": base}),
        secret: secret(),
        optional: &[],
        hidden: vec![KEY.to_owned(), CURRENT.to_owned(), PREVIOUS.to_owned()],
        payment: ID,
        wish: wish(),
        foreign: Currency::EUR,
        amounts: vec![
            (kroner(1), r#""grandTotal":0.01}"#),
            (kroner(10), r#""grandTotal":0.10}"#),
            (kroner(100), r#""grandTotal":1.00}"#),
            (kroner(99_999_999), r#""grandTotal":999999.99}"#),
        ],
        faults: vec![
            ("/options/frontgo/products", |wish| {
                let one = json!({"name": "Room", "rate": 14499, "tax": 0, "amount": 14499});
                options(wish, &json!({"products": [one]}));
            }),
            ("/payer/email", |wish| wish.payer.email = None),
        ],
        create: create(),
        fetch: fetch(),
        notify: Ability::Has(notify()),
        lookup: Ability::Has(search),
        harmless: Ability::Lacks("a lost create can be paid"),
        confirms: Ability::Lacks("no payment waits for our word"),
        cancels: Ability::Has(Call::of(acted("cancel", golden!("cancel_accepted")))),
        captures: Ability::Has(Captured {
            call: after_a_look(golden!("reserved"), acted("capture", golden!("capture_accepted"))),
            part: Ability::Has((kroner(5000), r#""grandTotal":50.00"#)),
        }),
        refunds: Ability::Has(refunds()),
        wrongs: wrongs(),
        too_many: (
            r#"{"status_code":429,"message":"tooManyRequests","is_error":true,"errors":[]}"#.to_owned(),
            Some(Duration::from_secs(60)),
        ),
        never_pushes: Ability::Has(()),
        keyed: &[],
        habits: Habits::default(),
    }
}

fn step(method: &'static str, below: &str, status: &'static str, body: &str) -> Step {
    let target = format!("/api/v1/connect/reservations/{below}");
    Step { method, target, status, body: body.to_owned() }
}

fn acted(what: &str, body: &str) -> Step {
    step("POST", &format!("{what}/{ID}"), "202 Accepted", body)
}

fn details(payment: &str, body: &str) -> Step {
    step("GET", &format!("details/{payment}"), "200 OK", body)
}

fn after_a_look(body: &str, main: Step) -> Call {
    Call { before: vec![details(ID, body)], main, after: Vec::new() }
}

/// A golden reservation that says these facts; the amount is written as text, digit by digit.
fn saying(golden: &str, facts: &Facts) -> String {
    let patch = json!({"data": {
        "reservationUuid": facts.payment, "referenceNumber": facts.reference,
        "customerReference": facts.attempt.to_string(), "grandTotal": "@total@",
    }});
    patched(golden, &patch).replace("\"@total@\"", &facts.amount.to_decimal())
}

fn create() -> Create {
    Create {
        call: |facts| {
            let body = patched(golden!("created"), &json!({"data": {"reservationUuid": facts.payment}}));
            Call::of(step("POST", "create", "201 Created", &body))
        },
        sends_session: Ability::Lacks("two fields are echoed: one has the reference, one the attempt"),
        sends_attempt: Ability::Has(()),
        sends_landing: Ability::Has(()),
        tells_amount: Ability::Lacks("the answer holds ids and the page alone"),
        tells_reference: Ability::Lacks("the answer holds ids and the page alone"),
        tells_attempt: Ability::Lacks("the answer holds ids and the page alone"),
        keeps_page: Ability::Has(()),
        required: &["/status_code", "/data", "/data/reservationUuid", "/data/paymentUrl"],
    }
}

fn fetch() -> Fetch {
    let odd = |patch: Value| patched(golden!("captured"), &json!({"data": patch}));
    let paid = |patch: Value| odd(json!({"paymentDetails": patch}));
    Fetch {
        call: |facts| Call::of(details(ID, &saying(golden!("sent"), facts))),
        statuses: statuses(),
        unnamed: Ability::Lacks("its amount is named from the start"),
        begun: Ability::Lacks("a page is made in one way"),
        with_word: |word| patched(golden!("captured"), &json!({"data": {"status": word}})),
        tells_currency: Ability::Lacks("kroner are implied"),
        echoes_reference: Ability::Has(()),
        echoes_attempt: Ability::Has(()),
        required: REQUIRED,
        near_misses: vec![
            odd(json!({"grandTotal": -145})),
            odd(json!({"grandTotal": 145.001})),
            odd(json!({"grandTotal": "145,00"})),
            odd(json!({"grandTotal": "1e2"})),
            odd(json!({"grandTotal": ""})),
            odd(json!({"grandTotal": true})),
            odd(json!({"grandTotal": 10_000_000_000_u64})),
            odd(json!({"reservationUuid": 7})),
            odd(json!({"reservationUuid": "a/b"})),
            odd(json!({"status": 1})),
            odd(json!({"customerReference": 7})),
            paid(json!({"capturedAmount": -1})),
            paid(json!({"capturedAmount": "all"})),
            paid(json!({"capturedAmount": 10, "amountRefunded": {"fromCaptured": 11}})),
            paid(json!({"amountRefunded": {"fromCharge": 1}})),
            patched(golden!("captured"), &json!({"status_code": 500})),
            patched(golden!("captured"), &json!({"is_error": true})),
            golden!("not_found").to_owned(),
            golden!("internal").to_owned(),
        ],
    }
}

/// The window around the attempt of the suite, and the details of what it shows: paid, for what is not
/// is stopped, and tests of ours tell of that.
fn search(found: &[Facts]) -> Call {
    let events = found.iter().map(|one| json!({"uuid": one.payment, "title": "reservation-sent"}));
    let twice: Vec<Value> = events.clone().chain(events).collect();
    let body = patched(golden!("history"), &json!({"data": twice}));
    Call {
        before: Vec::new(),
        main: step("GET", "history/2207645976/2207647776", "200 OK", &body),
        after: found.iter().map(|one| details(&one.payment, &saying(golden!("reserved"), one))).collect(),
    }
}

fn refunds() -> Refunded {
    let refund = |amount, status| Refund { id: "CAP123234".to_owned(), amount: kroner(amount), status };
    Refunded {
        call: after_a_look(golden!("captured"), acted("refund", golden!("refund_accepted"))),
        order: RefundOrder { amount: kroner(1000), available: kroner(14500) },
        made: refund(1000, Some(RefundStatus::Pending)),
        list: Call::of(details(ID, golden!("refunded"))),
        listed: vec![refund(1500, Some(RefundStatus::Succeeded))],
    }
}

/// One of each kind for each verb.
fn wrongs() -> Vec<Wrong> {
    use RefusalCode::{AccountNotAllowed, InvalidField, WrongState};
    let refused = |code, word: &str, pointer: Option<&str>| {
        Kind::Refused(Refusal {
            code,
            provider_code: word.to_owned(),
            pointer: pointer.map(str::to_owned),
            message: None,
        })
    };
    let business = |verb, word: &str| Wrong {
        verb,
        status: "400 Bad Request",
        body: json!({"status_code": 400, "message": word, "is_data": false, "data": null}).to_string(),
        kind: refused(WrongState, word, None),
    };
    let row =
        |(verb, status, body, kind): (_, _, &str, _)| Wrong { verb, status, body: body.to_owned(), kind };
    let email = Some("/options/frontgo/customer_details/email");
    let forbidden = r#"{"status_code":403,"message":"This is forbidden to you","is_error":true}"#;
    let rows = [
        (
            Verb::Create,
            "417 Expectation Failed",
            golden!("invalid"),
            refused(InvalidField, "payloadValidationErrors", email),
        ),
        (Verb::Create, "403 Forbidden", forbidden, refused(AccountNotAllowed, "403", None)),
        (Verb::Create, "510 Not Extended", golden!("gateway"), Kind::Unavailable { after: None }),
        (Verb::Create, "500 Internal Server Error", golden!("internal"), Kind::OutcomeUnknown),
        (Verb::Fetch, "404 Not Found", golden!("not_found"), Kind::NotFound),
        (Verb::Cancel, "404 Not Found", golden!("not_found"), Kind::NotFound),
        (Verb::Capture, "510 Not Extended", golden!("gateway"), Kind::OutcomeUnknown),
        (Verb::List, "404 Not Found", golden!("not_found"), Kind::NotFound),
    ];
    let business = [
        business(Verb::Cancel, "reservationStatusAlreadyCompleted"),
        business(Verb::Cancel, "prerequisiteFailedToCancelReservation"),
        business(Verb::Capture, "reservationExpired"),
        business(Verb::Refund, "refundRejectionForWeeklyThresholdExceed"),
    ];
    rows.into_iter().map(row).chain(business).collect()
}
