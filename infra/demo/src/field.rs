//! The inputs of the booking form as data: what is asked, and where the answer goes in our call.

use crate::form::Form;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// One input.
pub struct Field {
    /// Its name and id in the form.
    pub name: &'static str,
    /// What the payer reads.
    pub label: &'static str,
    /// Where the answer goes in our call, and where the payment service points when it is wrong.
    pub pointer: &'static str,
    /// How it is asked.
    pub input: Input,
    /// What stands there at first.
    pub start: &'static str,
    /// Whether the payer may leave it empty.
    pub is_optional: bool,
    /// Whether half a line is room enough.
    pub is_short: bool,
    /// Whether the provider's own part of the call makes something of the answer: it is not put in as it is.
    pub is_apart: bool,
    /// What a browser may fill in (the HTML attribute `autocomplete`); empty for nothing of use.
    pub autocomplete: &'static str,
}

/// How a field is asked.
pub enum Input {
    /// A line of at most so many characters.
    Line(usize),
    /// A line for which a telephone shows this keyboard (the HTML attribute `inputmode`).
    Keys(&'static str, usize),
    /// A day.
    Day,
    /// A day, at first the one that is so many days ahead.
    DayAhead(i32),
    /// One of these languages, each in its own words, in a list.
    Language(Choices),
    /// One of these values, all in sight.
    Radio(Choices),
}

/// Values with their words, the first one chosen at first.
pub type Choices = &'static [(&'static str, &'static str)];

/// Fields that belong together.
pub struct Group {
    /// What they are about.
    pub legend: &'static str,
    /// They are asked only where the field of this name has this value.
    pub when: Option<(&'static str, &'static str)>,
    /// The fields.
    pub fields: &'static [Field],
}

impl Field {
    /// A line of text that is needed.
    pub const fn line(name: &'static str, label: &'static str, pointer: &'static str) -> Self {
        Self {
            name,
            label,
            pointer,
            input: Input::Line(255),
            start: "",
            is_optional: false,
            is_short: false,
            is_apart: false,
            autocomplete: "off",
        }
    }

    /// The same, asked in another way.
    pub const fn asked(mut self, input: Input) -> Self {
        self.input = input;
        self
    }

    /// The same, which may stay empty.
    pub const fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// The same, on half a line.
    pub const fn short(mut self) -> Self {
        self.is_short = true;
        self
    }

    /// The same, read by the provider's own part of the call.
    pub const fn apart(mut self) -> Self {
        self.is_apart = true;
        self
    }

    /// The same, with a first value.
    pub const fn starting(mut self, start: &'static str) -> Self {
        self.start = start;
        self
    }

    /// The same, known to browsers under this name.
    pub const fn known_as(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// Its values, where there are only a few.
    pub const fn choices(&self) -> Choices {
        match self.input {
            Input::Language(choices) | Input::Radio(choices) => choices,
            _ => &[],
        }
    }

    /// What stands there at first.
    pub fn first(&self) -> &'static str {
        self.choices().first().map_or(self.start, |(value, _)| value)
    }

    /// What stands there when the page is opened on that day.
    pub fn first_on(&self, today: Date) -> String {
        match self.input {
            Input::DayAhead(days) => today.saturating_add(days.days()).to_string(),
            _ => self.first().to_owned(),
        }
    }

    /// What the payer said, if anything; a choice that we do not offer is our first one.
    pub fn said<'a>(&self, form: &'a Form) -> Option<&'a str> {
        let said = form.get(self.name).trim();
        match self.choices() {
            [] => Some(said).filter(|said| !said.is_empty()),
            choices => {
                let known = choices.iter().map(|(value, _)| *value).find(|value| *value == said);
                Some(known.unwrap_or(self.first()))
            }
        }
    }
}

impl Group {
    /// Whether its fields are asked, after what the payer chose.
    pub fn applies(&self, form: &Form, fields: impl Iterator<Item = &'static Field>) -> bool {
        let Some((name, value)) = self.when else {
            return true;
        };
        let mut fields = fields.filter(|field| field.name == name);
        fields.next().is_some_and(|field| field.said(form) == Some(value))
    }
}

/// Puts a text where a pointer says, into objects that are made on the way.
pub fn put(into: &mut Map<String, Value>, pointer: &str, text: &str) {
    let path = pointer.trim_start_matches('/');
    let Some((name, rest)) = path.split_once('/') else {
        into.insert(path.to_owned(), text.into());
        return;
    };
    let below = into.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(below) = below {
        put(below, rest, text);
    }
}

/// Whether a pointer leads to what another one names, or into it.
pub fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
