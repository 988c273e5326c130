//! What several requests and payments of one group come to.

use super::super::status::{observe, observe_free};
use super::super::wire::Group;
use super::statuses::{NOTHING, TAKEN};
use super::{ECHO, GROUP, ID, REQUEST, adapter_of, attempt, euros, golden, good, money, payment_id};
use crate::test_server::Server;
use bellhop_domain::attempt::{Failure, FailureCode};
use bellhop_domain::ids::AttemptId;
use bellhop_domain::money::Currency;
use bellhop_domain::provider::{Echo, Observation, Provider, ProviderErrorKind as Kind, ProviderPaymentId};
use bellhop_domain::status::{AttemptStatus as A, Reading};
use serde_json::{Value, json};

const OTHER: &str = "bce78dac-a0f3-420e-8a42-acfb00b9e1e5";

/// What the request of the golden answers comes to.
fn seen(text: &str) -> Option<Observation> {
    let group: Group = serde_json::from_str(text).ok()?;
    let request = group.payment_requests.as_ref()?.iter().find(|one| one.id.as_str() == REQUEST)?;
    observe(&group, request)
}

/// A payment of `request`; its amount is written digit by digit.
fn payment(request: &str, state: &str, amount: &str) -> String {
    let amount = format!("{{\"Currency\": \"EUR\", \"GrossValue\": {amount}}}");
    format!(
        "{{\"PaymentRequestId\": {}, \"State\": {}, \"Amount\": {amount}, \"ChargeAmount\": {amount}}}",
        json!(request),
        json!(state)
    )
}

/// A group whose request stands so, with these payments.
fn group(state: &str, payments: &[String]) -> String {
    let requests = json!([
        {"Id": OTHER, "ReservationGroupId": GROUP, "State": "Completed"},
        {"Id": REQUEST, "ReservationGroupId": GROUP, "State": state},
    ]);
    let (head, tail) = (format!("\"Id\": \"{GROUP}\", \"Reservations\": []"), payments.join(", "));
    format!("{{{head}, \"PaymentRequests\": {requests}, \"Payments\": [{tail}]}}")
}

fn reading(state: &str, payments: &[String]) -> Reading {
    seen(&group(state, payments)).unwrap().reading
}

fn states(state: &str, payments: &[&str]) -> Reading {
    let payments: Vec<String> = payments.iter().map(|one| payment(REQUEST, one, "145.00")).collect();
    reading(state, &payments)
}

#[test]
fn every_pair_of_states_has_its_reading() {
    let known = Reading::Known;
    for (request, unpaid) in [
        ("Pending", A::Pending),
        ("Completed", A::Processing),
        ("Canceled", A::Canceled),
        ("Expired", A::Expired),
    ] {
        for none in
            [&[][..], &["Failed"], &["Canceled"], &["Verifying"], &["Pending"], &["Failed", "Pending"]]
        {
            assert_eq!(states(request, none), known(unpaid), "{request} {none:?}");
        }
        for paid in [&["Charged"][..], &["Failed", "Charged"], &["Charged", "Verifying"], &["Charged", "New"]]
        {
            assert_eq!(states(request, paid), known(A::Succeeded), "{request} {paid:?}");
        }
        let new = Reading::Unrecognized("Refunded".to_owned());
        assert_eq!(states(request, &["Failed", "Refunded"]), new, "{request}");
    }
}

/// I3: not even a charge makes a success of a request whose state we do not know.
#[test]
fn i3_a_new_state_of_the_request_is_never_a_success() {
    for word in ["PartiallyCompleted", "completed", "PENDING"] {
        let seen = seen(&group(word, &[payment(REQUEST, "Charged", "145.00")])).unwrap();
        assert_eq!(seen.reading, Reading::Unrecognized(word.to_owned()));
        assert_eq!((seen.moved, seen.settled), (NOTHING, false));
    }
}

#[test]
fn i3_money_of_another_request_is_not_ours() {
    let other = payment(OTHER, "Charged", "145.00");
    let unbound = payment(OTHER, "Charged", "145.00").replace(&json!(OTHER).to_string(), "null");
    for foreign in [other, unbound, payment(OTHER, "Charged", "\"odd\""), payment(OTHER, "New", "1e9")] {
        let seen = seen(&group("Pending", &[foreign])).unwrap();
        assert_eq!((seen.reading, seen.amount), (Reading::Known(A::Pending), None));
        assert_eq!((seen.moved, seen.settled), (NOTHING, false));
    }
}

