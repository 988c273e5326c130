//! Collects every wrong field of a wish, so that all of them are told at once.

use bellhop_domain::wish::FieldError;
use serde_json::{Map, Value};

/// What a provider takes in a text.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    /// UTF-16 units, which is how Java and .NET count.
    pub max: usize,
    /// Characters besides controls that it refuses.
    pub forbidden: &'static str,
}

/// The wrong fields so far.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldError>);

/// `key` as one more step of a JSON pointer (RFC 6901, section 3).
pub(crate) fn below(parent: &str, key: &str) -> String {
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}

impl Faults {
    /// `value` if nothing is wrong.
    pub fn none_or<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    /// A complaint about the field at `pointer`.
    pub fn add(&mut self, pointer: &str, detail: impl Into<String>) {
        self.0.push(FieldError::new(pointer, detail));
    }

    /// A complaint unless `fine`.
    pub fn unless(&mut self, fine: bool, pointer: &str, detail: &str) {
        if !fine {
            self.add(pointer, detail);
        }
    }

    /// Checks a text.
    pub fn text(&mut self, pointer: &str, text: &str, limit: Limit) {
        if text.encode_utf16().count() > limit.max {
            self.add(pointer, format!("is longer than {} characters", limit.max));
        }
        let refused = |c: char| c.is_control() || limit.forbidden.contains(c);
        if text.contains(refused) {
            let signs: Vec<String> = limit.forbidden.chars().map(String::from).collect();
            let detail = format!("must not hold {} or control characters", signs.join(" "));
            self.add(pointer, detail);
        }
    }

    /// Checks a value that has to be a text.
    pub fn text_of<'v>(&mut self, at: &str, value: &'v Value, limit: Limit) -> Option<&'v str> {
        let text = value.as_str();
        match text {
            Some(text) => self.text(at, text, limit),
            None => self.add(at, "must be a text"),
        }
        text
    }

    /// A value that has to be an object.
    pub fn object<'v>(&mut self, at: &str, value: &'v Value) -> Option<&'v Map<String, Value>> {
        self.unless(value.is_object(), at, "must be an object");
        value.as_object()
    }

    /// Complains about every name below `at` that is not `known`.
    pub fn names(&mut self, at: &str, found: &Map<String, Value>, known: &[&str]) {
        for name in found.keys() {
            let fine = known.contains(&name.as_str());
            self.unless(fine, &below(at, name), "is not a field of this provider");
        }
    }
}
