//! JSON whose numbers keep every digit they were written with.
//!
//! Amounts are decimal at several providers; a float would lose what a test wants to see.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Result as Written};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Deeper JSON is no request of this API.
const DEEPEST: u8 = 32;

/// A JSON value; a number is its own text.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// An object, its fields in the order in which they stand here.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::exact::Json::Object(vec![
            $(($name.to_owned(), $crate::exact::Json::from($value))),*
        ])
    };
}
pub(crate) use object;

impl Json {
    /// Reads a whole text; `None` when it is not JSON. Fields of an object come sorted by name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_within(text, DEEPEST)
    }

    fn parse_within(text: &str, depth: u8) -> Option<Self> {
        let below = depth.checked_sub(1)?;
        let raw: &RawValue = serde_json::from_str(text).ok()?;
        let raw = raw.get();
        Some(match raw.as_bytes().first()? {
            b'{' => {
                let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw).ok()?;
                let read = |(name, value): (String, &RawValue)| {
                    Some((name, Self::parse_within(value.get(), below)?))
                };
                Self::Object(fields.into_iter().map(read).collect::<Option<_>>()?)
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
                let read = |item: &RawValue| Self::parse_within(item.get(), below);
                Self::List(items.into_iter().map(read).collect::<Option<_>>()?)
            }
            b'"' => Self::Text(serde_json::from_str(raw).ok()?),
            b'n' => Self::Null,
            b't' | b'f' => Self::Bool(raw == "true"),
            _ => Self::Number(raw.to_owned()),
        })
    }

    /// The value at a dotted path, as `products.0.name`; the empty path is the value itself.
    pub fn at(&self, path: &str) -> Option<&Self> {
        let mut names = path.split('.').filter(|name| !name.is_empty());
        names.try_fold(self, |value, name| match value {
            Self::Object(fields) => fields.iter().find(|(own, _)| own == name).map(|(_, v)| v),
            Self::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The same, to change it.
    pub fn at_mut(&mut self, path: &str) -> Option<&mut Self> {
        let mut names = path.split('.').filter(|name| !name.is_empty());
        names.try_fold(self, |value, name| match value {
            Self::Object(fields) => fields.iter_mut().find(|(own, _)| own == name).map(|(_, v)| v),
            Self::List(items) => items.get_mut(name.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The text of a text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Display for Json {
    fn fmt(&self, out: &mut Formatter<'_>) -> Written {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(flag) => write!(out, "{flag}"),
            Self::Number(digits) => out.write_str(digits),
            Self::Text(text) => out.write_str(&quoted(text)),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::to_string).collect();
                write!(out, "[{}]", items.join(","))
            }
            Self::Object(fields) => {
                let field = |(name, value): &(String, Self)| format!("{}:{value}", quoted(name));
                let fields: Vec<String> = fields.iter().map(field).collect();
                write!(out, "{{{}}}", fields.join(","))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
