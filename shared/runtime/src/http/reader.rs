//! From JSON to domain types in one step that reports every wrong field, not only the first.
//!
//! ```
//! use bellhop_domain::text::Reference;
//! use bellhop_runtime::http::reader::{Errors, Fields};
//!
//! let body = serde_json::json!({"reference": 7, "colour": "red"});
//! let errors = Errors::default();
//! let reference = {
//!     let mut root = Fields::root(body, &errors);
//!     root.field("reference").required().parsed(Reference::parse)
//! };
//! assert!(reference.is_none());
//! let found: Vec<_> = errors.into_list().into_iter().map(|error| error.pointer).collect();
//! assert_eq!(found, ["/reference", "/colour"]);
//! ```

use crate::http::problem::{Code, Problem};
use bellhop_domain::wish::FieldError;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// The wrong fields found so far.
#[derive(Debug, Default)]
pub struct Errors(RefCell<Vec<FieldError>>);

impl Errors {
    /// Notes a wrong field.
    pub fn reject(&self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.0.borrow_mut().push(FieldError::new(pointer, detail));
    }

    /// Notes wrong fields that somebody else found.
    pub fn extend(&self, more: Vec<FieldError>) {
        self.0.borrow_mut().extend(more);
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// The wrong fields, in the order found.
    pub fn into_list(self) -> Vec<FieldError> {
        self.0.into_inner()
    }

    /// The end of reading.
    ///
    /// # Errors
    /// `invalid_request` with every wrong field.
    pub fn finish(self) -> Result<(), Problem> {
        let errors = self.into_list();
        if errors.is_empty() {
            return Ok(());
        }
        Err(Problem::new(Code::InvalidRequest).with_errors(errors))
    }
}

/// An object that is being read. When it is dropped, the fields that nobody read are reported as
/// unknown.
pub struct Fields<'e> {
    pointer: String,
    map: Map<String, Value>,
    errors: &'e Errors,
}

impl<'e> Fields<'e> {
    /// The body itself; anything but an object is reported.
    pub fn root(value: Value, errors: &'e Errors) -> Self {
        let root = Field { pointer: String::new(), value: Some(value), errors };
        let none = || Self { pointer: String::new(), map: Map::new(), errors };
        root.object().unwrap_or_else(none)
    }

    /// Takes a field. One that is `null` counts as absent.
    pub fn field(&mut self, name: &str) -> Field<'e> {
        Field {
            pointer: self.pointer_to(name),
            value: self.map.remove(name).filter(|value| !value.is_null()),
            errors: self.errors,
        }
    }

    /// Whether the field is there and was not taken yet.
    pub fn has(&self, name: &str) -> bool {
        self.map.get(name).is_some_and(|value| !value.is_null())
    }

    /// Reports a field of this object, which may be absent or taken.
    pub fn reject(&self, name: &str, detail: impl Into<String>) {
        self.errors.reject(self.pointer_to(name), detail);
    }

    /// The JSON pointer to a field of this object.
    pub fn pointer_to(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escape(name))
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        for name in self.map.keys() {
            self.reject(name, "is not a field of this request");
        }
    }
}

/// A name within a JSON pointer (RFC 6901, section 3).
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A field that is being read. Each way to read it reports a wrong value and then gives `None`.
pub struct Field<'e> {
    pointer: String,
    value: Option<Value>,
    errors: &'e Errors,
}

impl<'e> Field<'e> {
    /// Reports the field when it is absent.
    #[must_use]
    pub fn required(self) -> Self {
        if self.value.is_none() {
            self.errors.reject(self.pointer.as_str(), "is required");
        }
        self
    }

    /// A text.
    pub fn text(self) -> Option<String> {
        self.read("must be a text", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A text that `parse` takes; its error is told to the caller.
    pub fn parsed<T, E: Display>(self, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let (pointer, errors) = (self.pointer.clone(), self.errors);
        let text = self.text()?;
        let parsed = parse(&text);
        parsed.map_err(|error| errors.reject(pointer, error.to_string())).ok()
    }

    /// One of a few words.
    pub fn word<T>(self, parse: impl FnOnce(&str) -> Option<T>, words: &[&str]) -> Option<T> {
        let expected = || format!("must be one of {}", words.join(", "));
        self.parsed(|text| parse(text).ok_or_else(expected))
    }

    /// A whole number within `range`. 1.0 and 1e3 are none: minor units are counted, not measured.
    pub fn whole(self, range: RangeInclusive<u64>) -> Option<u64> {
        let (low, high) = (range.start(), range.end());
        let expected = format!("must be a whole number from {low} to {high}");
        self.read(&expected, |value| value.as_u64().filter(|number| range.contains(number)))
    }

    /// `true` or `false`.
    pub fn flag(self) -> Option<bool> {
        self.read("must be true or false", |value| value.as_bool())
    }

    /// An object, to be read field by field.
    pub fn object(self) -> Option<Fields<'e>> {
        let (pointer, errors) = (self.pointer.clone(), self.errors);
        let map = self.map()?;
        Some(Fields { pointer, map, errors })
    }

    /// An object, as it is.
    pub fn map(self) -> Option<Map<String, Value>> {
        self.read("must be an object", |value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }

    /// An object whose values are texts, at most `max` of them; `check` sees each name and text.
    pub fn texts<E: Display>(
        self,
        max: usize,
        check: impl Fn(&str, &str) -> Result<(), E>,
    ) -> Option<BTreeMap<String, String>> {
        let (pointer, errors) = (self.pointer.clone(), self.errors);
        let mut fields = self.object()?;
        if fields.map.len() > max {
            errors.reject(pointer, format!("must have at most {max} fields"));
        }
        let names: Vec<String> = fields.map.keys().cloned().collect();
        let texts = names.into_iter().filter_map(|name| {
            let field = fields.field(&name).required();
            let text = field.parsed(|text| check(&name, text).map(|()| text.to_owned()))?;
            Some((name, text))
        });
        Some(texts.collect())
    }

    fn read<T>(self, expected: &str, take: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let taken = take(self.value?);
        if taken.is_none() {
            self.errors.reject(self.pointer, expected);
        }
        taken
    }
}
