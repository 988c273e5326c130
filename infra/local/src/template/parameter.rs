//! Values of the template's parameters.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Inputs;
use super::error::{Place, TemplateError};
use super::property::text_of;

/// Each parameter's given value, or its default.
pub(super) fn values(document: &Value, inputs: &Inputs) -> Result<BTreeMap<String, Value>, TemplateError> {
    let empty = Map::new();
    let declared = document["Parameters"].as_object().unwrap_or(&empty);
    if let Some(name) = inputs.parameters.keys().find(|name| !declared.contains_key(*name)) {
        return Err(Place::of("Parameters")
            .at(name)
            .error("is given, but the template has no such parameter"));
    }
    declared
        .iter()
        .map(|(name, declaration)| Ok((name.clone(), parameter(name, declaration, inputs)?)))
        .collect()
}

fn parameter(name: &str, declaration: &Value, inputs: &Inputs) -> Result<Value, TemplateError> {
    let place = Place::of("Parameters").at(name);
    let given = inputs.parameters.get(name).map(|text| Value::String(text.clone()));
    let value = given.or_else(|| declaration.get("Default").cloned());
    let value = value.ok_or_else(|| place.error("has no default and no value is given"))?;
    let text = text_of(&value, &place)?;
    let kind = declaration["Type"].as_str().unwrap_or("String");
    if kind == "CommaDelimitedList" || kind.starts_with("List<") {
        return Ok(text.split(',').map(|item| Value::from(item.trim())).collect());
    }
    Ok(Value::String(text))
}
