//! Good answers with something done to them.

use serde_json::{Value, json};

/// Bodies that are no answer of any API, whatever their status says.
pub(crate) const NONSENSE: [&str; 8] = [
    "",
    "<html><body>We will be back soon</body></html>",
    "true",
    "\"ok\"",
    "7",
    "{\"",
    "\u{feff}",
    "\u{0}\u{1}\u{2}",
];

/// `text` with the fields of `patch`, as by RFC 7386 but that null stays null.
pub(crate) fn patched(text: &str, patch: &Value) -> String {
    let mut all = serde_json::from_str(text).unwrap();
    merge(&mut all, patch);
    all.to_string()
}

fn merge(into: &mut Value, patch: &Value) {
    let Some(fields) = patch.as_object() else {
        *into = patch.clone();
        return;
    };
    for (name, value) in fields {
        merge(&mut into[name.as_str()], value);
    }
}

/// `text` without what stands at `pointer`.
pub(crate) fn without(text: &str, pointer: &str) -> String {
    let mut all: Value = serde_json::from_str(text).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let gone = match all.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(name),
        Some(Value::Array(items)) => Some(items.remove(name.parse().unwrap())),
        _ => None,
    };
    assert!(gone.is_some(), "{pointer} stands in {text}");
    all.to_string()
}

/// `text` with `value` at `pointer`.
pub(crate) fn replaced(text: &str, pointer: &str, value: Value) -> String {
    let mut all: Value = serde_json::from_str(text).unwrap();
    *all.pointer_mut(pointer).unwrap() = value;
    all.to_string()
}

/// `text` with fields of tomorrow in every object, but for those at `keyed`.
pub(crate) fn extended(text: &str, keyed: &[&str]) -> String {
    let mut all = serde_json::from_str(text).unwrap();
    extend(&mut all, "", keyed);
    all.to_string()
}

fn extend(value: &mut Value, at: &str, keyed: &[&str]) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                extend(inner, &format!("{at}/{name}"), keyed);
            }
            if !keyed.contains(&at) {
                let deep = json!({"deep": [1, null, {"status": "success"}]});
                fields.insert("of_tomorrow".to_owned(), deep);
            }
        }
        Value::Array(items) => {
            let items = items.iter_mut().enumerate();
            items.for_each(|(number, inner)| extend(inner, &format!("{at}/{number}"), keyed));
        }
        _ => {}
    }
}

/// The first half of `text`.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(text.chars().count() / 2).collect()
}
