//! Reading the fields of a JSON object, with the place of each for the error message.

use serde_json::{Map, Value};

use super::errors::ApiError;

/// `[doc]` PROVIDERS §4.2: the longest name.
pub const NAME: usize = 255;
/// No documented limit.
pub const ANY: usize = usize::MAX;

/// An object and where it stands in the body.
pub struct Reader<'a> {
    fields: &'a Map<String, Value>,
    place: String,
}

impl<'a> Reader<'a> {
    /// Insists on an object; `place` is empty for the body itself.
    pub fn new(value: &'a Value, place: &str) -> Result<Self, ApiError> {
        let name = if place.is_empty() { "body" } else { place };
        let fields = value.as_object().ok_or_else(|| ApiError::invalid(name, "must be an object"))?;
        Ok(Self { fields, place: place.to_owned() })
    }

    /// A field as it is; `null` counts as absent.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    pub fn required_value(&self, name: &str) -> Result<&'a Value, ApiError> {
        self.value(name).ok_or_else(|| ApiError::missing(&self.path(name)))
    }

    /// An object that must be there.
    pub fn object(&self, name: &str) -> Result<Reader<'a>, ApiError> {
        Reader::new(self.required_value(name)?, &self.path(name))
    }

    /// An optional text of at most so many characters.
    pub fn text(&self, name: &str, most: usize) -> Result<Option<&'a str>, ApiError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let text = value.as_str().ok_or_else(|| self.invalid(name, "must be a text"))?;
        if text.chars().count() > most {
            return Err(self.invalid(name, &format!("must have at most {most} characters")));
        }
        Ok(Some(text))
    }

    /// A text that must be there and not be blank `[inf]`.
    pub fn required(&self, name: &str, most: usize) -> Result<&'a str, ApiError> {
        let text = self.text(name, most)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| ApiError::missing(&self.path(name)))
    }

    /// An optional yes or no.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        let flag = |value: &Value| {
            let flag = value.as_bool();
            flag.ok_or_else(|| self.invalid(name, "must be true or false"))
        };
        self.value(name).map(flag).transpose()
    }

    /// The refusal of one of its fields.
    pub fn invalid(&self, name: &str, why: &str) -> ApiError {
        ApiError::invalid(&self.path(name), why)
    }

    /// The full name of one of its fields.
    pub fn path(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }
}
