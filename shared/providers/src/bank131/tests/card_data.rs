//! No card's data comes in, however it is called and wherever it stands.

use super::{adapter, settings, wish, with_options};
use bellhop_domain::provider::Provider;
use bellhop_domain::wish::{FieldError, Wish};
use serde_json::{Value, json};

fn faults(wish: &Wish) -> Vec<FieldError> {
    adapter(&settings("https://demo.bank131.ru")).check(wish)
}

fn is_refused(wish: &Wish, pointer: &str) {
    let found = faults(wish);
    let there = found.iter().find(|fault| fault.pointer == pointer);
    let there = there.unwrap_or_else(|| panic!("{pointer} in {found:?}"));
    assert!(there.detail.contains("card data, which is never taken here"), "{}", there.detail);
    let told = format!("{found:?}");
    assert!(!told.contains("4242") && !told.contains("123\""), "{told}");
}

#[test]
fn whatever_is_called_like_card_data_is_refused_by_name() {
    for name in ["card", "number", "PAN", "security_code", "cvc", "Expiration_Date", "encrypted_card"] {
        let options = json!({"flow": "init", "card_id": "card_7", name: "x"});
        is_refused(&with_options(options), &format!("/options/bank131/{name}"));
    }
    let card = json!({"bank_card": {"number": "4242 4242 4242 4242", "security_code": "123"}});
    is_refused(&with_options(json!({"flow": "init", "card": card})), "/options/bank131/card");
    let deep = json!({"customer": {"reference": "guest", "contacts": [{"number": "x"}]}});
    is_refused(&with_options(deep), "/options/bank131/customer/contacts/0/number");
}

#[test]
fn whatever_reads_like_a_card_number_is_refused_wherever_it_stands() {
    for number in
        ["4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "my card 2200000000000004, please"]
    {
        let options = |value: Value| with_options(json!({"flow": "init", "card_id": value}));
        is_refused(&options(json!(number)), "/options/bank131/card_id");
        let reference = json!({"customer": {"reference": number}});
        is_refused(&with_options(reference), "/options/bank131/customer/reference");
        let mut noted = wish();
        noted.metadata.insert("note".to_owned(), number.to_owned());
        is_refused(&noted, "/metadata/note");
    }
    let as_number = json!({"flow": "init", "card_id": 4_242_424_242_424_242_u64});
    is_refused(&with_options(as_number), "/options/bank131/card_id");
}

#[test]
fn a_long_number_that_is_no_card_number_passes() {
    for number in ["4242424242424243", "424242424242", "42424242424242424242"] {
        let wish = with_options(json!({"customer": {"reference": number}}));
        assert_eq!(faults(&wish), [], "{number}");
    }
}

/// The store holds what passed: so nothing of a card can be in it.
#[test]
fn only_one_complaint_is_made_about_it() {
    let found = faults(&with_options(json!({"card": {"card_id": "card_7"}})));
    assert_eq!(found.len(), 1, "{found:?}");
}
