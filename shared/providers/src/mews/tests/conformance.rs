//! Mews in the suite that every provider passes: an account with the Connector API, and bookings of ours.

use super::messages::notify;
use super::statuses::statuses;
use super::wrongs::wrongs;
use super::{
    ACCESS_TOKEN, CLIENT_TOKEN, CURRENT, ECHO, GROUP, HOTEL, ID, PAYMENT, PREVIOUS, REQUEST, euros, golden,
    money, secret, settings, wish,
};
use crate::conformance::{
    self, Ability, Call, Create, Facts, Fetch, Habits, Refunded, Resolved, Step, Subject, Verb,
};
use bellhop_domain::money::Currency;
use bellhop_domain::provider::{ProviderName, Refund, RefundOrder, RefundStatus};
use bellhop_domain::wish::Capture;
use serde_json::{Value, json};
use std::iter;

/// What every charged payment has that is read.
const REQUIRED: &[&str] = &[
    "/Id",
    "/Reservations",
    "/PaymentRequests",
    "/PaymentRequests/0/Id",
    "/PaymentRequests/0/ReservationGroupId",
    "/PaymentRequests/0/State",
    "/Payments",
    "/Payments/0/State",
    "/Payments/0/Amount",
    "/Payments/0/Amount/Currency",
    "/Payments/0/Amount/GrossValue",
];

#[test]
fn conformance_of_mews() {
    conformance::run(&subject());
}

/// Without the Connector API there are no webhooks either, and no ability that needs it.
#[test]
fn conformance_of_mews_without_the_connector() {
    const WHY: &str = "it belongs to the Connector API";
    let whole = subject();
    let wrongs = whole.wrongs.into_iter().filter(|one| matches!(one.verb, Verb::Create | Verb::Fetch));
    conformance::run(&Subject {
        secret: json!({"webhook_secrets": []}),
        optional: &[],
        notify: Ability::Lacks(WHY),
        lookup: Ability::Lacks(WHY),
        cancels: Ability::Lacks(WHY),
        refunds: Ability::Lacks(WHY),
        wrongs: wrongs.collect(),
        habits: Habits { resolves: Ability::Lacks(WHY), ..habits() },
        ..subject()
    });
}

