//! `/options/frontgo`, read field by field; a field that is null counts as absent, as with them.

use crate::faults::{Faults, Limit, below};
use bellhop_domain::text::holds_card_number;
use serde_json::{Map, Value};

pub(super) const OPTIONS: &str = "/options/frontgo";

/// No lengths are documented: this is what a database column of their framework holds.
pub(super) const LINE: usize = 255;

/// Likewise for notes and terms, which are longer.
pub(super) const NOTES: usize = 2000;

/// What a text has to be, and how to say so.
pub(super) type Rule = (fn(&str) -> bool, &'static str);

/// Any text that says something.
pub(super) const SAID: Rule = (|text| !text.trim().is_empty(), "must not be empty");

/// An object of the options, or nothing where it is absent.
pub(super) struct Part<'a> {
    /// Where it stands.
    pub at: String,
    fields: Option<&'a Map<String, Value>>,
}

impl<'a> Part<'a> {
    /// All options, which hold no other names than `known`.
    pub fn root(fields: &'a Map<String, Value>, known: &[&str], faults: &mut Faults) -> Self {
        faults.names(OPTIONS, fields, known);
        Self { at: OPTIONS.to_owned(), fields: Some(fields) }
    }

    /// An object that stands in this one, likewise.
    pub fn part(&self, name: &str, known: &[&str], faults: &mut Faults) -> Self {
        let at = self.at(name);
        Self::of(self.value(name), at, known, faults)
    }

    /// The object that `value` has to be.
    pub fn of(value: Option<&'a Value>, at: String, known: &[&str], faults: &mut Faults) -> Self {
        let fields = value.and_then(|value| faults.object(&at, value));
        if let Some(fields) = fields {
            faults.names(&at, fields, known);
        }
        Self { at, fields }
    }

    /// Whether it is there.
    pub const fn is_given(&self) -> bool {
        self.fields.is_some()
    }

    /// Where its field `name` stands.
    pub fn at(&self, name: &str) -> String {
        below(&self.at, name)
    }

    /// The field, unless it is null.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.fields?.get(name).filter(|value| !value.is_null())
    }

    /// A text of at most `max` characters that `rule` takes.
    pub fn text(&self, name: &str, max: usize, rule: Rule, faults: &mut Faults) -> Option<&'a str> {
        let (at, value) = (self.at(name), self.value(name)?);
        let text = faults.text_of(&at, value, Limit { max, forbidden: "" })?;
        faults.unless(rule.0(text), &at, rule.1);
        faults.unless(!holds_card_number(text), &at, "must not hold a card number");
        Some(text)
    }

    /// One of these words.
    pub fn word(&self, name: &str, known: &[&'static str], faults: &mut Faults) -> Option<&'static str> {
        let value = self.value(name)?;
        let word = known.iter().find(|word| value.as_str() == Some(word)).copied();
        let wanted = || format!("must be {}", known.join(" or "));
        if word.is_none() {
            faults.add(&self.at(name), wanted());
        }
        word
    }

    /// A truth.
    pub fn flag(&self, name: &str, faults: &mut Faults) -> Option<bool> {
        let value = self.value(name)?;
        faults.unless(value.is_boolean(), &self.at(name), "must be true or false");
        value.as_bool()
    }

    /// A whole number that has to be there, such as øre; 0 where it is not.
    pub fn whole(&self, name: &str, faults: &mut Faults) -> u64 {
        let number = self.value(name).and_then(Value::as_u64);
        faults.unless(number.is_some(), &self.at(name), "must be a whole number");
        number.unwrap_or_default()
    }
}
