//! A function's `Events`: routes, queue mappings and schedules.
//!
//! Source: AWS SAM resource reference, "EventSource" types `HttpApi`, `SQS`,
//! `Schedule` and `ScheduleV2`.

use std::time::Duration;

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::plan::{FunctionPlan, MappingPlan, Plan, RoutePlan, SchedulePlan, Trigger};
use super::property::Properties;
use super::resolve::Resolver;
use super::resource;
use crate::schedules::Expression;

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"];
/// An HTTP API waits 30 s at most: API Gateway Developer Guide, "HTTP API quotas".
const API_TIMEOUT_MS: u32 = 30_000;

/// One event, as its builders need it.
struct Event<'a> {
    id: &'a str,
    function: &'a FunctionPlan,
    properties: Properties<'a>,
}

/// Adds every event of a function to the plan.
pub(super) fn build_all(
    resolver: &Resolver<'_>,
    function: &FunctionPlan,
    plan: &mut Plan,
) -> Result<(), TemplateError> {
    let events = &resolver.properties(&function.logical_id)["Events"];
    for (id, declared) in events.as_object().into_iter().flatten() {
        let place = Place::of(&function.logical_id).at("Events").at(id);
        let properties = Properties::new(resolver, &declared["Properties"], place.at("Properties"));
        let event = Event { id, function, properties };
        match declared["Type"].as_str() {
            Some("HttpApi") => plan.routes.push(route(&event)?),
            Some("SQS") => plan.mappings.push(mapping(&event)?),
            Some("Schedule") => plan.schedules.push(rule(&event)?),
            Some("ScheduleV2") => plan.schedules.push(scheduler(&event)?),
            other => {
                return Err(place.at("Type").error(format!("{} is not played", other.unwrap_or("nothing"))));
            }
        }
    }
    Ok(())
}

fn route(event: &Event<'_>) -> Result<RoutePlan, TemplateError> {
    let properties = &event.properties;
    let format = properties.text("PayloadFormatVersion")?;
    if format.is_some_and(|version| version != "2.0") {
        return Err(properties.place("PayloadFormatVersion").error("only 2.0 is played"));
    }
    let method = properties.text("Method")?.unwrap_or_else(|| "ANY".to_owned()).to_uppercase();
    if !METHODS.contains(&method.as_str()) {
        return Err(properties.place("Method").error(format!("{method} is not a method of an HTTP API")));
    }
    let path = properties.text("Path")?.unwrap_or_else(|| "$default".to_owned());
    if !path.starts_with('/') && path != "$default" {
        return Err(properties.place("Path").error(format!("{path} does not start with /")));
    }
    let timeout = properties.number("TimeoutInMillis")?.unwrap_or(API_TIMEOUT_MS);
    if !(50..=API_TIMEOUT_MS).contains(&timeout) {
        return Err(properties.place("TimeoutInMillis").error("50 to 30000 are expected"));
    }
    let function = event.function.name.clone();
    Ok(RoutePlan { method, path, function, timeout: Duration::from_millis(timeout.into()) })
}

fn mapping(event: &Event<'_>) -> Result<MappingPlan, TemplateError> {
    let properties = &event.properties;
    let batch_size = properties.number("BatchSize")?.unwrap_or(10);
    let window = properties.number("MaximumBatchingWindowInSeconds")?.unwrap_or(0);
    if batch_size == 0 || batch_size > 10_000 || (batch_size > 10 && window == 0) {
        let reason = "1 to 10 are expected, or up to 10000 with a batching window";
        return Err(properties.place("BatchSize").error(reason));
    }
    Ok(MappingPlan {
        function: event.function.name.clone(),
        queue: resource::name_in_arn(&properties.required_text("Queue")?).to_owned(),
        batch_size,
        window: Duration::from_secs(window.into()),
        partial_failures: partial_failures(properties)?,
        concurrency: concurrency(properties)?,
        enabled: properties.flag("Enabled")?.unwrap_or(true),
    })
}

fn partial_failures(properties: &Properties<'_>) -> Result<bool, TemplateError> {
    let Some(types) = properties.get("FunctionResponseTypes")? else {
        return Ok(false);
    };
    match types.as_array().map(Vec::as_slice) {
        Some([]) => Ok(false),
        Some([Value::String(only)]) if only == "ReportBatchItemFailures" => Ok(true),
        _ => Err(properties.place("FunctionResponseTypes").error("only ReportBatchItemFailures is known")),
    }
}

/// AWS starts with five batches at once: Lambda Developer Guide, "Configuring
/// scaling behavior for SQS event source mappings".
fn concurrency(properties: &Properties<'_>) -> Result<u32, TemplateError> {
    let Some(scaling) = properties.get("ScalingConfig")? else {
        return Ok(5);
    };
    let most = scaling["MaximumConcurrency"].as_u64().and_then(|most| u32::try_from(most).ok());
    most.filter(|most| *most >= 2)
        .ok_or_else(|| properties.place("ScalingConfig.MaximumConcurrency").error("2 or more is expected"))
}

fn rule(event: &Event<'_>) -> Result<SchedulePlan, TemplateError> {
    let enabled = event.properties.flag("Enabled")?;
    schedule(event, ("Schedule", Trigger::Rule), enabled)
}

fn scheduler(event: &Event<'_>) -> Result<SchedulePlan, TemplateError> {
    let zone = event.properties.text("ScheduleExpressionTimezone")?;
    if zone.is_some_and(|zone| zone != "UTC") {
        return Err(event.properties.place("ScheduleExpressionTimezone").error("only UTC is played"));
    }
    schedule(event, ("ScheduleExpression", Trigger::Scheduler), None)
}

fn schedule(
    event: &Event<'_>,
    (property, trigger): (&str, Trigger),
    enabled: Option<bool>,
) -> Result<SchedulePlan, TemplateError> {
    let text = event.properties.required_text(property)?;
    let expression =
        Expression::parse(&text).map_err(|reason| event.properties.place(property).error(reason))?;
    let state = event.properties.text("State")?;
    Ok(SchedulePlan {
        name: event.id.to_owned(),
        function: event.function.name.clone(),
        expression,
        input: input(&event.properties)?,
        trigger,
        enabled: enabled.unwrap_or(state.as_deref() != Some("DISABLED")),
    })
}

fn input(properties: &Properties<'_>) -> Result<Option<Value>, TemplateError> {
    let Some(text) = properties.text("Input")? else {
        return Ok(None);
    };
    let parsed = serde_json::from_str(&text);
    parsed.map(Some).map_err(|_| properties.place("Input").error("is not JSON"))
}
