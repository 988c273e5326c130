//! Every status that is known, and what the amounts say whatever the word.

use super::super::status::observe;
use super::super::wire::Envelope;
use super::golden;
use crate::conformance::{Status, patched};
use bellhop_domain::attempt::{Failure, FailureCode, Moved};
use bellhop_domain::provider::Observation;
use bellhop_domain::status::{AttemptStatus as A, Reading};
use serde_json::{Value, json};

const NONE: Moved = Moved { authorized: 0, captured: 0, refunded: 0 };
const HELD: Moved = Moved { authorized: 14500, ..NONE };
const TAKEN: Moved = Moved { captured: 14500, ..NONE };

/// Every word, with the amounts that belong to it.
pub(super) fn statuses() -> Vec<Status> {
    let row = |(name, body, reading, moved): (_, String, _, _)| {
        let code = match reading {
            A::Canceled => Some(FailureCode::CanceledByMerchant),
            A::Expired => Some(FailureCode::Expired),
            _ => None,
        };
        let failure = code.map(|code| Failure { code, retry: true });
        Status { name, body, reading, moved, failure, settled: name == "all refunded" }
    };
    let word = |text: &str, word: &str| patched(text, &json!({"data": {"status": word}}));
    let rows = [
        ("SENT", golden!("sent").to_owned(), A::Pending, NONE),
        ("RESERVED NOT PAID", word(golden!("sent"), "RESERVED NOT PAID"), A::Pending, NONE),
        ("RESERVED", golden!("reserved").to_owned(), A::Authorized, HELD),
        ("reserved", word(golden!("reserved"), "reserved"), A::Authorized, HELD),
        ("CAPTURED", golden!("captured").to_owned(), A::Succeeded, TAKEN),
        ("part", golden!("part_captured").to_owned(), A::Succeeded, Moved { captured: 5550, ..NONE }),
        ("CHARGED", golden!("charged").to_owned(), A::Succeeded, TAKEN),
        ("COMPLETED", word(golden!("captured"), "Completed"), A::Succeeded, TAKEN),
        ("refunded", golden!("refunded").to_owned(), A::Succeeded, Moved { refunded: 1500, ..TAKEN }),
        (
            "all refunded",
            golden!("all_refunded").to_owned(),
            A::Succeeded,
            Moved { refunded: 14500, ..TAKEN },
        ),
        ("CANCELLED", golden!("cancelled").to_owned(), A::Canceled, NONE),
        ("EXPIRED", golden!("expired").to_owned(), A::Expired, NONE),
    ];
    rows.into_iter().map(row).collect()
}

fn seen(text: &str, patch: Value) -> Observation {
    read(&patched(text, &json!({"data": patch})))
}

fn read(text: &str) -> Observation {
    let envelope: Envelope<_> = serde_json::from_str(text).unwrap();
    observe(&envelope.data.unwrap()).unwrap()
}

#[test]
fn money_that_was_taken_is_a_success_under_any_known_word() {
    for word in ["SENT", "RESERVED_NOT_PAID", "reserved", "CANCELLED", "EXPIRED", "Completed"] {
        let found = seen(golden!("captured"), json!({"status": word}));
        assert_eq!((found.reading, found.moved), (Reading::Known(A::Succeeded), TAKEN), "{word}");
        assert_eq!(found.failure, None);
    }
}

#[test]
fn i3_a_word_without_its_money_is_no_success() {
    for word in ["RESERVED", "CAPTURED", "CHARGED", "COMPLETED"] {
        let none = json!({"status": word, "paymentDetails": null, "isPaid": true});
        let found = seen(golden!("captured"), none);
        assert_eq!((found.reading, found.moved), (Reading::Known(A::Processing), NONE), "{word}");
    }
    for word in ["SENT", "RESERVED NOT PAID", "CAPTURED", "CHARGED"] {
        let found = seen(golden!("reserved"), json!({"status": word}));
        assert_eq!((found.reading, found.moved), (Reading::Known(A::Authorized), HELD), "{word}");
    }
}

#[test]
fn amounts_are_read_to_the_last_digit() {
    let rows = [("0.01", 1), ("0.1", 10), ("\"0.10\"", 10), ("999999.99", 99_999_999), ("145.000", 14500)];
    for (written, ore) in rows {
        let text = golden!("sent").replace("\"grandTotal\": 145", &format!("\"grandTotal\": {written}"));
        assert_eq!(read(&text).amount.unwrap().minor(), ore, "{written}");
    }
}

#[test]
fn a_reference_that_is_no_attempt_is_no_echo() {
    for odd in [json!(null), json!("RES-12345"), json!("att_x")] {
        assert_eq!(seen(golden!("sent"), json!({"customerReference": odd})).echo.attempt, None);
    }
}
