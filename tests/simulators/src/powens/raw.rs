//! Changes a JSON text in places and leaves every number as it was written, which a parsed value would not.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Every element of a list, in a path.
pub const EACH: &str = "*";

/// The text with what stands at `path` changed. A path that leads nowhere changes nothing.
pub fn edit(text: &str, path: &[&str], change: &dyn Fn(&str) -> String) -> String {
    match path.split_first() {
        None => change(text),
        Some((&EACH, rest)) => edit_list(text, rest, change),
        Some((name, rest)) => edit_field(text, (name, rest), change),
    }
}

fn edit_list(text: &str, rest: &[&str], change: &dyn Fn(&str) -> String) -> String {
    let Some(items) = items(text) else {
        return text.to_owned();
    };
    let items: Vec<String> = items.iter().map(|item| edit(item, rest, change)).collect();
    format!("[{}]", items.join(","))
}

fn edit_field(text: &str, (name, rest): (&str, &[&str]), change: &dyn Fn(&str) -> String) -> String {
    let Some(fields) = fields(text) else {
        return text.to_owned();
    };
    let written = |(key, value): (&String, &&RawValue)| {
        let value = if key == name { edit(value.get(), rest, change) } else { value.get().to_owned() };
        format!("{}:{value}", serde_json::Value::from(key.as_str()))
    };
    let written: Vec<String> = fields.iter().map(written).collect();
    format!("{{{}}}", written.join(","))
}

/// The texts of a list's elements; `None` when it is no list.
pub fn items(text: &str) -> Option<Vec<&str>> {
    let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    Some(items.into_iter().map(RawValue::get).collect())
}

/// The text of an object's field.
pub fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    fields(text)?.get(name).map(|value| value.get())
}

fn fields(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(text).ok()
}
