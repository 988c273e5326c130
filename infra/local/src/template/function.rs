//! `AWS::Serverless::Function`, with what `Globals` adds to it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::plan::FunctionPlan;
use super::property::{Properties, text_of};
use super::resolve::Resolver;
use super::resource;

/// Lambda's default time limit: Lambda Developer Guide, "Configure Lambda
/// function timeout".
const DEFAULT_TIMEOUT: u32 = 3;
/// Lambda's default memory, MB: "Configure Lambda function memory".
const DEFAULT_MEMORY: u32 = 128;

pub(super) fn build(resolver: &Resolver<'_>, id: &str) -> Result<FunctionPlan, TemplateError> {
    let own = Properties::of(resolver, id);
    let globals =
        Properties::new(resolver, resolver.globals("Function"), Place::of("Globals").at("Function"));
    let timeout = either(&own, &globals, "Timeout")?.unwrap_or(DEFAULT_TIMEOUT);
    if !(1..=900).contains(&timeout) {
        return Err(own.place("Timeout").error("1 to 900 seconds are expected"));
    }
    Ok(FunctionPlan {
        logical_id: id.to_owned(),
        name: binary(resolver, id, &own)?,
        function_name: resource::name(resolver, id)?,
        environment: environment(&own, &globals)?,
        timeout: Duration::from_secs(timeout.into()),
        memory_mb: either(&own, &globals, "MemorySize")?.unwrap_or(DEFAULT_MEMORY),
        reserved_concurrency: own.number("ReservedConcurrentExecutions")?,
        log_format: logging(&own, &globals, "LogFormat")?.unwrap_or_else(|| "Text".to_owned()),
        log_level: logging(&own, &globals, "ApplicationLogLevel")?,
    })
}

/// The stage of the template's HTTP API.
pub(super) fn stage(resolver: &Resolver<'_>) -> Result<String, TemplateError> {
    let ids = resolver.ids_of("AWS::Serverless::HttpApi");
    if let [_, second, ..] = ids.as_slice() {
        return Err(Place::of(second).at("Type").error("a second HTTP API is not played"));
    }
    let stage = ids.first().map(|id| Properties::of(resolver, id).text("StageName")).transpose()?;
    Ok(stage.flatten().unwrap_or_else(|| "$default".to_owned()))
}

fn either(own: &Properties<'_>, globals: &Properties<'_>, name: &str) -> Result<Option<u32>, TemplateError> {
    Ok(own.number(name)?.or(globals.number(name)?))
}

/// The build's `Binary` when the template names one, else the folder's name.
fn binary(resolver: &Resolver<'_>, id: &str, own: &Properties<'_>) -> Result<String, TemplateError> {
    let build = resolver.resource(id).map(|resource| &resource["Metadata"]["BuildProperties"]["Binary"]);
    if let Some(name) = build.and_then(Value::as_str) {
        return Ok(name.to_owned());
    }
    let folder = own.required_text("CodeUri")?;
    match folder.trim_end_matches('/').rsplit('/').next() {
        Some(name) if !name.is_empty() && name != "." && name != ".." => Ok(name.to_owned()),
        _ => Err(own.place("CodeUri").error(format!("{folder} does not end in a function's folder"))),
    }
}

fn environment(
    own: &Properties<'_>,
    globals: &Properties<'_>,
) -> Result<BTreeMap<String, String>, TemplateError> {
    let mut variables = BTreeMap::new();
    for properties in [globals, own] {
        let Some(environment) = properties.get("Environment")? else {
            continue;
        };
        let place = properties.place("Environment.Variables");
        for (name, value) in environment["Variables"].as_object().into_iter().flatten() {
            variables.insert(name.clone(), text_of(value, &place.at(name))?);
        }
    }
    Ok(variables)
}

/// A member of `LoggingConfig`; SAM merges the function's own with the global one.
fn logging(
    own: &Properties<'_>,
    globals: &Properties<'_>,
    member: &str,
) -> Result<Option<String>, TemplateError> {
    for properties in [own, globals] {
        let logging = properties.get("LoggingConfig")?.unwrap_or_default();
        if let Some(text) = logging[member].as_str() {
            return Ok(Some(text.to_owned()));
        }
    }
    Ok(None)
}