fn subject() -> Subject {
    Subject {
        name: ProviderName::Mews,
        settings,
        secret: secret(),
        optional: &["connector"],
        hidden: [CLIENT_TOKEN, ACCESS_TOKEN, CURRENT, PREVIOUS].map(str::to_owned).to_vec(),
        payment: ID,
        wish: wish(),
        foreign: Currency::INR,
        amounts: vec![
            (euros(1), ""),
            (euros(100), ""),
            (euros(99_999_999), ""),
            (money(1, Currency::JPY), ""),
            (money(150_000, Currency::JPY), ""),
        ],
        faults: vec![
            ("/capture", |wish| wish.capture = Capture::Manual),
            ("/amount/value", |wish| wish.amount = money(14550, Currency::CZK)),
            ("/options/mews/reservations/0/rate_id", |wish| {
                let reservations = wish.options.0.get_mut("reservations").unwrap();
                reservations[0].as_object_mut().unwrap().remove("rate_id");
            }),
        ],
        create: create(),
        fetch: fetch(),
        notify: Ability::Has(notify()),
        lookup: Ability::Has(search),
        cancels: Ability::Has(Call::of(connector("paymentRequests/cancel", golden!("request_canceled")))),
        captures: Ability::Lacks("a payment request is charged at once"),
        refunds: Ability::Has(refunds()),
        wrongs: wrongs(),
        too_many: (r#"{"Message": "Too many requests."}"#.to_owned(), None),
        never_pushes: Ability::Has(()),
        keyed: &[],
        harmless: Ability::Lacks("a lost create has booked a room"),
        confirms: Ability::Lacks("no payment waits for our word"),
        habits: habits(),
    }
}

fn engine(action: &str, body: &str) -> Step {
    let target = format!("/api/distributor/v1/reservationGroups/{action}");
    Step { method: "POST", target, status: "200 OK", body: body.to_owned() }
}

fn connector(below: &str, body: &str) -> Step {
    let target = format!("/api/connector/v1/{below}");
    Step { method: "POST", target, status: "200 OK", body: body.to_owned() }
}

fn group_of(payment: &str) -> &str {
    payment.split_once('.').map_or(payment, |(_, group)| group)
}

/// A golden group that says these facts.
fn saying(golden: &str, facts: &Facts) -> String {
    let group = json!(group_of(&facts.payment)).to_string();
    golden
        .replace(&format!("\"{GROUP}\""), &group)
        .replace("145.00", &facts.amount.to_decimal())
        .replace("\"EUR\"", &format!("\"{}\"", facts.amount.currency().code()))
        .replace(ECHO, &facts.attempt.to_string())
}

fn create() -> Create {
    Create {
        call: |facts| Call::of(engine("create", &saying(golden!("created"), facts))),
        sends_session: Ability::Lacks("the notes of a reservation hold the attempt alone"),
        sends_attempt: Ability::Has(()),
        sends_landing: Ability::Lacks("it stands in the address of the page"),
        tells_amount: Ability::Lacks("the total is the booking's, not the request's"),
        tells_reference: Ability::Lacks("no field is for it"),
        tells_attempt: Ability::Has(()),
        keeps_page: Ability::Lacks("its address holds the payer's token, which is never kept"),
        required: &["/Id", "/Reservations"],
    }
}

fn fetch() -> Fetch {
    let odd = |from: &str, to: &str| golden!("charged").replace(from, to);
    let abroad = |from: &str, to: &str| golden!("charged").replacen(from, to, 1);
    Fetch {
        call: |facts| Call::of(engine("get", &saying(golden!("charged"), facts))),
        statuses: statuses(),
        with_word: |word| golden!("charged").replace("\"Completed\"", &json!(word).to_string()),
        unnamed: Ability::Lacks("what is unpaid names no amount in any status"),
        begun: Ability::Lacks("a page is made in one way"),
        tells_currency: Ability::Has(Currency::GBP),
        echoes_reference: Ability::Lacks("no field is for it"),
        echoes_attempt: Ability::Has(()),
        required: REQUIRED,
        near_misses: vec![
            odd("145.00", "\"145.00\""),
            odd("145.00", "145.001"),
            odd("145.00", "1.45e2"),
            odd("145.00", "-145.00"),
            odd("145.00", "10000000000.00"),
            odd("145.00", "null"),
            odd("\"EUR\"", "\"eur\""),
            odd("\"EUR\"", "\"XAU\""),
            odd(GROUP, "f6fa7e62-eb22-4176-bc49"),
            odd(GROUP, "../f6fa7e62-eb22-4176-bc49-e521d0524dee"),
            odd("\"Completed\"", "1"),
            odd("\"Charged\"", "true"),
            abroad(
                &format!("\"ReservationGroupId\": \"{GROUP}\""),
                &format!("\"ReservationGroupId\": \"{HOTEL}\""),
            ),
            // Charged twice, in two currencies.
            odd("\"Failed\"", "\"Charged\"").replacen("\"EUR\"", "\"GBP\"", 1),
        ],
    }
}

/// What was created with the attempt, its notes, and each of the groups.
fn search(found: &[Facts]) -> Call {
    let stay = |number: usize| format!("{number:08}-a59d-43f1-9d97-d6c984764e8c");
    let listed = found.iter().enumerate();
    let stays: Vec<Value> = listed
        .clone()
        .map(|(number, one)| json!({"Id": stay(number), "GroupId": group_of(&one.payment)}))
        .collect();
    let notes: Vec<Value> = listed
        .map(|(number, one)| json!({"OrderId": stay(number), "Text": one.attempt.to_string()}))
        .collect();
    let notes = connector("serviceOrderNotes/getAll", &json!({"ServiceOrderNotes": notes}).to_string());
    let groups = found.iter().map(|one| {
        let got = engine("get", &saying(golden!("charged"), one));
        Step { target: format!("{}#{}", got.target, group_of(&one.payment)), ..got }
    });
    Call {
        before: Vec::new(),
        main: connector("reservations/getAll/2023-06-06", &json!({"Reservations": stays}).to_string()),
        after: iter::once(notes).filter(|_| !found.is_empty()).chain(groups).collect(),
    }
}

fn refunds() -> Refunded {
    let refund = |id: &str, amount, status| Refund { id: id.to_owned(), amount: euros(amount), status };
    let request = || connector("paymentRequests/getAll", golden!("payment_request"));
    let payments = || connector("payments/getAll", golden!("payments"));
    let main = connector("payments/refund", golden!("refund"));
    let (back, failed) = ("4d65c488-111a-4719-b3ea-e1a9969c6069", "5d65c488-111a-4719-b3ea-e1a9969c6069");
    Refunded {
        call: Call { before: vec![request(), payments()], main, after: Vec::new() },
        order: RefundOrder { amount: euros(1000), available: euros(13000) },
        made: refund("1d65c488-111a-4719-b3ea-e1a9969c6069", 1000, Some(RefundStatus::Pending)),
        list: Call { before: vec![request()], main: payments(), after: Vec::new() },
        listed: vec![
            refund(back, 1500, Some(RefundStatus::Succeeded)),
            refund(failed, 2000, Some(RefundStatus::Failed)),
        ],
    }
}

fn habits() -> Habits {
    let after = vec![connector("paymentRequests/getAll", golden!("payment_request"))];
    let main = connector("payments/getAll", golden!("payment"));
    Habits {
        sends_amount: Ability::Lacks("it follows from the rate that is booked"),
        names_amount_unpaid: Ability::Lacks("a payment request shows none, only a payment does"),
        ours_by_id: Ability::Has(golden!("given").to_owned()),
        named: Some(|verb| match verb {
            Verb::Cancel => REQUEST,
            Verb::Refund => PAYMENT,
            _ => GROUP,
        }),
        resolves: Ability::Has(Resolved {
            named: PAYMENT,
            call: Call { before: Vec::new(), main, after },
            elsewhere: vec![golden!("payment_elsewhere").to_owned(), r#"{"Payments": []}"#.to_owned()],
        }),
    }
}
