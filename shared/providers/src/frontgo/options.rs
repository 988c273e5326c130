//! `/options/frontgo`, read field by field; a field that is null counts as absent, as with them.

use super::fields::{Field, Want};
use crate::faults::{Faults, Limit, below};
use bellhop_domain::text::holds_card_number;
use bellhop_domain::wish::Wish;
use serde_json::{Map, Value};

pub(super) const OPTIONS: &str = "/options/frontgo";

/// No lengths are documented: this is what a database column of their framework holds.
pub(super) const LINE: usize = 255;

/// Likewise for notes and terms, which are longer.
pub(super) const NOTES: usize = 2000;

const LANGUAGES: [&str; 5] = ["en", "no", "sv", "da", "de"];

/// For a payer who speaks none of them; Norwegian is their own default, for payers in Norway.
const FOREIGN: &str = "en";

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
    pub fn root(fields: &'a Map<String, Value>, known: &[Field], faults: &mut Faults) -> Self {
        faults.names(OPTIONS, fields, &names(known));
        Self { at: OPTIONS.to_owned(), fields: Some(fields) }
    }

    /// Its `fields` as they are sent.
    pub fn read(&self, wish: &Wish, fields: &[Field], faults: &mut Faults) -> Map<String, Value> {
        let read = |field: &Field| Some((camel(field.0), self.field(wish, *field, faults)?));
        fields.iter().filter_map(read).collect()
    }

    fn field(&self, wish: &Wish, (name, want): Field, faults: &mut Faults) -> Option<Value> {
        Some(match want {
            Want::Text(max, rule) => self.text(name, max, rule, faults).into(),
            Want::Payer(at, own, rule) => match self.value(name) {
                Some(_) => self.text(name, LINE, rule, faults).into(),
                None => needed((at, own(&wish.payer)), rule, faults).into(),
            },
            Want::Word(known) => self.word(name, known, faults).or(known.first().copied()).into(),
            Want::Language => self.word(name, &LANGUAGES, faults).unwrap_or_else(|| language(wish)).into(),
            Want::Flag => self.flag(name, faults).unwrap_or_default().into(),
            Want::Choice => self.flag(name, faults)?.into(),
            Want::Object(fields) => self.part(name, &names(fields), faults).read(wish, fields, faults).into(),
            Want::Amounts => return None,
        })
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

/// What the payer says, which has to be there.
fn needed<'p>((at, own): (&str, Option<&'p str>), rule: Rule, faults: &mut Faults) -> Option<&'p str> {
    match own {
        Some(text) => {
            faults.text(at, text, Limit { max: LINE, forbidden: "" });
            faults.unless(rule.0(text), at, rule.1);
        }
        None => faults.add(at, "is needed by this provider"),
    }
    own
}

/// The payer's own, where they have pages in it.
fn language(wish: &Wish) -> &'static str {
    let own = wish.locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match own.as_str() {
        "nb" | "nn" => "no",
        other => LANGUAGES.iter().find(|known| **known == other).copied().unwrap_or(FOREIGN),
    }
}

fn names(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|(name, _)| *name).collect()
}

/// `customer_details` as `customerDetails`.
fn camel(name: &str) -> String {
    let mut upper = false;
    let letters = name.chars().filter_map(|c| match std::mem::replace(&mut upper, c == '_') {
        _ if c == '_' => None,
        true => Some(c.to_ascii_uppercase()),
        false => Some(c),
    });
    letters.collect()
}
