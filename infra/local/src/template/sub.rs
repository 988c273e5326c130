//! `Fn::Sub`: `${Name}`, `${Resource.Attribute}` and `${!literal}`.

use serde_json::{Map, Value};

use super::error::{Place, TemplateError};
use super::property::text_of;
use super::resolve::Resolver;

/// The text with every `${...}` replaced.
pub(super) fn substitute(
    resolver: &Resolver<'_>,
    argument: &Value,
    place: &Place,
) -> Result<String, TemplateError> {
    let empty = Map::new();
    let (pattern, own) = match argument {
        Value::Array(parts) => (parts.first(), parts.get(1).and_then(Value::as_object).unwrap_or(&empty)),
        other => (Some(other), &empty),
    };
    let pattern = pattern.and_then(Value::as_str).ok_or_else(|| place.error("Fn::Sub takes a text"))?;
    let mut rest = pattern;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or_else(|| place.error("Fn::Sub has an open ${"))?;
        text.push_str(before);
        text.push_str(&variable(resolver, (name, own), place)?);
        rest = after;
    }
    text.push_str(rest);
    Ok(local_address(resolver, text))
}

fn variable(
    resolver: &Resolver<'_>,
    (name, own): (&str, &Map<String, Value>),
    place: &Place,
) -> Result<String, TemplateError> {
    if let Some(literal) = name.strip_prefix('!') {
        return Ok(format!("${{{literal}}}"));
    }
    let value = match (own.get(name), name.split_once('.')) {
        (Some(value), _) => resolver.resolve(value, place)?,
        (None, Some((id, attribute))) => resolver.attribute(id, attribute, place)?,
        (None, None) => resolver.reference(name, place)?,
    };
    text_of(&value, place)
}

/// The usual way to write the API's address names AWS's domain; here it is the
/// stack's own.
fn local_address(resolver: &Resolver<'_>, text: String) -> String {
    resolver.ids_of("AWS::Serverless::HttpApi").iter().fold(text, |text, id| {
        let on_aws = format!("https://{id}.execute-api.{}.amazonaws.com", super::REGION);
        text.replace(&on_aws, &resolver.inputs.api_url)
    })
}
