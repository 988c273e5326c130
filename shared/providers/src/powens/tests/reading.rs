//! What every status means, under each policy of the merchant, and what is echoed.

use super::super::config::Accepted;
use super::super::status::observe;
use super::super::wire::Payment;
use super::statuses::{NOTHING, TAKEN};
use super::{ECHO, attempt, euros, golden, pounds};
use bellhop_domain::attempt::{Failure, FailureCode as F};
use bellhop_domain::provider::{Echo, Observation};
use bellhop_domain::status::{AttemptStatus as A, Reading};

fn seen_by(accepted: Accepted, text: &str) -> Option<Observation> {
    let payment: Payment = serde_json::from_str(text).ok()?;
    observe(&payment, accepted)
}

fn seen(text: &str) -> Option<Observation> {
    seen_by(Accepted::Wait, text)
}

#[test]
fn accepted_is_what_the_merchant_says_it_is() {
    let wait = seen(golden!("accepted")).unwrap();
    let at_rest = (wait.reading, wait.moved, wait.settled);
    assert_eq!(at_rest, (Reading::Known(A::Processing), NOTHING, false));
    let succeed = seen_by(Accepted::Succeed, golden!("accepted")).unwrap();
    let paid = (succeed.reading, succeed.moved, succeed.settled);
    assert_eq!(paid, (Reading::Known(A::Succeeded), TAKEN, true));
}

/// No other word depends on the policy.
#[test]
fn i3_the_policy_makes_a_success_of_nothing_else() {
    for text in [golden!("pending"), golden!("expired"), golden!("partial"), golden!("declined")] {
        assert_eq!(seen_by(Accepted::Succeed, text), seen(text), "{text}");
    }
}

#[test]
fn i3_partial_is_for_a_person() {
    let seen = seen(golden!("partial")).unwrap();
    assert_eq!(seen.reading, Reading::Unrecognized("partial".to_owned()));
    assert_eq!((seen.moved, seen.settled), (NOTHING, false));
}

#[test]
fn why_it_was_rejected_is_read_in_any_case() {
    let rows = [
        ("\"cancelledByUser\"", A::Canceled, F::CanceledByPayer),
        ("\"CancelledByUser\"", A::Canceled, F::CanceledByPayer),
        ("\"CANCELLEDBYCLIENT\"", A::Canceled, F::CanceledByMerchant),
        ("\"confirmationRefused\"", A::Canceled, F::CanceledByMerchant),
        ("\"invalidLabel\"", A::Failed, F::Declined),
        ("\"of_tomorrow\"", A::Failed, F::Declined),
        ("null", A::Failed, F::Declined),
    ];
    for (code, status, reason) in rows {
        let seen = seen(&golden!("declined").replace("\"bankMessage\"", code)).unwrap();
        let failure = Some(Failure { code: reason, retry: true });
        assert_eq!((seen.reading, seen.failure), (Reading::Known(status), failure), "{code}");
    }
}

#[test]
fn amounts_are_read_to_the_last_digit() {
    let rows = [
        ("1.0000000000", Some(100)),
        ("0.0100000000", Some(1)),
        ("50.90", Some(5090)),
        ("145", Some(14500)),
        ("999999.9900000000", Some(99_999_999)),
        ("9999999999.9900000000", Some(999_999_999_999)),
        ("10000000000.00", None),
        ("0.0100000001", None),
        ("1e2", None),
        ("1.45E2", None),
        ("-1.0000000000", None),
        ("\"145.00\"", None),
        ("null", None),
    ];
    for (text, cents) in rows {
        let seen = seen(&golden!("done").replace("145.0000000000", text));
        assert_eq!(seen.and_then(|seen| seen.amount), cents.map(euros), "{text}");
    }
}

#[test]
fn the_attempt_is_echoed_in_euros_and_the_reference_in_pounds() {
    let whole = seen(golden!("done")).unwrap();
    assert_eq!(whole.echo, Echo { attempt: Some(attempt()), ..Echo::default() });
    let short = golden!("done").replace("\"EUR\"", "\"GBP\"").replace(ECHO, &ECHO[8..]);
    let short = seen(&short.replace("Two nights, double room", "RES-12345")).unwrap();
    assert_eq!(short.amount, Some(pounds(14500)));
    assert_eq!(short.echo, Echo { reference: Some("RES-12345".to_owned()), ..Echo::default() });
}

/// I3: an end-to-end id that a bank or they themselves made proves nothing, and is told as nothing.
#[test]
fn i3_an_id_of_somebody_else_is_no_echo() {
    for odd in ["\"10mrPLcJVSlf7YFnX6MsfmRfnQT-1\"", "\"\"", "null"] {
        let other = golden!("done").replace(&format!("\"{ECHO}\""), odd);
        assert_eq!(seen(&other).unwrap().echo, Echo::default(), "{odd}");
    }
}

#[test]
fn a_payment_of_another_number_of_lines_is_none_of_ours() {
    let (head, line) = golden!("done").split_once("\"instructions\": [").unwrap();
    let line = line.trim_end().trim_end_matches(['}', '\n']).trim_end().trim_end_matches(']');
    let none = format!("{head}\"instructions\": []}}");
    let two = format!("{head}\"instructions\": [{line},{line}]}}");
    let one = format!("{head}\"instructions\": [{line}]}}");
    assert!(serde_json::from_str::<Payment>(&two).is_ok());
    assert_eq!((seen(&none), seen(&two)), (None, None));
    assert!(seen(&one).is_some());
}
