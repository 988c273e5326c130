use super::*;
use bellhop_domain::session::Session;
use proptest::prelude::*;

mod samples;

use samples::{any_session, full, typical};

/// What DynamoDB counts: names and texts in UTF-8, numbers two digits a byte, 3 for a map or list and
/// 1 for each of its elements (Developer Guide, "Item sizes and formats").
fn size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_size(value)).sum()
}

fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + value_size(value)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.len() + size(map),
        _ => 1,
    }
}

#[test]
fn a_typical_session_costs_one_write_unit() {
    let size = size(&session::write(&typical()));
    println!("a typical GOV.UK Pay session: {size} of 1024 bytes");
    assert!(size <= 1_024, "{size} bytes");
}

proptest! {
    #[test]
    fn a_session_is_read_back(session in any_session()) {
        prop_assert_eq!(session::read(&session::write(&session)).unwrap(), session);
    }

    #[test]
    fn i14_an_attribute_of_another_kind_never_panics(session in any_session(), at: prop::sample::Index) {
        let row = session::write(&session);
        for wrong in strange_values() {
            let mut row = row.clone();
            let name = row.keys().nth(at.index(row.len())).unwrap().clone();
            row.insert(name.clone(), wrong);
            if let Err(error) = session::read(&row) {
                prop_assert!(names(&error, &name), "{} for {}", error, name);
            }
        }
    }
}

fn strange_values() -> Vec<AttributeValue> {
    vec![
        AttributeValue::Null(true),
        AttributeValue::Bool(false),
        text(""),
        text("quantum"),
        number("-1"),
        number("1e99"),
        bytes(b"x"),
        AttributeValue::L(vec![AttributeValue::Null(true)]),
        AttributeValue::M(HashMap::from([("x".to_owned(), text("y"))])),
    ]
}

/// Whether the error speaks of the attribute, or of something within it.
fn names(error: &StoreError, name: &str) -> bool {
    let StoreError::Corrupt(message) = error else {
        return false;
    };
    let path = message.strip_prefix("attribute ").unwrap_or_default();
    path == name || path.starts_with(&format!("{name}."))
}

#[test]
fn an_unknown_word_is_corrupt_and_named_but_not_repeated() {
    for word in ["m", "ac", "k", "cp", "rv", "pk", "ru"] {
        let mut row = session::write(&full());
        row.insert(word.to_owned(), text("quantum"));
        let error = session::read(&row).unwrap_err();
        assert!(names(&error, word), "{word}: {error}");
        assert!(!error.to_string().contains("quantum"), "{error}");
    }
}

#[test]
fn an_unknown_word_in_an_attempt_is_corrupt_and_named() {
    for word in ["i", "s", "f", "g", "p"] {
        let mut row = session::write(&full());
        let Some(AttributeValue::L(attempts)) = row.get_mut("at") else {
            panic!("no attempts");
        };
        let Some(AttributeValue::M(attempt)) = attempts.first_mut() else {
            panic!("no attempt");
        };
        attempt.insert(word.to_owned(), text("quantum / ?"));
        let error = session::read(&row).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the table holds a row that cannot be read: attribute at.{word}")
        );
    }
}

#[test]
fn i14_attributes_of_a_later_release_are_ignored() {
    let session = full();
    let mut row = session::write(&session);
    row.insert("later".to_owned(), text("x"));
    row.insert(FORMAT.to_owned(), number(2));
    assert_eq!(session::read(&row).unwrap(), session);
}

#[test]
fn i14_a_missing_attribute_is_an_error_or_its_default() {
    let full = session::write(&full());
    for name in full.keys() {
        let mut row = full.clone();
        row.remove(name);
        if let Err(error) = session::read(&row) {
            assert!(names(&error, name), "{name}: {error}");
        }
    }
    let optional = ["py", "md", "op", "rv", "cl", "pl", "at", "due_pk", "due_sk", "status", "v"];
    let mut row = full;
    for name in optional {
        row.remove(name);
    }
    assert!(session::read(&row).is_ok());
}

#[test]
fn a_row_has_due_keys_only_while_the_session_is_due() {
    let due = |session: &Session| {
        let row = session::write(session);
        (row.contains_key("due_pk"), row.contains_key("due_sk"))
    };
    let mut session = typical();
    assert_eq!(due(&session), (true, true));
    session.closed = true;
    assert_eq!(due(&session), (true, true));
    for attempt in &mut session.attempts {
        attempt.look_at = None;
    }
    assert_eq!(due(&session), (false, false));
}

#[test]
fn the_derived_status_is_written_for_filters() {
    let row = session::write(&typical());
    assert_eq!(row.get("status"), Some(&text("pending")));
    assert_eq!(row.get("v"), Some(&number(1)));
}
