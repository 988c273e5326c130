//! YAML with CloudFormation's tags, as JSON with their long form.
//!
//! Source: AWS CloudFormation User Guide, "Intrinsic function reference": each
//! function has a full form (`{"Fn::Sub": ...}`) and a short one (`!Sub ...`).

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Number, Value, json};

use super::error::TemplateError;

const FUNCTIONS: [&str; 18] = [
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// Parses one document.
pub(super) fn parse(text: &str) -> Result<Value, TemplateError> {
    let mut documents = Yaml::load_from_str(text).map_err(|error| unreadable(error.to_string()))?;
    match documents.len() {
        1 => convert(documents.remove(0)),
        count => Err(unreadable(format!("one document expected, there are {count}"))),
    }
}

fn unreadable(reason: impl Into<String>) -> TemplateError {
    TemplateError::Unreadable(reason.into())
}

fn convert(node: Yaml<'_>) -> Result<Value, TemplateError> {
    match node {
        Yaml::Value(scalar) => from_scalar(scalar),
        Yaml::Sequence(items) => items.into_iter().map(convert).collect(),
        Yaml::Mapping(entries) => entries
            .into_iter()
            .map(|(key, value)| Ok((key_text(key)?, convert(value)?)))
            .collect::<Result<Map<_, _>, TemplateError>>()
            .map(Value::Object),
        Yaml::Tagged(tag, inner) => long_form(&tag.suffix, convert(*inner)?),
        other => Err(unreadable(format!("not understood: {other:?}"))),
    }
}

fn from_scalar(scalar: Scalar<'_>) -> Result<Value, TemplateError> {
    Ok(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(value),
        Scalar::Integer(value) => Value::from(value),
        Scalar::FloatingPoint(value) => Number::from_f64(value.into_inner())
            .map(Value::Number)
            .ok_or_else(|| unreadable("a number is not finite"))?,
        Scalar::String(text) => Value::String(text.into_owned()),
    })
}

fn key_text(key: Yaml<'_>) -> Result<String, TemplateError> {
    match convert(key)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(unreadable(format!("{other} cannot be a key"))),
    }
}

fn long_form(tag: &str, value: Value) -> Result<Value, TemplateError> {
    match tag {
        "Ref" | "Condition" => Ok(json!({ tag: value })),
        "GetAtt" => Ok(json!({ "Fn::GetAtt": attribute_path(value) })),
        name if FUNCTIONS.contains(&name) => Ok(json!({ format!("Fn::{name}"): value })),
        other => Err(unreadable(format!("the tag !{other} is not known"))),
    }
}

/// `!GetAtt Queue.Arn` is the short form of `["Queue", "Arn"]`.
fn attribute_path(value: Value) -> Value {
    match value.as_str().and_then(|text| text.split_once('.')) {
        Some((resource, attribute)) => json!([resource, attribute]),
        None => value,
    }
}
