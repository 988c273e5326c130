//! Which callbacks are believed, and how little of them.

use super::messages::{CHECKSUM, about, signed, sum, with_query};
use super::{CURRENT, ID, adapter};
use crate::conformance::Message;
use bellhop_domain::notification::{Notification, VerifyError};
use serde_json::json;

/// The page's own example, completed.
const QUERY: &str = "orderUuid=ODR123&status=success&paymentMethod=Visa&amount=100&createdAt=1755764131\
                     &timestamp=1755764131";

fn read(message: &Message) -> Result<Vec<Notification>, VerifyError> {
    message.read(&adapter(&json!({})))
}

fn payment(message: &Message) -> String {
    let found = read(message).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].session, None);
    found[0].payment.as_str().to_owned()
}

/// Worked out with another tool: `printf ODR123successVisa10017557641311755764131callback_test_current
/// | sha256sum`.
#[test]
fn the_checksum_is_plain_sha256_of_the_values_and_the_secret() {
    let known = "ee517e9bc4b12a1174d8c5d01c703c12a5d8159ccf101aa48346c314d63f7f7d";
    let message = with_query(&format!("{QUERY}&checksum={known}"));
    assert_eq!(payment(&message), "ODR123");
    let in_front = with_query(&format!("checksum={known}&{QUERY}"));
    assert_eq!(payment(&in_front), "ODR123");
}

#[test]
fn values_are_hashed_as_php_decodes_them() {
    for method in ["Visa+Card", "Visa%20Card"] {
        let query = format!("orderUuid={ID}&paymentMethod={method}");
        let hash = sum(&format!("{ID}Visa Card{CURRENT}"));
        assert_eq!(payment(&with_query(&query).with(CHECKSUM, &[&hash])), ID);
    }
}

#[test]
fn every_word_is_taken_and_none_is_believed() {
    for word in ["Reserved", "RESEVRED", "RESERVED", "Captured", "Charged", "of_tomorrow", ""] {
        let message = with_query(&format!("orderUuid={ID}&status={word}&amount=1"));
        assert_eq!(read(&signed(message, CURRENT)), read(&signed(about(ID), CURRENT)), "{word}");
    }
}

#[test]
fn another_order_of_the_values_breaks_the_proof() {
    let good = signed(with_query("orderUuid=RES1&status=Reserved"), CURRENT);
    let turned = with_query("status=Reserved&orderUuid=RES1").with(CHECKSUM, &[&good.values(CHECKSUM)[0]]);
    assert_eq!(read(&turned), Err(VerifyError::BadProof));
}

/// The values run together, so a digit can change sides: it costs one look at the same reservation.
#[test]
fn i3_a_shifted_boundary_changes_nothing_but_what_is_not_read() {
    let good = signed(with_query(&format!("orderUuid={ID}&createdAt=17551&amount=100")), CURRENT);
    let shifted = with_query(&format!("orderUuid={ID}&createdAt=1755&amount=1100"));
    let shifted = shifted.with(CHECKSUM, &[&good.values(CHECKSUM)[0]]);
    assert_eq!(read(&shifted), read(&good));
    assert_eq!(payment(&shifted), ID);
}

#[test]
fn a_proven_callback_about_two_reservations_is_unreadable() {
    let message = signed(with_query("orderUuid=RES1&orderUuid=RES2"), CURRENT);
    assert_eq!(read(&message), Err(VerifyError::Unreadable("orderUuid")));
}

/// Only where the account is set to it, and then nothing else is taken.
#[test]
fn the_older_formulas_prove_by_configuration_alone() {
    let oldest = format!("ODR123success1755764131{CURRENT}");
    let newer = format!("ODR123success17557641311001755764131{CURRENT}");
    let today = format!("ODR123successVisa10017557641311755764131{CURRENT}");
    for (number, right) in [(1, &oldest), (2, &newer), (3, &today)] {
        let provider = adapter(&json!({"checksum_formula": number}));
        for text in [&oldest, &newer, &today] {
            let message = with_query(QUERY).with(CHECKSUM, &[&sum(text)]);
            assert_eq!(message.read(&provider).is_ok(), text == right, "{number}: {text}");
        }
    }
}

#[test]
fn an_older_formula_wants_all_of_its_values_once() {
    let provider = adapter(&json!({"checksum_formula": 1}));
    for query in ["orderUuid=RES1&status=x", "orderUuid=RES1&status=x&createdAt=1&createdAt=1"] {
        for text in ["RES1x", "RES1x1", "RES1x11"] {
            let message = with_query(query).with(CHECKSUM, &[&sum(&format!("{text}{CURRENT}"))]);
            assert_eq!(message.read(&provider), Err(VerifyError::BadProof), "{query}");
        }
    }
}
