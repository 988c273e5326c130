//! Free text that holds a card number is refused (I11).

use bellhop_domain::text::{Reference, free_text, holds_card_number};
use proptest::prelude::*;

#[test]
fn i11_card_numbers_are_found_however_people_write_them() {
    for text in [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242  4242 - 4242-4242",
        "card 4444333322221111 please",
        "x4444333322221111x",
        "371449635398431",
        "3714 496353 98431",
        "5105105105105100",
        "4222222222222",
        "6304000000000000000",
        "2 nights 4242424242424242",
        "4242 4242 4242 4242 12/26",
        "2-4242424242424242-7",
    ] {
        assert!(holds_card_number(text), "{text}");
    }
}

#[test]
fn numbers_that_are_no_card_numbers_pass() {
    for text in [
        "",
        "RES-12345",
        "424242424242",
        "4242424242424241",
        "42424242424242421234",
        "0000000000000000",
        "00000000000000000000",
        "4242.4242.4242.4242",
        "4242/4242/4242/4242",
        "4242 4242 and 4242 4242",
        "+44 20 7946 0958",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
    ] {
        assert!(!holds_card_number(text), "{text}");
    }
}

#[test]
fn free_text_says_what_is_wrong_with_it() {
    for (text, why) in [
        ("", "must not be empty"),
        (" \u{a0}", "must not be empty"),
        ("a\nb", "must not hold control characters"),
        ("a\u{0}", "must not hold control characters"),
        ("4242 4242 4242 4242", "must not hold a card number"),
    ] {
        assert_eq!(free_text(text, 255).unwrap_err().0, why, "{text:?}");
    }
    assert_eq!(free_text(&"é".repeat(255), 255).unwrap().chars().count(), 255);
    assert_eq!(free_text(&"é".repeat(256), 255).unwrap_err().0, "is too long");
    assert_eq!(Reference::parse("RES-12345").unwrap().as_str(), "RES-12345");
}

/// The check digit, by ISO/IEC 7812-1, counted from the left this time.
fn check_digit(digits: &[u32]) -> u32 {
    let first_doubled = (digits.len() + 1) % 2;
    let weigh = |(at, digit): (usize, &u32)| match at % 2 == first_doubled {
        true => digit * 2 / 10 + digit * 2 % 10,
        false => *digit,
    };
    let sum: u32 = digits.iter().enumerate().map(weigh).sum();
    (10 - sum % 10) % 10
}

fn text_of(digits: &[u32]) -> String {
    digits.iter().map(|digit| char::from_digit(*digit, 10).unwrap()).collect()
}

proptest! {
    #[test]
    fn i11_every_number_with_its_check_digit_is_found(
        body in prop::collection::vec(0..10_u32, 12..=18), gaps in prop::collection::vec("[ -]{0,2}", 19)
    ) {
        prop_assume!(body.iter().any(|digit| *digit != 0));
        let mut digits = body.clone();
        digits.push(check_digit(&body));
        let text: String = digits.iter().zip(&gaps)
            .map(|(digit, gap)| format!("{digit}{gap}"))
            .collect();
        prop_assert!(holds_card_number(&text), "{}", text);
    }

    #[test]
    fn a_number_with_a_wrong_check_digit_is_none(
        body in prop::collection::vec(0..10_u32, 0..30), off in 1..10_u32
    ) {
        let wrong = (check_digit(&body) + off) % 10;
        let text = format!("{}{wrong}", text_of(&body));
        prop_assert!(!holds_card_number(&text), "{}", text);
    }
}
