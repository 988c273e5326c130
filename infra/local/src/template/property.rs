//! Typed reading of resolved properties.

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::resolve::Resolver;

/// The properties of one resource or event, resolved as they are read.
pub(super) struct Properties<'a> {
    resolver: &'a Resolver<'a>,
    values: &'a Value,
    place: Place,
}

impl<'a> Properties<'a> {
    pub(super) fn new(resolver: &'a Resolver<'a>, values: &'a Value, place: Place) -> Self {
        Self { resolver, values, place }
    }

    /// The properties of a resource.
    pub(super) fn of(resolver: &'a Resolver<'a>, id: &str) -> Self {
        Self::new(resolver, resolver.properties(id), Place::of(id))
    }

    pub(super) fn place(&self, name: &str) -> Place {
        self.place.at(name)
    }

    /// An error for the first property that is in none of the lists.
    pub(super) fn refuse_all_but(&self, known: &[&[&str]]) -> Result<(), TemplateError> {
        let unknown = |name: &&String| !known.iter().any(|names| names.contains(&name.as_str()));
        match self.values.as_object().and_then(|values| values.keys().find(unknown)) {
            Some(name) => Err(self.place(name).error("is not played")),
            None => Ok(()),
        }
    }

    /// The property, resolved; `None` when absent or `AWS::NoValue`.
    pub(super) fn get(&self, name: &str) -> Result<Option<Value>, TemplateError> {
        match self.values.get(name) {
            None => Ok(None),
            Some(value) => {
                Ok(Some(self.resolver.resolve(value, &self.place(name))?).filter(|value| !value.is_null()))
            }
        }
    }

    pub(super) fn required(&self, name: &str) -> Result<Value, TemplateError> {
        self.get(name)?.ok_or_else(|| self.place(name).error("is required"))
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, TemplateError> {
        self.get(name)?.map(|value| text_of(&value, &self.place(name))).transpose()
    }

    pub(super) fn required_text(&self, name: &str) -> Result<String, TemplateError> {
        self.text(name)?.ok_or_else(|| self.place(name).error("is required"))
    }

    /// A whole number; CloudFormation also takes it as text.
    pub(super) fn number(&self, name: &str) -> Result<Option<u32>, TemplateError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| self.place(name).error(format!("{text} is not a whole number")))
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, TemplateError> {
        match self.text(name)?.as_deref() {
            None => Ok(None),
            Some("true" | "True") => Ok(Some(true)),
            Some("false" | "False") => Ok(Some(false)),
            Some(other) => Err(self.place(name).error(format!("{other} is neither true nor false"))),
        }
    }
}

/// A scalar as text.
pub(super) fn text_of(value: &Value, place: &Place) -> Result<String, TemplateError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        other => Err(place.error(format!("text expected, not {other}"))),
    }
}