#[test]
fn i3_charges_of_one_request_are_added_up() {
    let parts = [payment(REQUEST, "Charged", "100.00"), payment(REQUEST, "Charged", "45.00")];
    let seen = seen(&group("Completed", &parts)).unwrap();
    assert_eq!((seen.amount, seen.moved), (Some(euros(14500)), TAKEN));
    let twice = [payment(REQUEST, "Charged", "145.00"), payment(REQUEST, "Charged", "145")];
    let twice = super::reading::seen(&group("Completed", &twice)).unwrap();
    assert_eq!(twice.amount, Some(euros(29000)), "twice is told as twice");
}

#[test]
fn what_the_card_was_charged_is_noted_and_does_not_confuse() {
    let abroad = seen(golden!("charged_abroad")).unwrap();
    assert_eq!((abroad.amount, abroad.moved), (Some(euros(14500)), TAKEN));
    assert_eq!(abroad.charged_as, Some(money(15812, Currency::USD)));
    assert_eq!(seen(golden!("charged")).unwrap().charged_as, None);
    for odd in ["158.123", "\"x\"", "-1.00"] {
        let seen = seen(&golden!("charged_abroad").replace("158.12", odd)).unwrap();
        assert_eq!((seen.amount, seen.charged_as), (Some(euros(14500)), None), "{odd}");
    }
}

#[test]
fn amounts_are_read_to_the_last_digit() {
    let rows = [
        ("929.70", Some(92970)),
        ("929.7", Some(92970)),
        ("929.70000000", Some(92970)),
        ("0.01", Some(1)),
        ("929.705", None),
        ("9.297E2", None),
        ("-929.70", None),
        ("\"929.70\"", None),
    ];
    for (text, cents) in rows {
        let seen = seen(&golden!("charged").replace("145.00", text));
        assert_eq!(seen.and_then(|seen| seen.amount), cents.map(euros), "{text}");
    }
}

/// ISO 4217 counts haler, Mews does not: the same amount either way.
#[test]
fn a_whole_amount_is_the_amount_whatever_the_precision() {
    for text in ["145", "145.0", "145.00"] {
        let body = golden!("charged").replace("145.00", text).replace("\"EUR\"", "\"CZK\"");
        assert_eq!(seen(&body).unwrap().amount, Some(money(14500, Currency::CZK)));
    }
}

fn echo(notes: &[&str]) -> Echo {
    let mut body: Value = serde_json::from_str(golden!("pending")).unwrap();
    body["Reservations"] = notes.iter().map(|one| json!({"Notes": one})).collect();
    seen(&body.to_string()).unwrap().echo
}

#[test]
fn i3_the_attempt_is_echoed_by_any_note_and_by_no_two() {
    let ours = Echo { attempt: Some(attempt()), ..Echo::default() };
    let by_id = Echo { ours_by_id: true, ..Echo::default() };
    let other = AttemptId::from_bytes([9; 16]).to_string();
    assert_eq!(echo(&[ECHO]), ours);
    assert_eq!(echo(&["late arrival", &format!("x ({ECHO}), y")]), ours);
    assert_eq!(echo(&[ECHO, ECHO]), ours);
    assert_eq!(echo(&[ECHO, &other]), by_id, "merged groups prove nothing");
    assert_eq!(echo(&[]), by_id);
    assert_eq!(echo(&["att_0810", &format!("{ECHO}9"), &ECHO.to_uppercase()]), by_id);
}

#[tokio::test]
async fn a_group_with_nothing_to_pay_is_over_and_settled() {
    let server = Server::with([good(golden!("free"))]).await;
    let payment = ProviderPaymentId::parse(GROUP).unwrap();
    let seen = adapter_of(&server).fetch(&payment).await.unwrap();
    let free: Group = serde_json::from_str(golden!("free")).unwrap();
    assert_eq!(Some(&seen), observe_free(&free).as_ref());
    assert_eq!((seen.payment, seen.reading), (payment, Reading::Known(A::Canceled)));
    assert_eq!(seen.failure, Some(Failure { code: FailureCode::NothingToPay, retry: false }));
    assert!(seen.settled);
}

async fn fetched(id: &str, body: &str) -> Result<Observation, Kind> {
    let server = Server::with([good(body)]).await;
    let payment = ProviderPaymentId::parse(id).unwrap();
    adapter_of(&server).fetch(&payment).await.map_err(|error| error.kind)
}

#[tokio::test]
async fn a_request_that_its_group_does_not_have_is_not_found() {
    let other = golden!("pending").replace(REQUEST, OTHER);
    assert_eq!(fetched(ID, &other).await, Err(Kind::NotFound));
    for odd in ["1975", "x.y", "a.b.c"] {
        assert_eq!(fetched(odd, golden!("pending")).await, Err(Kind::NotFound), "{odd}");
    }
    let capitals = golden!("charged").replace(REQUEST, &REQUEST.to_uppercase());
    assert_eq!(fetched(ID, &capitals).await.unwrap().payment, payment_id());
}
