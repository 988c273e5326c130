//! Reading a payload rule by rule; what is wrong is collected, one sentence a field.
//!
//! `[inf]` PROVIDERS §2.2: the rules are Laravel's, so that a null, an empty text and an absent field are the same, and
//! a body that is not JSON is an empty payload. The sentences are in Laravel's manner; their words are `[unk]`.

use super::amount::Amount;
use super::envelope::Refusal;
use super::exact::Json;

/// A payload, and what was found wrong with it so far.
pub struct Check<'a> {
    payload: &'a Json,
    errors: Vec<String>,
}

impl<'a> Check<'a> {
    /// Nothing is wrong yet.
    pub fn new(payload: &'a Json) -> Self {
        Self { payload, errors: Vec::new() }
    }

    /// `value`, if nothing was wrong; else 417 with everything that was.
    pub fn passed<T>(self, value: T) -> Result<T, Refusal> {
        if self.errors.is_empty() { Ok(value) } else { Err(Refusal::invalid(self.errors)) }
    }

    /// Notes something wrong with a field.
    pub fn wrong(&mut self, path: &str, why: &str) {
        self.errors.push(format!("The {path} {why}."));
    }

    /// Notes something wrong with a field unless `good`.
    pub fn expect(&mut self, good: bool, path: &str, why: &str) {
        if !good {
            self.wrong(path, why);
        }
    }

    /// What a field says, if it says anything.
    pub fn given(&self, path: &str) -> Option<&'a Json> {
        let value = self.payload.at(path)?;
        let empty = matches!(value, Json::Null) || value.text().is_some_and(str::is_empty);
        (!empty).then_some(value)
    }

    fn required(&mut self, path: &str) -> Option<&'a Json> {
        let value = self.given(path);
        self.expect(value.is_some(), path, "field is required");
        value
    }

    /// A text that may be missing.
    pub fn maybe_text(&mut self, path: &str) -> Option<String> {
        let value = self.given(path)?;
        self.expect(value.text().is_some(), path, "must be a string");
        value.text().map(str::to_owned)
    }

    /// A text that must be there; empty when it is not.
    pub fn text(&mut self, path: &str) -> String {
        self.required(path);
        self.maybe_text(path).unwrap_or_default()
    }

    /// A text that must be there and fit `rule`.
    pub fn text_that(&mut self, path: &str, rule: impl Fn(&str) -> bool, why: &str) -> String {
        self.required(path);
        self.maybe_text_that(path, rule, why).unwrap_or_default()
    }

    /// A text that may be missing and otherwise must fit `rule`.
    pub fn maybe_text_that(&mut self, path: &str, rule: impl Fn(&str) -> bool, why: &str) -> Option<String> {
        let text = self.maybe_text(path)?;
        self.expect(rule(&text), path, why);
        Some(text)
    }

    /// A JSON boolean that may be missing.
    pub fn maybe_flag(&mut self, path: &str) -> Option<bool> {
        match self.given(path)? {
            Json::Bool(flag) => Some(*flag),
            _ => {
                self.wrong(path, "field must be true or false");
                None
            }
        }
    }

    /// A JSON boolean that must be there.
    pub fn flag(&mut self, path: &str) -> bool {
        self.required(path);
        self.maybe_flag(path).unwrap_or_default()
    }

    /// An amount that must be there, not below zero.
    pub fn amount(&mut self, path: &str) -> Amount {
        let Some(value) = self.required(path) else {
            return Amount::default();
        };
        let amount = Amount::read(value).filter(|amount| *amount >= Amount::default());
        self.expect(amount.is_some(), path, "must be a number");
        amount.unwrap_or_default()
    }

    /// A whole number that must be there, as a number or as digits.
    pub fn integer(&mut self, path: &str) -> i64 {
        let number = match self.required(path) {
            Some(Json::Number(digits) | Json::Text(digits)) => digits.parse().ok(),
            Some(_) => None,
            None => return 0,
        };
        self.expect(number.is_some(), path, "must be an integer");
        number.unwrap_or_default()
    }

    /// An object that must be there.
    pub fn object(&mut self, path: &str) {
        let value = self.required(path);
        let good = value.is_none_or(|value| matches!(value, Json::Object(_)));
        self.expect(good, path, "must be an array");
    }

    /// An object that may be missing.
    pub fn maybe_object(&mut self, path: &str) {
        if self.given(path).is_some() {
            self.object(path);
        }
    }

    /// The paths of the items of an object keyed "0", "1", ..., or of a list where `lists` allows one.
    pub fn items(&mut self, path: &str, lists: bool) -> Vec<String> {
        let count = match self.required(path) {
            Some(Json::Object(fields)) if keyed_from_zero(fields) => fields.len(),
            Some(Json::List(items)) if lists => items.len(),
            Some(_) => 0,
            None => return Vec::new(),
        };
        self.expect(count > 0, path, "must be an array keyed from 0");
        (0..count).map(|number| format!("{path}.{number}")).collect()
    }
}

fn keyed_from_zero(fields: &[(String, Json)]) -> bool {
    (0..fields.len()).all(|number| fields.iter().any(|(name, _)| *name == number.to_string()))
}

/// Whether a text is digits and nothing else.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
