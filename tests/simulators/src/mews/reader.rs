//! Reading the fields of a request. Names are PascalCase exactly: another spelling is another field.
//!
//! `[inf]` That a missing field and one of a wrong type get the same 400 `Invalid {Parameter}`.

use super::errors::ApiError;
use crate::clock::from_rfc3339;
use crate::exact::Json;

/// `[doc]` CO/operations: most lists have at most so many items.
const MOST_ITEMS: usize = 1000;

/// An object and where it stands in the body.
#[derive(Clone)]
pub struct Fields<'a> {
    json: &'a Json,
    place: String,
}

impl<'a> Fields<'a> {
    /// The body itself.
    pub fn of(json: &'a Json) -> Result<Self, ApiError> {
        Self::within(json, "")
    }

    fn within(json: &'a Json, place: &str) -> Result<Self, ApiError> {
        match json {
            Json::Object(_) => Ok(Self { json, place: place.to_owned() }),
            _ => Err(ApiError::invalid(if place.is_empty() { "JSON" } else { place })),
        }
    }

    /// A field as it is; `null` counts as absent.
    pub fn value(&self, name: &str) -> Option<&'a Json> {
        self.json.at(name).filter(|value| **value != Json::Null)
    }

    /// The refusal of a field.
    pub fn invalid(&self, name: &str) -> ApiError {
        ApiError::invalid(&self.path(name))
    }

    fn path(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    /// An optional text.
    pub fn text(&self, name: &str) -> Result<Option<&'a str>, ApiError> {
        let read = |value: &'a Json| value.text().ok_or_else(|| self.invalid(name));
        self.value(name).map(read).transpose()
    }

    /// A text that must be there, and say something.
    pub fn required(&self, name: &str) -> Result<&'a str, ApiError> {
        let text = self.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.invalid(name))
    }

    /// An optional yes or no.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.invalid(name)),
        }
    }

    /// The digits of an optional number, as they were written.
    pub fn digits(&self, name: &str) -> Result<Option<&'a str>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Number(digits)) => Ok(Some(digits)),
            Some(_) => Err(self.invalid(name)),
        }
    }

    /// A whole number that must be there.
    pub fn count(&self, name: &str) -> Result<usize, ApiError> {
        let digits = self.digits(name)?.and_then(|digits| digits.parse().ok());
        digits.ok_or_else(|| self.invalid(name))
    }

    /// A time that must be there, in milliseconds. `[doc]` CO/guidelines/serialization.md: ISO 8601 in UTC.
    pub fn time(&self, name: &str) -> Result<i64, ApiError> {
        let text = self.required(name)?;
        let time = from_rfc3339(text).filter(|_| text.ends_with('Z'));
        time.ok_or_else(|| self.invalid(name))
    }

    /// An optional object.
    pub fn object(&self, name: &str) -> Result<Option<Fields<'a>>, ApiError> {
        self.value(name).map(|value| Fields::within(value, &self.path(name))).transpose()
    }

    /// An object that must be there.
    pub fn required_object(&self, name: &str) -> Result<Fields<'a>, ApiError> {
        self.object(name)?.ok_or_else(|| self.invalid(name))
    }

    /// A list of objects that must be there and not be empty.
    pub fn objects(&self, name: &str) -> Result<Vec<Fields<'a>>, ApiError> {
        let Some(Json::List(items)) = self.value(name) else {
            return Err(self.invalid(name));
        };
        if items.is_empty() {
            return Err(self.invalid(name));
        }
        let read = |(number, item)| Fields::within(item, &format!("{}[{number}]", self.path(name)));
        items.iter().enumerate().map(read).collect()
    }

    /// An optional list of texts, of at most 1000.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<&'a str>>, ApiError> {
        let items = match self.value(name) {
            None => return Ok(None),
            Some(Json::List(items)) if items.len() <= MOST_ITEMS => items,
            Some(_) => return Err(self.invalid(name)),
        };
        let read = |item: &'a Json| item.text().ok_or_else(|| self.invalid(name));
        items.iter().map(read).collect::<Result<_, _>>().map(Some)
    }
}
